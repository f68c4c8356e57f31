import { setTimeout as sleep } from 'node:timers/promises';

/** How something that is away is waited for. */
export interface Waiting {
  readonly signal: AbortSignal;
  /** Told of each failed attempt. */
  readonly onFailure: (thrown: unknown) => void;
  /** Between attempts, milliseconds (default 500). */
  readonly everyMs?: number;
}

/** Tries until it succeeds. Rejects only with the signal's reason, when that is told to stop. */
export const untilDone = async <T>(attempt: () => Promise<T>, waiting: Waiting): Promise<T> => {
  const { signal, onFailure, everyMs = 500 } = waiting;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (thrown) {
      onFailure(thrown);
    }
    await sleep(everyMs, undefined, { signal });
  }
};
