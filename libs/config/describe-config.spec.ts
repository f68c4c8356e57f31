import { describeConfig, renderEnvExample } from './describe-config';
import { variable, variableNames } from './environment-schema';

describe('describeConfig', () => {
  it('documents every variable once, in both languages, with rule and example', () => {
    const described = describeConfig();
    expect(described.map((one) => one.variable)).toEqual(variableNames);
    for (const { about, rule, example } of described) {
      expect(about.en).toMatch(/\.$/);
      expect(about.zh).toMatch(/。$/);
      expect(about.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(rule.en.length * rule.zh.length * example.length).toBeGreaterThan(0);
    }
  });

  it('has examples and defaults that pass their own rule', () => {
    for (const { variable: name, example, fallback } of describeConfig()) {
      const { schema } = variable(name);
      if (name !== 'OIDC_ISSUER') expect([name, schema.safeParse(example).success]).toEqual([name, true]);
      if (fallback !== undefined) expect([name, schema.safeParse(fallback).success]).toEqual([name, true]);
      expect([name, schema.safeParse(undefined).success]).toEqual([name, true]);
    }
  });

  it('marks what is secret', () => {
    const secrets = describeConfig().filter(({ secret }) => secret);
    expect(secrets.map((one) => one.variable)).toEqual([
      'DATABASE_URL',
      'DATABASE_MIGRATION_URL',
      'TEMPORAL_API_KEY',
      'DEEPSEEK_API_KEY',
      'MLLP_TOKEN',
    ]);
    const named = variableNames.filter((name) => /KEY$|PASSWORD|TOKEN$|SECRET/.test(name));
    expect(named.every((name) => variable(name).secret)).toBe(true);
  });
});

describe('renderEnvExample', () => {
  const lines = renderEnvExample().split('\n');

  it('sets nothing: copied as it is, it changes nothing', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('shows every variable, and the twin of every secret', () => {
    for (const { variable: name, secret } of describeConfig()) {
      expect(lines.filter((line) => line.startsWith(`# ${name}=`))).toHaveLength(1);
      expect(lines.some((line) => line.startsWith(`# ${name}_FILE=/`))).toBe(secret);
    }
  });

  it('ends with one line end', () => {
    expect(renderEnvExample()).toMatch(/[^\n]\n$/);
  });
});
