import { type Tx } from '../transaction';

/** A start or signal that is due: the oldest unsent one of its workflow. */
export interface DueEntry {
  readonly id: string;
  readonly kind: 'start' | 'signal';
  readonly workflowId: string;
  /** The workflow type of a start, the name of a signal. */
  readonly name: string;
  readonly args: readonly unknown[];
  readonly attempts: number;
  /** Whether more of the same workflow waits behind it. */
  readonly followed: boolean;
}

/** What became of an entry. A delay is in milliseconds from now. */
export type Settlement =
  | { readonly id: string; readonly outcome: 'sent' }
  | { readonly id: string; readonly outcome: 'later'; readonly delayMs: number }
  | { readonly id: string; readonly outcome: 'dead'; readonly reason: string };

/** How much waits to be sent, and since how long (seconds). */
export interface OutboxStanding {
  readonly depth: number;
  readonly oldestSeconds: number;
}

/* Never "id > cursor": a transaction that commits late would be skipped for ever. The front is a prefix of all unsent
   rows, so the first row of a workflow in it is the workflow's oldest, and keeps the newer ones back even while another
   relay holds it or it waits for its next attempt. Written as a join of the table with itself this read the whole
   backlog for each row of it whenever PostgreSQL had last counted in a quiet hour (360 ms a batch instead of 2). */
const dueSql = `
with front as materialized (
    select id, workflow_id, seq from outbox where sent_at is null and dead_at is null order by seq limit $2),
  heads as materialized (
    select distinct on (workflow_id) id, seq, count(*) over (partition by workflow_id) > 1 as followed
    from front order by workflow_id, seq),
  taken as materialized (
    select o.id, o.kind, o.workflow_id, o.name, o.args, o.attempts from outbox o
    where o.id = any (array(select id from heads)) and o.seq <= (select max(seq) from heads)
      and o.sent_at is null and o.dead_at is null and o.next_attempt_at <= clock_timestamp()
    order by o.seq limit $1
    for update of o skip locked)
select (select count(*)::int from front) as front, t.id, t.kind, t.workflow_id as "workflowId", t.name, t.args,
  t.attempts, h.followed
from (select) as always left join taken t on true left join heads h on h.id = t.id`;

type TakenRow = DueEntry & { readonly front: number };

interface NothingTaken {
  readonly front: number;
  readonly id: null;
}

const firstFront = 500;

/** Takes up to `limit` due entries, one per workflow, until the transaction ends; no other relay sees them meanwhile. */
export const takeDue = async (tx: Tx, limit: number, front = Math.max(firstFront, limit)): Promise<DueEntry[]> => {
  const rows = await tx.query<TakenRow | NothingTaken>(dueSql, [limit, front]);
  const entries = rows.filter((row): row is TakenRow => row.id !== null);
  // Nothing due among the oldest, and there are more: workflows that cannot be told must not hide the others.
  if (entries.length === 0 && (rows[0]?.front ?? 0) >= front) return takeDue(tx, limit, front * 8);
  return entries;
};

const settleSql = `
with done as (
  update outbox o set attempts = o.attempts + 1,
    sent_at = case when s.outcome = 'sent' then clock_timestamp() end,
    dead_at = case when s.outcome = 'dead' then clock_timestamp() end,
    dead_reason = s.reason,
    next_attempt_at = clock_timestamp() + s.delay_ms * interval '1 ms'
  from unnest($1::uuid[], $2::text[], $3::text[], $4::int[]) as s (id, outcome, reason, delay_ms)
  where o.id = s.id returning o.id)
select count(*)::int as settled from done`;

/** Stores what became of entries taken in this transaction, all in one statement. */
export const settle = async (tx: Tx, settlements: readonly Settlement[]): Promise<void> => {
  await tx.query(settleSql, [
    settlements.map(({ id }) => id),
    settlements.map(({ outcome }) => outcome),
    settlements.map((one) => (one.outcome === 'dead' ? one.reason : null)),
    settlements.map((one) => (one.outcome === 'later' ? Math.round(one.delayMs) : 0)),
  ]);
};

/** Counts what waits. */
export const outboxStanding = async (tx: Tx): Promise<OutboxStanding> => {
  const [standing] = await tx.query<OutboxStanding>(`
    select count(*)::int as depth,
      coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8 as "oldestSeconds"
    from outbox where sent_at is null and dead_at is null`);
  return standing ?? { depth: 0, oldestSeconds: 0 };
};
