import { bringUpToDate, type GeneratedFile, isStale, type Repository } from './generated-file';

const repository = (files: Record<string, string>): Repository & { written: string[] } => {
  const written: string[] = [];
  return {
    written,
    read: (path) => files[path] ?? null,
    write: (path, text) => {
      written.push(path);
      files[path] = text;
    },
  };
};
const file: GeneratedFile = { path: 'docs/a', render: async () => 'new' };

describe('a generated file', () => {
  it('is written where it is missing or differs, and then is as generated', async () => {
    for (const files of [{}, { 'docs/a': 'old' }] as Record<string, string>[]) {
      const here = repository(files);
      expect(await bringUpToDate(file, here, { check: false })).toMatchObject({ state: 'written' });
      expect(files['docs/a']).toBe('new');
      const again = await bringUpToDate(file, here, { check: false });
      expect([again.state, isStale(again), here.written]).toEqual(['as generated', false, ['docs/a']]);
    }
  });

  it('is only compared by a check, which fails', async () => {
    for (const [files, state] of [
      [{}, 'missing'],
      [{ 'docs/a': 'old' }, 'differs'],
    ] as [Record<string, string>, string][]) {
      const here = repository(files);
      const standing = await bringUpToDate(file, here, { check: true });
      expect([standing.state, isStale(standing), here.written]).toEqual([state, true, []]);
    }
    expect(isStale(await bringUpToDate(file, repository({ 'docs/a': 'new' }), { check: true }))).toBe(false);
  });

  it('may be made from what it has, and fails for what writing it cannot put right', async () => {
    const grown: GeneratedFile = {
      path: 'docs/lock',
      render: async (present) => `${present ?? ''}+`,
      problems: (text) => [`of ${text}`],
    };
    const standing = await bringUpToDate(grown, repository({ 'docs/lock': 'x' }), { check: false });
    expect(standing).toEqual({ path: 'docs/lock', state: 'written', problems: ['of x+'] });
    expect(isStale(standing)).toBe(true);
  });
});
