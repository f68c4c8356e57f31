import { isProcessName, processes } from '#libs/processes/index';
import { refuse, type Refusal } from '#libs/review/refusal';
import { type Principal } from '#libs/auth/principal';
import { CaseEntity } from '../entities/case.entity';
import { type Tx } from '../transaction';
import { type OutboxEntry, record, workflowIdOf } from './record.store';

/** What a person had sent again. */
export interface Repair {
  readonly workflowId: string;
  readonly sent: readonly Pick<OutboxEntry, 'kind' | 'name'>[];
}

/** A repair is a person's: a system administrator, or whoever holds the command line. No part of the product repairs. */
const mayRepair = (principal: Principal): boolean =>
  principal.kind === 'user'
    ? principal.grants.some(({ role }) => role === 'system_admin')
    : principal.kind === 'system' && principal.name.startsWith('command line (');

const repairable = async (tx: Tx, caseId: string): Promise<CaseEntity | Refusal> => {
  if (!mayRepair(tx.principal)) return refuse('FORBIDDEN', { needs: ['system_admin'] });
  const { organisationId } = tx.principal;
  const of = await tx.manager.findOne(CaseEntity, {
    where: { id: caseId, organisationId },
    lock: { mode: 'pessimistic_write' },
  });
  return of ?? refuse('NOT_FOUND');
};

const send = async (
  tx: Tx,
  of: CaseEntity,
  { action, entries }: { action: string; entries: readonly Told[] },
): Promise<Repair> => {
  const workflowId = workflowIdOf(of.process, of.id);
  for (const { args, detail, ...named } of entries)
    await record(tx, {
      audit: { action, entityType: 'case', entityId: of.id, caseIds: [of.id], detail: { ...named, ...detail } },
      tell: { ...named, args, workflowId },
    });
  return { workflowId, sent: entries.map(({ kind, name }) => ({ kind, name })) };
};

type Told = Omit<OutboxEntry, 'workflowId'> & { readonly detail?: Readonly<Record<string, string>> };

/**
 * Starts the workflow of an open case again, on behalf of a person; one that runs is left alone. Refuses FORBIDDEN,
 * NOT_FOUND, and TRANSITION_NOT_ALLOWED for a case that has ended.
 */
export const restartWorkflow = async (tx: Tx, caseId: string): Promise<Repair | Refusal> => {
  const of = await repairable(tx, caseId);
  if ('refused' in of) return of;
  if (of.endedAt !== null || !isProcessName(of.process)) return refuse('TRANSITION_NOT_ALLOWED', { state: of.state });
  // "restart" makes the relay allow a workflow id whose last run is closed; a first start never does.
  const args = [{ caseId }, 'restart'];
  const start: Told = { kind: 'start', name: processes[of.process].workflowType, args };
  return send(tx, of, { action: 'repair.restart', entries: [start] });
};

/**
 * Wakes the workflow of a case again, on behalf of a person: once for each decision that was not carried out, or once
 * without a decision. The workflow reads the ledger; nothing is decided by this. Refuses FORBIDDEN and NOT_FOUND.
 */
export const wakeWorkflow = async (tx: Tx, caseId: string): Promise<Repair | Refusal> => {
  const of = await repairable(tx, caseId);
  if ('refused' in of) return of;
  const waiting = await tx.query<{ id: string }>(
    `select d.id from decision d join review r on r.id = d.review_id
     where r.case_id = $1 and d.committed_at is null order by d.decided_at`,
    [caseId],
  );
  const told: Told[] = waiting.map(({ id }) => ({
    kind: 'signal',
    name: 'decided',
    args: [{ decisionId: id }],
    detail: { decisionId: id },
  }));
  const entries: Told[] = told.length > 0 ? told : [{ kind: 'signal', name: 'changed', args: [] }];
  return send(tx, of, { action: 'repair.wake', entries });
};
