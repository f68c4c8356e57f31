/** When wrong passwords lock an account, and for how long (ms); the lock doubles with each further failure. */
export interface Throttle {
  readonly freeFailures: number;
  readonly firstLockMs: number;
  readonly longestLockMs: number;
}

/** Five failures, then a minute, doubling up to a quarter of an hour: brute force ends, a night shift does not. */
export const defaultThrottle: Throttle = { freeFailures: 5, firstLockMs: 60_000, longestLockMs: 900_000 };

/** How long an account is locked after so many failures in a row; 0: not at all. */
export const lockMsAfter = ({ freeFailures, firstLockMs, longestLockMs }: Throttle, failures: number): number =>
  failures < freeFailures ? 0 : Math.min(firstLockMs * 2 ** Math.min(failures - freeFailures, 20), longestLockMs);
