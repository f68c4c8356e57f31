import { type DataSource } from 'typeorm';
import { readForInstallation, type Tx } from '../transaction';

/** How long the oldest unsent entry has waited for Temporal, in seconds; 0 when nothing waits. */
export const outboxOldestSeconds = async (source: DataSource): Promise<number> => {
  const [row] = await readForInstallation<{ seconds: number }>(
    source,
    `select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8 seconds from outbox
     where sent_at is null and dead_at is null`,
  );
  return row?.seconds ?? 0;
};

/** Something that was given up on telling Temporal; a person looks at it. */
export interface DeadEntry {
  readonly id: string;
  /** Where it stands in the outbox (a bigint as text). */
  readonly seq: string;
  readonly kind: string;
  readonly workflowId: string;
  readonly name: string;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly deadAt: Date;
  readonly reason: string | null;
}

/* The outbox knows no organisation: a workflow id is `<process>:<case>`, and the case does. */
const deadSql = `
select o.id, o.seq, o.kind, o.workflow_id "workflowId", o.name, o.attempts, o.created_at "createdAt", o.dead_at "deadAt",
  o.dead_reason reason
from outbox o where o.dead_at is not null and o.seq < coalesce($2::bigint, 9223372036854775807)
  and exists (select from cases c where c.organisation_id = $1 and c.id::text = split_part(o.workflow_id, ':', 2))
order by o.seq desc limit $3`;

/** The dead entries of the organisation, newest first. */
export const deadEntries = (tx: Tx, page: { beforeSeq: string | null; limit: number }): Promise<DeadEntry[]> =>
  tx.query(deadSql, [tx.principal.organisationId, page.beforeSeq, page.limit]);
