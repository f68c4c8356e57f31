import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logTail } from './log-tail';

describe('the end of a log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-tail-'));
  const file = join(folder, 'part.log');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is its last lines, however much came before them', () => {
    writeFileSync(file, `${'x'.repeat(200_000)}\nthe last but one\nthe last\n`);
    expect(logTail(file, 2)).toBe(`\n  end of ${file}:\n    the last but one\n    the last`);
  });

  it('is nothing where there is no log, or an empty one', () => {
    writeFileSync(file, '');
    expect([logTail(file), logTail(join(folder, 'none')), logTail(undefined)]).toEqual(['', '', '']);
  });
});
