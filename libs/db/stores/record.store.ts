import { v7 as uuidv7 } from 'uuid';
import { type Principal } from '#libs/auth/principal';
import { CountersignError } from '#libs/errors/errors';
import { type Tx } from '../transaction';

/** What happened, for the audit: ids, codes and digests, never patient data. */
export interface AuditEntry {
  readonly action: string;
  readonly entityType: string;
  readonly entityId?: string | undefined;
  readonly caseIds?: readonly string[];
  readonly outcome?: 'done' | 'refused' | 'shown' | 'alarm';
  readonly code?: string;
  readonly before?: string | null;
  readonly after?: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Something a workflow is told through the outbox: ids only. */
export interface OutboxEntry {
  readonly kind: 'start' | 'signal';
  readonly workflowId: string;
  /** The workflow type of a start, the name of a signal. */
  readonly name: string;
  readonly args: readonly unknown[];
}

/** What browsers should read again: ids only. */
export interface ChangeEntry {
  readonly topic: string;
  readonly entityId: string;
  readonly wardId: string | null;
}

/** One state change: its audit row always, whom to wake and what to refresh where there is somebody. */
export interface RecordEntry {
  readonly audit: AuditEntry;
  readonly tell?: OutboxEntry | null;
  readonly changed?: ChangeEntry | null;
}

const actorOf = (principal: Principal) => ({
  kind: principal.kind,
  id: principal.kind === 'system' ? null : principal.id,
  name: principal.name,
  roles:
    principal.kind === 'user'
      ? [...new Set(principal.grants.map((grant) => grant.role))]
      : principal.kind === 'service'
        ? [...principal.scopes]
        : [],
  session: principal.kind === 'user' ? principal.sessionId : null,
});

const auditSql = `insert into audit (id, organisation_id, actor_kind, actor_id, actor_name, actor_roles, session_id, request_id,
    action, entity_type, entity_id, case_ids, outcome, code, before_sha256, after_sha256, detail)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`;

const auditValues = (tx: Tx, entry: AuditEntry): unknown[] => {
  const actor = actorOf(tx.principal);
  return [
    uuidv7(),
    tx.principal.organisationId,
    actor.kind,
    actor.id,
    actor.name,
    actor.roles,
    actor.session,
    tx.principal.requestId ?? null,
    entry.action,
    entry.entityType,
    entry.entityId ?? null,
    entry.caseIds ?? [],
    entry.outcome ?? 'done',
    entry.code ?? null,
    entry.before ?? null,
    entry.after ?? null,
    JSON.stringify(entry.detail ?? {}),
  ];
};

/** Class 08 and 57 and the like: the database itself is away, which is not a failure of the audit. */
const databaseAway = (thrown: unknown): boolean => {
  const code = (thrown as { driverError?: { code?: string } }).driverError?.code;
  return code === undefined || /^(08|57P)/.test(code);
};

/**
 * Records a state change in the transaction that makes it: audit row, outbox row and change row in one statement,
 * and wakes relay and publisher at commit. Throws AUDIT_UNAVAILABLE when it cannot, so the change is not made either.
 */
export const record = async (tx: Tx, { audit, tell, changed }: RecordEntry): Promise<void> => {
  const values = auditValues(tx, audit);
  const parts = [`a as (${auditSql})`];
  const notify: string[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  if (tell) {
    parts.push(`o as (insert into outbox (id, kind, workflow_id, name, args) values (${bind(uuidv7())}, ${bind(tell.kind)},
      ${bind(tell.workflowId)}, ${bind(tell.name)}, ${bind(JSON.stringify(tell.args))}::jsonb))`);
    notify.push(`pg_notify('countersign_outbox', '')`);
  }
  if (changed) {
    parts.push(`c as (insert into change_feed (id, organisation_id, ward_id, topic, entity_id) values (${bind(uuidv7())},
      $2, ${bind(changed.wardId)}, ${bind(changed.topic)}, ${bind(changed.entityId)}))`);
    notify.push(`pg_notify('countersign_change', '')`);
  }
  try {
    await tx.query(`with ${parts.join(', ')} select ${notify.length > 0 ? notify.join(', ') : '1'}`, values);
  } catch (thrown) {
    if (databaseAway(thrown)) throw thrown;
    throw new CountersignError('AUDIT_UNAVAILABLE');
  }
};

/** Wakes a workflow without a state change of its own (its audit row is written by whoever changed something). */
export const enqueue = async (tx: Tx, tell: OutboxEntry): Promise<void> => {
  await tx.query(
    `with o as (insert into outbox (id, kind, workflow_id, name, args) values ($1, $2, $3, $4, $5))
     select pg_notify('countersign_outbox', '')`,
    [uuidv7(), tell.kind, tell.workflowId, tell.name, JSON.stringify(tell.args)],
  );
};

/** The workflow id of a case: `<process>:<case uuid>`. */
export const workflowIdOf = (process: string, caseId: string): string => `${process}:${caseId}`;
