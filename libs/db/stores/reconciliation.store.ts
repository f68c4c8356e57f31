import { type Tx } from '../transaction';

/** A decision whose workflow has not carried it out. */
export interface UncommittedDecision {
  readonly decisionId: string;
  readonly reviewId: string;
  readonly caseId: string;
  readonly process: string;
  readonly decidedAt: Date;
}

/** Something the system administrator was told and has not acknowledged. */
export interface OpenAlarm {
  readonly id: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly reviewId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

/** Where ledger and workflows differ, as the ledger sees it; a person acts on it. */
export interface Reconciliation {
  readonly uncommitted: readonly UncommittedDecision[];
  readonly alarms: readonly OpenAlarm[];
  readonly dead: number;
  /** Age of the oldest start or signal not yet told, seconds. */
  readonly oldestUnsentSeconds: number;
}

const most = 200;

const uncommittedSql = `
select d.id "decisionId", r.id "reviewId", r.case_id "caseId", r.process, d.decided_at "decidedAt"
from decision d join review r on r.id = d.review_id
where d.committed_at is null and d.action <> 'reject' and r.organisation_id = $1
  and d.decided_at < clock_timestamp() - $2 * interval '1 ms'
order by d.decided_at limit ${most}`;

const alarmsSql = `
select id, kind, case_id "caseId", review_id "reviewId", data, created_at "createdAt" from notice
where organisation_id = $1 and audience = 'system_admin' and acknowledged_at is null
order by created_at limit ${most}`;

const outboxSql = `
select (count(*) filter (where dead_at is not null))::int dead,
  coalesce(extract(epoch from clock_timestamp() - min(created_at) filter (where sent_at is null and dead_at is null)), 0)::float8
    "oldestUnsentSeconds"
from outbox where sent_at is null`;

/** Compares what was decided with what was carried out; `graceMs` is how long a workflow may take. */
export const reconcileLedger = async (tx: Tx, { graceMs }: { graceMs: number }): Promise<Reconciliation> => {
  const { organisationId } = tx.principal;
  const uncommitted = await tx.query<UncommittedDecision>(uncommittedSql, [organisationId, graceMs]);
  const alarms = await tx.query<OpenAlarm>(alarmsSql, [organisationId]);
  const [outbox] = await tx.query<Pick<Reconciliation, 'dead' | 'oldestUnsentSeconds'>>(outboxSql);
  return { uncommitted, alarms, ...(outbox ?? { dead: 0, oldestUnsentSeconds: 0 }) };
};
