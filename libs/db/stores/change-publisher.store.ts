import { type Tx } from '../transaction';

/** What one run of the publisher did: another one is at it, or how many rows it numbered. */
export type Published = { readonly busy: true } | { readonly busy: false; readonly count: number };

/** Changes that wait for their number, and since how long (seconds). */
export interface FeedStanding {
  readonly unpublished: number;
  readonly lagSeconds: number;
}

/* One number of our own for the advisory lock; PostgreSQL knows locks by number only. */
const lockSql = `select pg_try_advisory_xact_lock(hashtext('countersign.change_feed')) as taken`;

/* The lock is held until the numbers are visible, so nobody ever sees 8 and finds 7 later. The numbering is a statement
   of its own after the lock: its snapshot must not be older than the last publisher's commit. */
const numberSql = `
with waiting as materialized (select id from change_feed where feed_seq is null order by at, id limit $1),
  numbers as materialized (select id, nextval('change_feed_number') as n from waiting),
  numbered as (update change_feed c set feed_seq = numbers.n from numbers where c.id = numbers.id returning c.feed_seq),
  sum as (select count(*)::int as count, max(feed_seq)::text as last from numbered)
select count, case when count > 0 then pg_notify('countersign_feed', last) end from sum`;

/** Numbers up to `limit` committed changes in the order in which they happened, and tells the listeners at commit. */
export const publishChanges = async (tx: Tx, limit: number): Promise<Published> => {
  const [lock] = await tx.query<{ taken: boolean }>(lockSql);
  if (!lock?.taken) return { busy: true };
  const [numbered] = await tx.query<{ count: number }>(numberSql, [limit]);
  return { busy: false, count: numbered?.count ?? 0 };
};

/** How far the publisher is behind. */
export const feedStanding = async (tx: Tx): Promise<FeedStanding> => {
  const [standing] = await tx.query<FeedStanding>(`
    select count(*)::int as unpublished,
      coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8 as "lagSeconds"
    from change_feed where feed_seq is null`);
  return standing ?? { unpublished: 0, lagSeconds: 0 };
};
