import { type QueuePlace } from '#libs/db/stores/triage-queue.store';
import { type Level } from '#libs/processes/triage/triage.level';
import { compareQueue, type QueueEntry } from '#libs/processes/triage/triage.queue';
import { entryOf, scaledScheme } from '#libs/triage-desk/queue-order';
import { type Cursors, type Page, pageOf, type Position } from '../http/cursor';
import { type QueueQuery } from './triage.schema';

/** When the queue is looked at, how contract time passes, and which part of it was asked for. */
export interface QueuePageView {
  readonly query: QueueQuery;
  readonly cursors: Cursors;
  readonly now: Date;
  readonly timeScale: number;
}

/**
 * A page of the queue in the order in which patients are to be seen; without a limit, everybody. Later pages go on in the
 * order of the first page's time, so that nobody is skipped because waits grew meanwhile.
 */
export const pageOfQueue = <T extends QueuePlace>(asked: readonly T[], view: QueuePageView): Page<T> => {
  const { query, cursors, now, timeScale } = view;
  const after = afterOf(cursors.open(listName(query), query.cursor));
  const at = after?.at ?? now.getTime();
  const compare = compareQueue({ now: at, scheme: scaledScheme(timeScale) });
  const ordered = asked
    .map((one) => ({ one, entry: entryOf(one) }))
    .filter(({ entry }) => after === null || compare(entry, after.entry) > 0)
    .toSorted((a, b) => compare(a.entry, b.entry))
    .map(({ one }) => one);
  const next = (last: T): string => cursors.seal(listName(query), positionOf(at, entryOf(last)));
  return pageOf(ordered, { limit: query.limit ?? Infinity, next });
};

/** A cursor goes on with the queue it came from, filters and all. */
const listName = ({ wardId, state, level }: QueueQuery): string =>
  `triage-queue ${JSON.stringify([wardId, state, level])}`;

const positionOf = (at: number, entry: QueueEntry): Position => {
  const { id, level, clockStartedAt, points, specialGroup, arrivedAt } = entry;
  return [at, id, level ?? '', clockStartedAt ?? '', points ?? 0, Number(specialGroup), arrivedAt];
};

const afterOf = (position: Position | null): { readonly at: number; readonly entry: QueueEntry } | null => {
  if (position === null) return null;
  const [at, id, level, clockStartedAt, points, specialGroup, arrivedAt] = position;
  return {
    at: Number(at),
    entry: {
      id: String(id),
      level: level === '' ? null : (level as Level),
      clockStartedAt: clockStartedAt === '' ? null : Number(clockStartedAt),
      points: Number(points),
      specialGroup: specialGroup === 1,
      arrivedAt: Number(arrivedAt),
    },
  };
};
