import { inspect } from 'node:util';
import { describeConfig } from './describe-config';
import { loadConfig } from './load-config';
import { printableConfig } from './printable-config';

const env = {
  DATABASE_URL: 'postgres://app:CANARY-one-11@db:5432/countersign?sslpassword=CANARY-two',
  DATABASE_MIGRATION_URL: 'postgres://owner:CANARY-three@db/countersign',
  TEMPORAL_API_KEY: 'CANARY-four',
  DEEPSEEK_API_KEY: 'CANARY-five',
  TEMPORAL_ADDRESS: 'temporal:7233',
  MLLP_PORT: '2575',
  MLLP_TOKEN: 'CANARY-six',
  API_PORT: '8443',
};

const printed = (from: Record<string, string>) => {
  const loaded = loadConfig(from, { part: 'start' });
  if (!loaded.ok) throw new Error('not loaded');
  return printableConfig(loaded.config);
};

describe('printableConfig', () => {
  it('shows no secret', () => {
    const secrets = describeConfig().filter(({ secret }) => secret);
    expect(secrets.every(({ variable }) => variable in env)).toBe(true);
    expect(JSON.stringify(printed(env)) + inspect(printed(env), { depth: 9 })).not.toContain('CANARY');
  });

  it('shows everything else, and that a secret is set', () => {
    expect(printed(env)).toMatchObject({
      profile: 'demo',
      database: {
        url: 'postgres://app:***@db:5432/countersign?…',
        migrationUrl: 'postgres://owner:***@db/countersign',
        poolSize: 10,
      },
      temporal: { address: 'temporal:7233', apiKey: '(set)' },
      model: { apiKey: '(set)' },
      feed: { token: '(set)', host: '127.0.0.1' },
      listen: { port: 8443, reach: 'loopback' },
    });
  });

  it('shows that nothing is set', () => {
    expect(printed({})).toMatchObject({ database: { url: undefined }, temporal: { apiKey: undefined } });
  });
});
