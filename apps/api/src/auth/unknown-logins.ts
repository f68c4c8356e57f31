import { lockMsAfter, type Throttle } from '#libs/auth/throttle';

const most = 10_000;

/** Failures of one login that nobody has. */
interface Failures {
  readonly count: number;
  readonly lockedUntil: number;
}

/**
 * Locks logins that do not exist exactly as existing ones, so that a lock tells nobody which exist.
 * Kept in memory and bounded: an entry that is pushed out was that of a stranger.
 */
export const createUnknownLogins = (throttle: Throttle, now: () => number) => {
  const failures = new Map<string, Failures>();
  return {
    /** Counts a failure; how long the login is locked already (ms), 0 if it was not. */
    count: (login: string): number => {
      const known = failures.get(login);
      if (known && known.lockedUntil > now()) return known.lockedUntil - now();
      const count = (known?.count ?? 0) + 1;
      failures.delete(login);
      failures.set(login, { count, lockedUntil: now() + lockMsAfter(throttle, count) });
      const oldest = failures.keys().next().value;
      if (failures.size > most && oldest !== undefined) failures.delete(oldest);
      return 0;
    },
  };
};
