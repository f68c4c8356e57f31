import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gateContracts } from '#libs/processes/index';

const languages = existsSync('libs/i18n') ? (['zh-CN', 'en'] as const) : [];

(languages.length > 0 ? describe : describe.skip)('the words of the gates (libs/i18n)', () => {
  const keysOf = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
      : [];
  const words = new Set(
    gateContracts.flatMap(({ gate }) => [gate.step, gate.mode, ...gate.actions, ...gate.events, ...gate.reasonCodes]),
  );

  it.each([...languages, 'zh-CN'])('are all there in %s', (language) => {
    const folder = join('libs/i18n', language);
    const texts = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const known = new Set(texts.flatMap((name) => keysOf(JSON.parse(readFileSync(join(folder, name), 'utf8')))));
    expect([...words].filter((word) => !known.has(word))).toEqual([]);
  });
});

describe('the code of the product', () => {
  const sources = ['apps', 'activities', 'workflows', 'libs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(db-|e2e-)?spec\.ts$/.test(name) && !name.includes('node_modules'))
      .map((name) => ({ name: join(folder, name), text: readFileSync(join(folder, name), 'utf8') })),
  );
  const filesWith = (pattern: RegExp): string[] =>
    sources
      .filter(({ text }) => pattern.test(text))
      .map(({ name }) => name)
      .toSorted();

  it('stores decisions in one place, reached through one door', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(filesWith(/\binsertDecision\(/)).toEqual(['apps/api/src/reviews/finalise.ts']);
    expect(filesWith(/insert into decision\b/)).toEqual([]);
    expect(filesWith(/\bfinalise\(deps/)).toEqual([
      'apps/api/src/reviews/countersign.ts',
      'apps/api/src/reviews/decide.ts',
    ]);
    expect(filesWith(/advanceReview\([^)]*'decided'/)).toEqual(['apps/api/src/reviews/finalise.ts']);
  });
});
