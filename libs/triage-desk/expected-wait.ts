/** What an expectation is made of, seconds: the waits of late that are over, and how long those still waiting have. */
export interface Waits {
  readonly over: readonly number[];
  readonly running: readonly number[];
}

/** Of fewer waits nothing is said: they would tell of single patients, and of nobody else. */
export const fewestWaits = 3;

/**
 * How long whoever comes now will probably wait, in whole minutes: as long as half of those seen of late did, and no less
 * than half of those who wait already have (a desk that stands still must not promise what it did an hour ago). Null: not
 * known.
 */
export const expectedWaitMinutes = ({ over, running }: Waits): number | null => {
  if (over.length < fewestWaits) return null;
  return Math.ceil(Math.max(median(over), running.length === 0 ? 0 : median(running)) / 60);
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
};
