import { type Tx } from '../transaction';

/* Of tables with a number only the oldest rows are looked at, so that a run that finds nothing to remove costs nothing. */
const prunes = {
  /** Numbered changes: a browser that was away for longer reads everything anew. */
  changes: `select id from (select id, at from change_feed where feed_seq is not null order by feed_seq limit $1) o
    where at < now() - interval '24 hours'`,
  /** Starts and signals that were sent; what was given up stays until a person has repaired it. */
  sent: `select id from (select id, sent_at from outbox where sent_at is not null order by seq limit $1) o
    where sent_at < now() - interval '30 days'`,
  /** Answers kept for a repeated request. */
  replies: `select ctid from stored_reply where created_at < now() - interval '7 days' limit $1`,
  /** Workers that were not heard of. */
  workers: `select id from worker_heartbeat where beat_at < now() - interval '7 days' limit $1`,
} as const;

const tables = {
  changes: 'change_feed',
  sent: 'outbox',
  replies: 'stored_reply',
  workers: 'worker_heartbeat',
} as const;

/** What is kept only for a time. */
export type Pruned = keyof typeof prunes;

/** The kinds of rows that are kept only for a time. */
export const pruned = Object.keys(prunes) as Pruned[];

/** Removes up to `limit` rows whose time is over; answers how many. */
export const prune = async (tx: Tx, what: Pruned, limit: number): Promise<number> => {
  const key = what === 'replies' ? 'ctid' : 'id';
  const [row] = await tx.query<{ n: number }>(
    `with gone as (delete from ${tables[what]} where ${key} in (${prunes[what]}) returning 1)
     select count(*)::int n from gone`,
    [limit],
  );
  return row?.n ?? 0;
};
