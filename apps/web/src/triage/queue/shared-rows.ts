import { replaceEqualDeep } from '@tanstack/react-query';
import { type Queue, type QueueRow } from '../../api/types';

/**
 * A queue as it was read, in which whatever of a patient is as before is the very thing as before. By patient, not by
 * place: when somebody arrives at the top, those below are the same people one row further down, and are not drawn anew.
 * A queue in which nothing changed is the very queue as before: react-query asks at every drawing, and a new one each time
 * would have it drawn for ever.
 */
export const sharedRows = (before: Queue | undefined, now: Queue): Queue => {
  if (before === undefined) return now;
  const known = new Map<string, QueueRow>(before.rows.map((row) => [row.caseId, row]));
  const rows = now.rows.map((row) => replaceEqualDeep(known.get(row.caseId), row));
  const others = { ...before, rows: [] };
  const rest = replaceEqualDeep(others, { ...now, rows: [] });
  const unmoved = rows.length === before.rows.length && rows.every((row, place) => row === before.rows[place]);
  return unmoved && rest === others ? before : { ...rest, rows };
};
