import { type Outcome } from '../wake/loop';

/** One batch, counted. */
export interface BatchCount {
  readonly taken: number;
  /** How many found Temporal away. */
  readonly away: number;
  /** Whether newer entries of the same workflows wait behind what was taken. */
  readonly followed: boolean;
}

/** How fast the relay goes: whole batches, and a few entries after growing pauses while Temporal is away. */
export interface Pace {
  readonly limit: () => number;
  readonly after: (batch: BatchCount) => Outcome;
  readonly isAway: () => boolean;
}

const probeSize = 4;
const firstPauseMs = 100;
const longestPauseMs = 2000;

/** The pace of one relay. */
export const createPace = (batchSize: number): Pace => {
  let misses = 0;
  const limit = (): number => (misses === 0 ? batchSize : Math.min(probeSize, batchSize));
  return {
    limit,
    isAway: () => misses > 0,
    after: ({ taken, away, followed }) => {
      if (taken === 0) return 'idle';
      if (away === taken) {
        misses += 1;
        return { pauseMs: Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(misses - 1, 10)) };
      }
      const full = taken >= limit();
      misses = 0;
      return full || followed ? 'again' : 'idle';
    },
  };
};
