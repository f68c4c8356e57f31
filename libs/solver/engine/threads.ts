import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FormatFailure, Reading } from '../failure';
import type { Crew, FirstPlan, LegOrder } from './crew';
import type { LegReport } from './solver';
import type { SolverName } from './solvers';

/** What a thread is born with; `stop` holds one number, 1 = end your leg. */
export interface ThreadTask {
  readonly name: SolverName;
  readonly text: string;
  readonly stop: SharedArrayBuffer;
}

export type ThreadOrder =
  | { readonly do: 'first'; readonly stage: number; readonly before: unknown }
  | { readonly do: 'search'; readonly leg: LegOrder }
  | { readonly do: 'bound' };

export type ThreadWord =
  | { readonly failure: FormatFailure }
  | { readonly stages: number }
  | { readonly better: number }
  | { readonly done: unknown };

interface Thread {
  readonly ask: (order: ThreadOrder | undefined, onBest: (cost: number) => void) => Promise<ThreadWord>;
  readonly close: () => Promise<number>;
}

const quiet = (): void => undefined;

/** A thread that is asked one thing at a time; that it dies is the failure of what it was asked. */
const startThread = (task: ThreadTask): Thread => {
  const worker = new Worker(join(__dirname, 'solver.thread.js'), { workerData: task });
  return {
    ask: (order, onBest) =>
      new Promise((answer, fail) => {
        const over = (): void => {
          worker.off('message', hear).off('error', died).off('exit', ended);
        };
        const hear = (word: ThreadWord): void => {
          if ('better' in word) return onBest(word.better);
          over();
          answer(word);
        };
        const died = (error: Error): void => {
          over();
          fail(error);
        };
        const ended = (code: number): void => died(new Error(`a thread of the solver ended with ${code}`));
        worker.on('message', hear).on('error', died).on('exit', ended);
        if (order !== undefined) worker.postMessage(order);
      }),
    close: () => worker.terminate(),
  };
};

const done = async (thread: Thread, order: ThreadOrder, onBest = quiet as (cost: number) => void): Promise<unknown> => {
  const word = await thread.ask(order, onBest);
  return 'done' in word ? word.done : undefined;
};

/** A crew of worker threads: the caller's event loop stays free. A file that cannot be read is a value. */
export const crewOfThreads = async (
  name: SolverName,
  text: string,
  { size }: { readonly size: number },
): Promise<Reading<Crew>> => {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const threads = Array.from({ length: size }, () => startThread({ name, text, stop }));
  const close = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.close()));
  };
  const [word] = await Promise.all(threads.map((thread) => thread.ask(undefined, quiet)));
  const [chief] = threads;
  if (chief === undefined || word === undefined || !('stages' in word)) {
    await close();
    return { failure: word !== undefined && 'failure' in word ? word.failure : { place: 'crew', reason: 'nobody' } };
  }
  return {
    value: {
      size,
      stages: word.stages,
      first: async (stage, before) => (await done(chief, { do: 'first', stage, before })) as FirstPlan,
      search: (legs, onBest) =>
        Promise.all(
          legs.map(async (leg, index) => {
            const thread = threads[index % size] ?? chief;
            return (await done(thread, { do: 'search', leg }, onBest)) as LegReport<unknown>;
          }),
        ),
      stop: () => {
        Atomics.store(new Int32Array(stop), 0, 1);
      },
      close,
    },
  };
};

/** The proven bound of a problem, reckoned in a thread of its own; undefined where none is known, or it was ended. */
export const boundInThread = (
  name: SolverName,
  text: string,
): { readonly bound: Promise<number | undefined>; readonly end: () => void } => {
  const thread = startThread({ name, text, stop: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) });
  let ended = false;
  const reckon = async (): Promise<number | undefined> => {
    try {
      const word = await thread.ask(undefined, quiet);
      return 'stages' in word ? ((await done(thread, { do: 'bound' })) as number | undefined) : undefined;
    } catch (error) {
      if (ended) return undefined;
      throw error;
    } finally {
      void thread.close();
    }
  };
  const end = (): void => {
    ended = true;
    void thread.close();
  };
  return { bound: reckon(), end };
};
