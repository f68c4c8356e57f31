import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nightlyCounts } from './nightly/nightly-counts';
import { counts } from './support/counts';

const root = join(__dirname, '..');
const text = readFileSync(join(root, 'docs/reliability.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('docs/reliability.md', () => {
  const tests = rows.filter(([, id]) => /^[DEFLAPTSU]-\d+$/.test(id ?? ''));

  it('has a row for every id', () => expect(tests.length).toBeGreaterThanOrEqual(36));

  it('says where each is shown', () => {
    for (const [, id, , where] of tests) {
      const files = [...(where ?? '').matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? '');
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) expect(readFileSync(join(root, file), 'utf8')).toMatch(new RegExp(`\\b${id}\\b`));
    }
  });

  it('says where each check of the screens is shown', () => {
    const checks = rows.filter(([, check]) => /^\d{1,2}$/.test(check ?? ''));
    expect(checks.length).toBeGreaterThanOrEqual(8);
    for (const [, check, , where] of checks) {
      const file = /`([^`]+)`/.exec(where ?? '')?.[1] ?? '';
      expect(readFileSync(join(root, file), 'utf8')).toMatch(new RegExp(`\\bcheck ${check}\\b`));
    }
  });

  it('states the counts as they are run', () => {
    const all = { ...counts, ...nightlyCounts };
    const stated = rows.filter(([, what]) => what !== undefined && what in all);
    expect(Object.fromEntries(stated.map(([, what, ...numbers]) => [what, numbers.slice(0, 2).map(Number)]))).toEqual(
      all,
    );
  });
});
