/** What a run of the work leaves: nothing for now, more at once, or nothing before a pause (milliseconds). */
export type Outcome = 'idle' | 'again' | { readonly pauseMs: number };

/** Work that is done whenever it is woken, and by itself now and then. */
export interface LoopOptions {
  readonly work: () => Promise<Outcome>;
  /** Told of each failed run; the next one comes after a growing pause. */
  readonly onError: (thrown: unknown) => void;
  /** At the latest after this many milliseconds (at the earliest after half of them) it looks by itself. */
  readonly pollMs: number;
  /** How many runs may be under way at once (default 1). */
  readonly lanes?: number;
}

/** A loop that runs until it is stopped. */
export interface Loop {
  /** There may be something to do; a wake-up during a run is not lost. */
  readonly wake: () => void;
  /** Resolves when the last run has ended. */
  readonly stop: () => Promise<void>;
}

const firstPauseMs = 250;
const longestPauseMs = 5000;

/** Starts the loop with a first run. */
export const startLoop = ({ work, onError, pollMs, lanes = 1 }: LoopOptions): Loop => {
  let [active, wanted, stopped, failures] = [0, false, false, 0];
  let pause: NodeJS.Timeout | null = null;
  let poll: NodeJS.Timeout | null = null;
  const running = new Set<Promise<void>>();

  const attempt = async (): Promise<Outcome> => {
    try {
      const outcome = await work();
      failures = 0;
      return outcome;
    } catch (thrown) {
      onError(thrown);
      failures += 1;
      return { pauseMs: Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)) };
    }
  };
  const holdFor = (ms: number): void => {
    if (pause || stopped) return;
    pause = setTimeout(() => {
      pause = null;
      wake();
    }, ms);
  };
  const lane = async (): Promise<void> => {
    let outcome: Outcome;
    do {
      // Cleared before the run: a wake-up that comes while it runs asks for another one.
      wanted = false;
      outcome = await attempt();
      if (typeof outcome === 'object') holdFor(outcome.pauseMs);
    } while (!stopped && !pause && (outcome === 'again' || wanted));
    // No await since the condition: a wake-up finds either this lane still looking or a free one.
    active -= 1;
  };
  const wake = (): void => {
    wanted = true;
    if (stopped || pause || active >= lanes) return;
    active += 1;
    const run = lane().finally(() => running.delete(run));
    running.add(run);
  };
  const pollLater = (): void => {
    poll = setTimeout(
      () => {
        wake();
        pollLater();
      },
      pollMs * (0.5 + Math.random() / 2),
    );
  };
  wake();
  pollLater();
  return {
    wake,
    stop: async () => {
      stopped = true;
      for (const timer of [pause, poll]) if (timer) clearTimeout(timer);
      await Promise.all(running);
    },
  };
};
