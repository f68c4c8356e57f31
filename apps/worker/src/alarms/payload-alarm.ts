import { raiseNotice } from '#libs/db/stores/notice.store';
import { organisationIds, organisationOfWorkflow } from '#libs/db/stores/reconcile.store';
import { record } from '#libs/db/stores/record.store';
import { type InTransaction, type Tx } from '#libs/db/transaction';
import { type Rejection } from '#libs/temporal/payload-codec';
import { faultOf } from '../fault';
import { type Log } from '../log';
import { part } from '../principals';
import { safeWorkflowId } from '../reconciler/finding';
import { type Loop, startLoop } from '../wake/loop';

/** Raises an alarm for what the codec refused. */
export interface PayloadAlarm extends Pick<Loop, 'stop'> {
  /** Never throws and never waits: the codec calls it while a workflow task runs. */
  readonly raise: (rejection: Rejection) => void;
}

/** A flood of forgeries says no more than its beginning. */
const mostWaiting = 200;
const mostRemembered = 10_000;
const principal = part('payload-codec');

interface Alarm {
  readonly workflowId: string;
  readonly reason: string;
  readonly contextType: string;
  readonly day: string;
}

const alarmOf = ({ workflowId, reason, contextType }: Rejection): Alarm => ({
  workflowId: safeWorkflowId(workflowId ?? ''),
  reason,
  contextType,
  day: new Date().toISOString().slice(0, 10),
});

const tell = async (tx: Tx, alarm: Alarm, caseId: string | null): Promise<void> => {
  const { workflowId, reason, contextType, day } = alarm;
  const told = await raiseNotice(tx, {
    kind: 'payload-rejected',
    audience: 'security_admin',
    uniqueKey: `payload-rejected:${tx.principal.organisationId}:${workflowId}:${reason}:${day}`,
    caseId,
    data: { workflowId, reason },
  });
  if (!told) return;
  await record(tx, {
    audit: {
      action: 'payload.rejected',
      entityType: 'case',
      entityId: caseId ?? undefined,
      caseIds: caseId === null ? [] : [caseId],
      outcome: 'alarm',
      code: 'PAYLOAD_REJECTED',
      detail: { workflowId, reason, contextType },
    },
  });
};

const store = async (inTransaction: InTransaction, alarm: Alarm): Promise<void> => {
  const of = await inTransaction(principal, (tx) => organisationOfWorkflow(tx, alarm.workflowId));
  const organisations = of?.organisationId ? [of.organisationId] : await inTransaction(principal, organisationIds);
  for (const organisation of organisations)
    await inTransaction(part(principal.name, organisation), (tx) => tell(tx, alarm, of?.caseId ?? null));
};

/** Starts the alarm; what cannot be stored while the database is away is stored when it is back. */
export const startPayloadAlarm = (deps: { inTransaction: InTransaction; log: Log }): PayloadAlarm => {
  const waiting = new Map<string, Alarm>();
  // A workflow's history is decoded again at each replay, and with it every forgery in it.
  const told = new Set<string>();
  const loop = startLoop({
    work: async () => {
      for (const [key, alarm] of waiting) {
        await store(deps.inTransaction, alarm);
        if (told.size >= mostRemembered) told.clear();
        told.add(key);
        waiting.delete(key);
      }
      return 'idle';
    },
    onError: (thrown) => deps.log.error(faultOf(thrown), 'an alarm cannot be stored yet'),
    pollMs: 60_000,
  });
  return {
    raise: (rejection) => {
      const alarm = alarmOf(rejection);
      const key = Object.values(alarm).join(' ');
      if (told.has(key) || waiting.has(key) || waiting.size >= mostWaiting) return;
      deps.log.error(alarm, 'a payload was refused');
      waiting.set(key, alarm);
      loop.wake();
    },
    stop: loop.stop,
  };
};
