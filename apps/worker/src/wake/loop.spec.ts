import { type Loop, type Outcome, startLoop } from './loop';

const flush = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

describe('a loop', () => {
  let loop: Loop | undefined;
  let runs: { finish: (outcome: Outcome) => void; fail: (thrown: unknown) => void }[];
  let errors: unknown[];

  const start = (lanes = 1): Loop => {
    loop = startLoop({
      work: () => new Promise<Outcome>((finish, fail) => runs.push({ finish, fail })),
      onError: (thrown) => errors.push(thrown),
      pollMs: 1000,
      lanes,
    });
    return loop;
  };
  const finish = async (index: number, outcome: Outcome = 'idle'): Promise<void> => {
    runs[index]!.finish(outcome);
    await flush();
  };
  const fail = async (index: number): Promise<void> => {
    runs[index]!.fail(new Error('away'));
    await flush();
  };

  beforeEach(() => {
    jest.useFakeTimers();
    [runs, errors] = [[], []];
  });
  afterEach(async () => {
    const stopped = loop?.stop();
    runs.forEach((run) => run.finish('idle'));
    await stopped;
    jest.useRealTimers();
  });

  it('runs at once, then rests until it is woken', async () => {
    const { wake } = start();
    expect(runs).toHaveLength(1);
    await finish(0);
    expect(runs).toHaveLength(1);
    wake();
    expect(runs).toHaveLength(2);
  });

  it('runs again as long as there is more', async () => {
    start();
    await finish(0, 'again');
    await finish(1, 'again');
    await finish(2, 'idle');
    expect(runs).toHaveLength(3);
  });

  it('does not lose a wake-up that comes during a run, and does not run twice for two of them', async () => {
    const { wake } = start();
    wake();
    wake();
    expect(runs).toHaveLength(1);
    await finish(0);
    expect(runs).toHaveLength(2);
    await finish(1);
    expect(runs).toHaveLength(2);
  });

  it('opens another lane for a wake-up, up to its number', async () => {
    const { wake } = start(2);
    wake();
    wake();
    wake();
    expect(runs).toHaveLength(2);
    await finish(1);
    expect(runs).toHaveLength(3);
  });

  it('looks by itself between half its interval and all of it', async () => {
    start();
    await finish(0);
    jest.advanceTimersByTime(499);
    expect(runs).toHaveLength(1);
    jest.advanceTimersByTime(501);
    expect(runs).toHaveLength(2);
  });

  it('does nothing before a pause is over, even when woken, and then looks', async () => {
    const { wake } = start(2);
    await finish(0, { pauseMs: 400 });
    wake();
    jest.advanceTimersByTime(399);
    expect(runs).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(runs).toHaveLength(2);
  });

  it('pauses longer after each failure in a row, at most five seconds', async () => {
    start();
    const pauses: number[] = [];
    for (let i = 0; i < 7; i++) {
      await fail(i);
      let waited = 0;
      for (; runs.length === i + 1; waited += 10) jest.advanceTimersByTime(10);
      pauses.push(waited);
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    expect(errors).toHaveLength(7);
    await finish(7);
    loop!.wake();
    await fail(8);
    jest.advanceTimersByTime(250);
    expect(runs).toHaveLength(10);
  });

  it('stops when its run has ended, and then never runs again', async () => {
    const { wake, stop } = start();
    let stopped = false;
    const stopping = stop().then(() => (stopped = true));
    await flush();
    expect(stopped).toBe(false);
    await finish(0, 'again');
    await stopping;
    wake();
    jest.advanceTimersByTime(10_000);
    expect(runs).toHaveLength(1);
  });
});
