import { type Worker } from '@temporalio/worker';
import { draftsAtOnce, runWorkers } from './workers';

/** A Temporal worker as far as running goes. */
const fakeWorker = () => {
  let state = 'INITIALIZED';
  let [resolve, reject]: [() => void, (thrown: Error) => void] = [() => undefined, () => undefined];
  const ended = new Promise<void>((onEnd, onDeath) => ([resolve, reject] = [onEnd, onDeath]));
  return {
    getState: () => state,
    run: () => {
      state = 'RUNNING';
      return ended;
    },
    shutdown: jest.fn(() => {
      if (state !== 'RUNNING') throw new Error(`not running: ${state}`);
      state = 'STOPPING';
      setTimeout(() => {
        state = 'STOPPED';
        resolve();
      }, 5);
    }),
    die: (thrown?: Error) => {
      state = thrown ? 'FAILED' : 'STOPPED';
      if (thrown) reject(thrown);
      else resolve();
    },
  };
};
const asWorkers = (fakes: ReturnType<typeof fakeWorker>[]): Worker[] => fakes as unknown as Worker[];

describe('running workers', () => {
  let fakes: ReturnType<typeof fakeWorker>[];
  let stopping: AbortController;

  beforeEach(() => {
    fakes = [fakeWorker(), fakeWorker()];
    stopping = new AbortController();
  });

  it('ends when all have shut down after the signal', async () => {
    const running = runWorkers(asWorkers(fakes), stopping.signal);
    stopping.abort();
    await expect(running).resolves.toBeUndefined();
    for (const { shutdown, getState } of fakes) {
      expect(shutdown).toHaveBeenCalledTimes(1);
      expect(getState()).toBe('STOPPED');
    }
  });

  it('ends at once when it was told to stop before it began', async () => {
    stopping.abort();
    await runWorkers(asWorkers(fakes), stopping.signal);
    expect(fakes.every(({ getState }) => getState() === 'STOPPED')).toBe(true);
  });

  it('stops the others and fails when one dies, with its reason', async () => {
    const running = runWorkers(asWorkers(fakes), stopping.signal);
    fakes[0]!.die(new Error('lost its connection'));
    await expect(running).rejects.toThrow('lost its connection');
    expect(fakes[1]!.shutdown).toHaveBeenCalledTimes(1);
  });

  it('fails also when one ends without a reason: half an engine room does nothing', async () => {
    const running = runWorkers(asWorkers(fakes), stopping.signal);
    fakes[1]!.die();
    await expect(running).rejects.toMatchObject({ code: 'PART_NOT_READY' });
    expect(fakes[0]!.getState()).toBe('STOPPED');
  });
});

describe('drafts at once', () => {
  it('are half as many again as the model writes, but none that its line would turn away', () => {
    const limits = [
      { running: 4, waiting: 64 },
      { running: 1, waiting: 64 },
      { running: 32, waiting: 3 },
      { running: 8, waiting: 0 },
    ];
    expect(limits.map(draftsAtOnce)).toEqual([6, 2, 35, 8]);
  });
});
