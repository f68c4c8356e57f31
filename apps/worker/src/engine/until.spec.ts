import { untilDone } from './until';

describe('waiting for something that is away', () => {
  const quick = (signal = new AbortController().signal) => ({ signal, onFailure: jest.fn(), everyMs: 1 });

  it('tries until it succeeds and tells of each failure', async () => {
    const waiting = quick();
    let attempts = 0;
    const attempt = async (): Promise<string> => {
      attempts += 1;
      if (attempts < 4) throw new Error(`away ${attempts}`);
      return 'here';
    };
    expect(await untilDone(attempt, waiting)).toBe('here');
    expect(waiting.onFailure.mock.calls.map(([thrown]) => (thrown as Error).message)).toEqual([
      'away 1',
      'away 2',
      'away 3',
    ]);
  });

  it('stops when it is told to, also in the middle of a pause', async () => {
    const stopping = new AbortController();
    const attempt = jest.fn(async () => {
      throw new Error('away');
    });
    const waiting = untilDone(attempt, { ...quick(stopping.signal), everyMs: 60_000 });
    setTimeout(() => stopping.abort(), 20);
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('does not try at all once it was told to stop', async () => {
    const attempt = jest.fn(async () => 'here');
    await expect(untilDone(attempt, quick(AbortSignal.abort()))).rejects.toThrow(/abort/i);
    expect(attempt).not.toHaveBeenCalled();
  });
});
