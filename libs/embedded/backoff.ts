/** Waits between restarts of a part that keeps dying: doubling from the first to the longest, in milliseconds. */
export interface BackoffPlan {
  readonly firstMs: number;
  readonly longestMs: number;
  /** A part that ran this long was well: its next death counts as the first. */
  readonly wellAfterMs: number;
}

/** 0.2 s, 0.4 s … 10 s; a minute of life starts over. */
export const restartBackoff: BackoffPlan = { firstMs: 200, longestMs: 10_000, wellAfterMs: 60_000 };

/** The wait before the next restart, from the wait before the last one (0: none yet) and how long the part then ran. */
export const nextWait = (plan: BackoffPlan, lastWaitMs: number, ranMs: number): number =>
  lastWaitMs === 0 || ranMs >= plan.wellAfterMs ? plan.firstMs : Math.min(lastWaitMs * 2, plan.longestMs);
