import { firstOf, waysOf } from './temporal-binary';
import { startError, textOf } from './start-error';

const programs = { server: '/x/temporal-server', schemaTool: '/x/temporal-sql-tool' };

describe('the search for Temporal', () => {
  it('looks in the folder that is named, on PATH, in the cache, then builds, then downloads', () => {
    const ways = waysOf({ env: {}, stateDir: '/state' }, '/cache/temporal');
    expect(ways.map(({ name }) => name)).toEqual([
      'TEMPORAL_SERVER_DIR',
      'PATH',
      'the cache /cache/temporal',
      'building it with Go',
      'the official release archive',
    ]);
  });

  it('takes the first that has it and tries no further', async () => {
    const later = jest.fn();
    const ways = [
      { name: 'a', look: () => ({ none: 'not here' }) },
      { name: 'b', look: async () => ({ found: programs }) },
      { name: 'c', look: later },
    ];
    expect(await firstOf(ways)).toEqual(programs);
    expect(later).not.toHaveBeenCalled();
  });

  it('lists every way with its refusal, and what helps, when none has it', async () => {
    const ways = [
      { name: 'first way', look: () => ({ none: 'nothing there' }) },
      { name: 'second way', look: () => ({ none: 'no network' }) },
    ];
    const failed = firstOf(ways);
    await expect(failed).rejects.toMatchObject({ code: 'TEMPORAL_SERVER_MISSING' });
    const text = await failed.catch(textOf);
    for (const part of ['first way: nothing there', 'second way: no network', 'TEMPORAL_ADDRESS', 'Go 1.21'])
      expect(text).toContain(part);
  });

  it('ends at a way that refuses for good', async () => {
    const later = jest.fn();
    const ways = [
      {
        name: 'named folder',
        look: () => {
          throw startError('TEMPORAL_SERVER_MISSING', 'wrong version');
        },
      },
      { name: 'c', look: later },
    ];
    await expect(firstOf(ways)).rejects.toMatchObject({ detail: { text: 'wrong version' } });
    expect(later).not.toHaveBeenCalled();
  });
});
