import { type Tx } from '../transaction';

/** A decision that its workflow has not carried out. Rejected ones are never carried out. */
export interface UncommittedDecision {
  readonly decisionId: string;
  readonly reviewId: string;
  readonly caseId: string;
  readonly organisationId: string;
  readonly process: string;
  readonly decidedAt: Date;
}

/**
 * Decisions of all organisations older than `afterMs` that no workflow has carried out although its signal was sent (or
 * given up), oldest first. What still waits in the outbox is late, not lost.
 */
export const uncommittedDecisions = (tx: Tx, afterMs: number, limit: number): Promise<UncommittedDecision[]> =>
  tx.query(
    `select d.id as "decisionId", d.review_id as "reviewId", r.case_id as "caseId",
       r.organisation_id as "organisationId", r.process, d.decided_at as "decidedAt"
     from decision d join review r on r.id = d.review_id
     where d.committed_at is null and d.action <> 'reject' and d.decided_at < now() - $1 * interval '1 ms'
       and not exists (select from outbox o where o.workflow_id = r.process || ':' || r.case_id
         and o.sent_at is null and o.dead_at is null)
     order by d.decided_at limit $2`,
    [afterMs, limit],
  );

/** A case that somebody works on, which its workflow must follow. */
export interface OpenCase {
  readonly caseId: string;
  readonly organisationId: string;
  readonly workflowId: string;
  readonly openedAt: Date;
}

/**
 * One page of the open cases of all organisations, by id, beginning after `afterId`. Cases opened within `settleMs`
 * and cases whose workflow is still to be told something are left out: they are on their way.
 */
export const openCases = (tx: Tx, page: { afterId: string; settleMs: number; limit: number }): Promise<OpenCase[]> =>
  tx.query(
    `select c.id as "caseId", c.organisation_id as "organisationId", c.process || ':' || c.id as "workflowId",
       c.opened_at as "openedAt"
     from cases c where c.ended_at is null and c.id > $1 and c.opened_at < now() - $2 * interval '1 ms'
       and not exists (select from outbox o where o.workflow_id = c.process || ':' || c.id
         and o.sent_at is null and o.dead_at is null)
     order by c.id limit $3`,
    [page.afterId, page.settleMs, page.limit],
  );

/** What the ledger knows of a workflow that runs; `caseId` null: nothing. */
export interface KnownWorkflow {
  readonly workflowId: string;
  readonly caseId: string | null;
  readonly organisationId: string | null;
  readonly endedAt: Date | null;
}

/** Reads the case that each workflow id names. */
export const casesOfWorkflows = (tx: Tx, workflowIds: readonly string[]): Promise<KnownWorkflow[]> =>
  tx.query(
    `select w.id as "workflowId", c.id as "caseId", c.organisation_id as "organisationId", c.ended_at as "endedAt"
     from unnest($1::text[]) as w (id)
     left join cases c on c.id = ${caseIdIn('w.id')} and w.id = c.process || ':' || c.id`,
    [workflowIds],
  );

/* The uuid in `<process>:<uuid>`; null for an id that is not of our form, which anybody can make. */
const caseIdIn = (column: string): string =>
  `case when ${column} ~ '^[a-z][a-z-]*:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
     then split_part(${column}, ':', 2)::uuid end`;

/** An outbox entry that was given up, or that waits for long. */
export interface StrandedEntry {
  readonly outboxId: string;
  readonly workflowId: string;
  readonly kind: 'start' | 'signal';
  readonly reason: string | null;
  readonly since: Date;
  readonly caseId: string | null;
  readonly organisationId: string | null;
}

const strandedSql = (which: string, since: string): string => `
  select o.id as "outboxId", o.workflow_id as "workflowId", o.kind, o.dead_reason as reason, ${since} as since,
    c.id as "caseId", c.organisation_id as "organisationId"
  from outbox o left join cases c on c.id = ${caseIdIn('o.workflow_id')}
  where ${which} order by o.seq limit $1`;

/**
 * Entries that were given up and still matter: nothing later reached their workflow (whatever did made it read the
 * ledger again), and their case is open or they were given up within a day.
 */
export const deadEntries = (tx: Tx, limit: number): Promise<StrandedEntry[]> =>
  tx.query(
    strandedSql(
      `o.dead_at is not null and (c.ended_at is null or o.dead_at > now() - interval '24 hours')
       and not exists (select from outbox l where l.workflow_id = o.workflow_id and l.seq > o.seq
         and l.sent_at is not null)`,
      'o.dead_at',
    ),
    [limit],
  );

/** Entries that have waited longer than `afterMs` to be sent. */
export const lateEntries = (tx: Tx, afterMs: number, limit: number): Promise<StrandedEntry[]> =>
  tx.query(
    strandedSql(
      `o.sent_at is null and o.dead_at is null and o.created_at < now() - $2 * interval '1 ms'`,
      'o.created_at',
    ),
    [limit, afterMs],
  );

/** Every organisation of the installation. */
export const organisationIds = async (tx: Tx): Promise<string[]> =>
  (await tx.query<{ id: string }>('select id from organisation order by id')).map(({ id }) => id);

/** The organisation of the case that a workflow id names; null when it names none. */
export const organisationOfWorkflow = async (tx: Tx, workflowId: string): Promise<KnownWorkflow | null> => {
  const [known] = await casesOfWorkflows(tx, [workflowId]);
  return known?.caseId ? known : null;
};
