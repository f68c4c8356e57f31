import { type QueueRow } from '../../api/types';

const minute = (seconds: number): number => Math.floor(seconds / 60);

/**
 * Whether a row looks the same as before: the seconds waited grow with every reading, and only their minutes are shown.
 * What did not change keeps its identity between readings, so that 500 rows are compared and only the changed ones drawn.
 */
export const sameRow = (before: QueueRow, now: QueueRow): boolean => {
  if (before === now) return true;
  const { waitedSeconds: was, breachRatio: _then, ...rest } = before;
  const { waitedSeconds: is, breachRatio: _now, ...others } = now;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return minute(was) === minute(is) && keys.every((key) => rest[key] === others[key]);
};

/** Whether a row far from the screen looks the same as before: it shows no waiting time, and grows old unseen. */
export const sameFarRow = (before: QueueRow, now: QueueRow): boolean =>
  before === now ||
  (before.ticketNo === now.ticketNo &&
    before.level === now.level &&
    before.overLimit === now.overLimit &&
    before.patient === now.patient &&
    before.complaint === now.complaint);

/** Whether a row offers the same to do as before, however long its patient has waited meanwhile. */
export const sameActions = (before: QueueRow, now: QueueRow): boolean =>
  before === now ||
  (before.caseId === now.caseId &&
    before.version === now.version &&
    before.ticketNo === now.ticketNo &&
    before.review?.id === now.review?.id &&
    before.moves === now.moves);
