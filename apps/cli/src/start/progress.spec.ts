import { timed } from './progress';

describe('progress', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const run = async (ms: number, done?: string): Promise<string[]> => {
    const said: string[] = [];
    const say = (line: string): void => void said.push(line.trim());
    const work = timed(
      { say, what: 'PostgreSQL', ...(done && { done }) },
      () => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    );
    await jest.advanceTimersByTimeAsync(ms);
    await work;
    return said;
  };

  it('says only the end of what is quick', async () => {
    expect(await run(900)).toEqual(['PostgreSQL: ready (0.9 s)']);
  });

  it('says after a second that something goes on, and then every five', async () => {
    expect(await run(12_000, 'stopped')).toEqual([
      'PostgreSQL … 1.0 s',
      'PostgreSQL … 6.0 s',
      'PostgreSQL … 11.0 s',
      'PostgreSQL: stopped (12.0 s)',
    ]);
  });

  it('does not call ready what failed, nor speaks on after it', async () => {
    const said: string[] = [];
    const failed = timed({ say: (line) => said.push(line), what: 'x' }, async () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    await jest.advanceTimersByTimeAsync(20_000);
    expect(said).toEqual([]);
  });
});
