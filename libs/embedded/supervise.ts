import { setTimeout as sleep } from 'node:timers/promises';
import { type BackoffPlan, nextWait, restartBackoff } from './backoff';
import { type Child, type Exit, signalOne, stopChild, type StopSteps, termThenKill } from './children';
import { logTail } from './log-tail';
import { descendants } from './process-tree';
import { type Say, silent, startError, textOf } from './start-error';

/** A part of the installation: how its process starts, when it is ready, how it ends. */
export interface Part {
  readonly name: string;
  spawn(): Promise<Child>;
  /** Resolves when ready, rejects when it can never be; it is told when to give up, and need not watch the process. */
  ready(child: Child, over: AbortSignal): Promise<void>;
  readonly readyWithinMs?: number;
  readonly stop?: StopSteps;
  /** Where its output goes; the end of it stands under the error when it does not become ready. */
  readonly logFile?: string;
}

/** A part that is kept running. */
export interface SupervisedPart {
  readonly name: string;
  /** The running process; null while it is stopped or between two lives. */
  pid(): number | null;
  /** The running process and all below it. */
  pids(): number[];
  /** Ends it; it stays down until `start`. */
  stop(): Promise<void>;
  /** Starts it again after `stop`; ready when this resolves. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Signals it and everything below it, as a crash would; after a death it is started again like after any other. */
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it is ready in its present life, or back from its death. */
  ready(): Promise<void>;
}

/** What supervision depends on; the clock is injected in tests. */
export interface SuperviseOptions {
  readonly say?: Say;
  readonly backoff?: BackoffPlan;
  readonly clock?: Clock;
  /** Told of each new process, so that a later start can find one that outlived us. */
  readonly onSpawn?: (name: string, pid: number) => void;
  /** Told of the part before its first start, so that a start can be broken off. */
  readonly onPart?: (part: SupervisedPart) => void;
}

/** Time as the supervisor sees it, in milliseconds. */
export interface Clock {
  now(): number;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

interface Life {
  readonly part: Part;
  readonly options: SuperviseOptions;
  readonly clock: Clock;
  child: Child | null;
  stopping: AbortController;
  /** The start or restart under way, or the last one. */
  coming: Promise<void>;
  lastWaitMs: number;
}

/** Starts a part, waits until it is ready, and starts it again with growing waits whenever it dies. */
export const supervise = async (part: Part, options: SuperviseOptions = {}): Promise<SupervisedPart> => {
  const life: Life = {
    part,
    options,
    clock: options.clock ?? realClock,
    child: null,
    stopping: new AbortController(),
    coming: Promise.resolve(),
    lastWaitMs: 0,
  };
  const face = faceOf(life);
  options.onPart?.(face);
  await start(life);
  return face;
};

const faceOf = (life: Life): SupervisedPart => ({
  name: life.part.name,
  pid: () => life.child?.pid ?? null,
  pids: () => family(life),
  stop: () => stop(life),
  start: () => start(life),
  restart: async () => {
    await stop(life);
    await start(life);
  },
  // The leader comes first in the family: it must not see its children die and tidy up after them.
  kill: (signal) => family(life).forEach((pid) => signalOne(pid, signal)),
  ready: () => life.coming,
});

const family = ({ child }: Life): number[] => (child ? [child.pid, ...descendants(child.pid)] : []);

const start = async (life: Life): Promise<void> => {
  if (life.child) return life.coming;
  life.stopping = new AbortController();
  life.coming = live(life);
  await life.coming;
};

const stop = async (life: Life): Promise<void> => {
  life.stopping.abort();
  if (life.child) await stopChild(life.child, life.part.stop ?? termThenKill);
  await Promise.allSettled([life.coming]);
  life.child = null;
};

const live = async (life: Life): Promise<void> => {
  const child = await life.part.spawn();
  life.child = child;
  life.options.onSpawn?.(life.part.name, child.pid);
  try {
    await untilReady(life, child);
  } catch (thrown) {
    await stopChild(child, { steps: [] });
    life.child = null;
    throw thrown;
  }
  const bornAt = life.clock.now();
  void child.exited.then((exit) => died(life, exit, life.clock.now() - bornAt));
};

const untilReady = async (life: Life, child: Child): Promise<void> => {
  const { part, stopping } = life;
  const over = new AbortController();
  const giveUp = (why: string): void =>
    over.abort(startError('PART_NOT_READY', `${part.name}: ${why}${logTail(part.logFile)}`));
  const limit = part.readyWithinMs ?? 60_000;
  const late = setTimeout(() => giveUp(`not ready within ${limit / 1000} s`), limit);
  const onStop = (): void => giveUp('stopped while starting');
  const failed = new Promise<never>((_, reject) =>
    over.signal.addEventListener('abort', () => reject(over.signal.reason as Error)),
  );
  void child.exited.then((exit) => giveUp(`ended while starting (${describe(exit)})`));
  stopping.signal.addEventListener('abort', onStop);
  if (stopping.signal.aborted) onStop();
  try {
    await Promise.race([part.ready(child, over.signal), failed]);
    // Told that it is over, a part may have stopped waiting before we heard it.
    over.signal.throwIfAborted();
  } finally {
    clearTimeout(late);
    stopping.signal.removeEventListener('abort', onStop);
  }
};

const died = (life: Life, exit: Exit, ranMs: number): void => {
  life.child = null;
  if (life.stopping.signal.aborted) return;
  life.coming = revive(life, describe(exit), ranMs);
};

const revive = async (life: Life, how: string, ranMs: number): Promise<void> => {
  const say = life.options.say ?? silent;
  const { signal } = life.stopping;
  life.lastWaitMs = nextWait(life.options.backoff ?? restartBackoff, life.lastWaitMs, ranMs);
  say(`${life.part.name} ended (${how}); starting it again in ${life.lastWaitMs / 1000} s`);
  await life.clock.sleep(life.lastWaitMs, signal);
  if (signal.aborted) return;
  try {
    await live(life);
    say(`${life.part.name} is back`);
  } catch (thrown) {
    if (!signal.aborted) await revive(life, textOf(thrown), 0);
  }
};

const describe = ({ code, signal }: Exit): string => (signal ? `killed by ${signal}` : `exit code ${code}`);

const realClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};
