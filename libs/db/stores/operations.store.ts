import { type Tx } from '../transaction';

/** What waits in the ledger for somebody or something else. */
export interface LedgerStanding {
  /** Size of the database. */
  readonly bytes: number;
  /** Starts and signals that Temporal is still to be told, and since when the oldest waits. */
  readonly unsent: number;
  readonly oldestUnsentAt: Date | null;
  readonly oldestUnsentSeconds: number;
  /** Those that were given up. */
  readonly dead: number;
  /** Messages of feeds that were not taken and that nobody has settled. */
  readonly deadLetters: number;
  /** When a feed last sent anything. */
  readonly lastMessageAt: Date | null;
}

const standingSql = `
select pg_database_size(current_database())::float8 bytes,
  o.unsent, o.oldest "oldestUnsentAt", coalesce(extract(epoch from clock_timestamp() - o.oldest), 0)::float8 "oldestUnsentSeconds",
  o.dead,
  (select count(*)::int from inbound_message where organisation_id = $1 and outcome = 'dead' and resolved_at is null) "deadLetters",
  (select received_at from inbound_message where organisation_id = $1 order by id desc limit 1) "lastMessageAt"
from (select (count(*) filter (where dead_at is null))::int unsent, (count(*) filter (where dead_at is not null))::int dead,
    min(created_at) filter (where dead_at is null) oldest from outbox where sent_at is null) o`;

/** What waits in the ledger, as far as the organisation of the principal goes. */
export const ledgerStanding = async (tx: Tx): Promise<LedgerStanding> => {
  const [standing] = await tx.query<LedgerStanding>(standingSql, [tx.principal.organisationId]);
  if (!standing) throw new Error('PostgreSQL does not say how it stands');
  return standing;
};
