import { type DataSource } from 'typeorm';
import { readForInstallation } from '../transaction';

/** A numbered change: what browsers should read again. Numbers are bigint in PostgreSQL and stay below 2^53 here. */
export interface FeedEntry {
  readonly seq: number;
  readonly organisationId: string;
  readonly wardId: string | null;
  readonly topic: string;
  readonly entityId: string;
}

/** The numbers the feed has now: the oldest kept and the newest given; 0 and 0 when it is empty. */
export interface FeedBounds {
  readonly oldest: number;
  readonly newest: number;
}

/* The sequence, not the rows, says what was given: rows are pruned. It is read before the rows are, so that it never
   counts a number whose row is not visible yet as seen. */
const boundsSql = `select coalesce(min(feed_seq), 0)::float8 oldest, coalesce(max(feed_seq), 0)::float8 newest
  from change_feed where feed_seq is not null`;

/** Reads the bounds. For the installation: the feed is the process's, and each reader's view is filtered. */
export const feedBounds = async (source: DataSource): Promise<FeedBounds> => {
  const [row] = await readForInstallation<FeedBounds>(source, boundsSql);
  return row ?? { oldest: 0, newest: 0 };
};

const readSql = `select feed_seq::float8 seq, organisation_id "organisationId", ward_id "wardId", topic, entity_id "entityId"
  from change_feed where feed_seq > $1 and feed_seq <= $2 order by feed_seq limit $3`;

/** The entries after one number up to another, oldest first. */
export const readFeed = (
  source: DataSource,
  range: { after: number; upTo: number; limit: number },
): Promise<FeedEntry[]> => readForInstallation(source, readSql, [range.after, range.upTo, range.limit]);
