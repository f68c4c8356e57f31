import { type QueueRow } from '../../api/types';

const minute = (seconds: number): number => Math.floor(seconds / 60);

/**
 * Whether a row looks the same as before: the seconds waited grow with every reading, and only their minutes are shown.
 * What did not change keeps its identity between readings, so that 500 rows are compared and only the changed ones drawn.
 */
export const sameRow = (before: QueueRow, now: QueueRow): boolean => {
  const { waitedSeconds: was, breachRatio: _then, ...rest } = before;
  const { waitedSeconds: is, breachRatio: _now, ...others } = now;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return minute(was) === minute(is) && keys.every((key) => rest[key] === others[key]);
};
