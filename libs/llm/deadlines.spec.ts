import { startDeadlines } from './deadlines';
import { withProgress } from './progress';

const limits = { firstTokenMs: 30_000, gapMs: 15_000, totalMs: 90_000 };

describe('the deadlines of a draft', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('end at the first token', () => {
    const deadlines = startDeadlines(limits);
    deadlines.awaitFirstToken();
    jest.advanceTimersByTime(29_999);
    expect(deadlines.expired()).toBeNull();
    jest.advanceTimersByTime(1);
    expect(deadlines.expired()).toBe('first-token');
    expect(deadlines.signal.aborted).toBe(true);
  });

  it('end at a gap between tokens', () => {
    const deadlines = startDeadlines(limits);
    deadlines.awaitFirstToken();
    for (let token = 0; token < 3; token += 1) {
      jest.advanceTimersByTime(14_999);
      expect(deadlines.expired()).toBeNull();
      deadlines.awaitNextToken();
    }
    jest.advanceTimersByTime(15_000);
    expect(deadlines.expired()).toBe('gap');
  });

  it('end at the total however well the tokens flow, over several requests', () => {
    const deadlines = startDeadlines(limits);
    for (let second = 0; second < 89; second += 1) {
      if (second % 30 === 0) deadlines.awaitFirstToken();
      else deadlines.awaitNextToken();
      jest.advanceTimersByTime(1000);
    }
    expect(deadlines.expired()).toBeNull();
    jest.advanceTimersByTime(1000);
    expect(deadlines.expired()).toBe('total');
  });

  it('end when the caller leaves, also one who had left before', () => {
    const caller = new AbortController();
    const deadlines = startDeadlines(limits, caller.signal);
    caller.abort();
    expect(deadlines.expired()).toBe('cancelled');
    expect(startDeadlines(limits, caller.signal).expired()).toBe('cancelled');
  });

  it('keep the first reason', () => {
    const caller = new AbortController();
    const deadlines = startDeadlines(limits, caller.signal);
    deadlines.awaitFirstToken();
    jest.advanceTimersByTime(30_000);
    caller.abort();
    expect(deadlines.expired()).toBe('first-token');
  });

  it('leave no timer behind', () => {
    const deadlines = startDeadlines(limits);
    deadlines.awaitFirstToken();
    deadlines.rest();
    deadlines.dispose();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('give up on a promise that never settles', async () => {
    const deadlines = startDeadlines(limits);
    const waiting = deadlines.within(new Promise(() => undefined));
    jest.advanceTimersByTime(90_000);
    expect(await waiting).toBeNull();
    expect(await startDeadlines(limits).within(Promise.resolve('in time'))).toBe('in time');
  });
});

describe('withProgress', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('beats while the work lasts, and not after', async () => {
    const beat = jest.fn();
    let finish: (value: string) => void = () => undefined;
    const work = withProgress(new Promise<string>((resolve) => (finish = resolve)), beat, 2000);
    jest.advanceTimersByTime(9000);
    expect(beat).toHaveBeenCalledTimes(4);
    finish('done');
    expect(await work).toBe('done');
    jest.advanceTimersByTime(9000);
    expect(beat).toHaveBeenCalledTimes(4);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('throws what the beat throws instead of taking the process down', async () => {
    const broken = (): void => {
      throw new Error('activity is gone');
    };
    const work = withProgress(new Promise(() => undefined), broken, 2000);
    const caught = expect(work).rejects.toThrow('activity is gone');
    await jest.advanceTimersByTimeAsync(2000);
    await caught;
    expect(jest.getTimerCount()).toBe(0);
  });

  it('lets work through where nobody listens', async () => {
    expect(await withProgress(Promise.resolve(1), undefined, 2000)).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
