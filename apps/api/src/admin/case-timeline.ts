import { holdsRole } from '#libs/auth/principal';
import { type CaseEntity } from '#libs/db/entities/case.entity';
import { WardEntity } from '#libs/db/entities/ward.entity';
import { findCase } from '#libs/db/stores/case.store';
import { workflowIdOf } from '#libs/db/stores/record.store';
import { rolesOnWard, timelineOf, type TimelineRow } from '#libs/db/stores/timeline.store';
import { actorNames } from '#libs/db/stores/triage-record.store';
import { type Tx } from '#libs/db/transaction';
import { isProcessName } from '#libs/processes/index';
import { refuse } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { recordShown } from '../http/shown';
import { type CaseTimeline, type TimelineStep } from './case-timeline.schema';
import { awaitedOf, placeOf, timersOf } from './case-timeline.waits';
import { overseers } from './today';

const most = 500;

/** A case as steps, who is awaited and what happens next; audited before it is sent. Never says who the patient is. */
export const showTimeline =
  (caseId: string, { timeScale }: { timeScale: number }): Work<CaseTimeline> =>
  async (tx) => {
    const of = await findCase(tx, caseId);
    if (!of || !isProcessName(of.process)) return refuse('NOT_FOUND');
    if (!holdsRole(tx.principal, overseers, of.wardId)) return refuse('FORBIDDEN', { needs: overseers });
    await recordShown(tx, { entityType: 'case-timeline', entityId: of.id, caseIds: [of.id] });
    const rows = await timelineOf(tx, of.id, most + 1);
    const place = await placeOf(tx, of, { process: of.process, timeScale });
    return {
      caseId: of.id,
      workflowId: holdsRole(tx.principal, ['system_admin'], of.wardId) ? workflowIdOf(of.process, of.id) : null,
      process: of.process,
      state: of.state,
      ward: await wardOf(tx, of),
      ticketNo: place.ticketNo,
      steps: await stepsOf(tx, of, rows.slice(-most)),
      truncated: rows.length > most,
      awaited: awaitedOf(place),
      timers: timersOf(place),
    };
  };

const wardOf = async ({ manager }: Tx, { wardId }: CaseEntity): Promise<CaseTimeline['ward']> => {
  const { id, code, name } = await manager.findOneByOrFail(WardEntity, { id: wardId });
  return { id, code, name };
};

const stepsOf = async (
  tx: Tx,
  { wardId }: CaseEntity,
  rows: readonly TimelineRow[],
): Promise<CaseTimeline['steps']> => {
  const ids = rows.map(({ byId }) => byId);
  const nameOf = await actorNames(tx, ids);
  const rolesOf = await rolesOnWard(tx, { ids, wardId });
  return rows.map(({ at, source, kind, byKind, byId, byName, role, detail }) => {
    const { step: gate, ...rest } = detail as { step?: string };
    return {
      at: at.toISOString(),
      step: steps[`${source} ${kind}`] ?? 'other',
      by: {
        kind: byKind as 'user' | 'service' | 'system',
        name: byName ?? nameOf(byId),
        roles: role === null ? [...rolesOf(byId)] : [role],
      },
      detail: { ...(gate !== undefined && { gate }), ...rest },
    };
  });
};

/** By where the ledger tells it and what it says there. */
const steps: Readonly<Record<string, TimelineStep>> = {
  'case opened': 'registered',
  'fact person': 'assessed',
  'fact prehospital': 'reported-before-arrival',
  'fact screening': 'precaution-overridden',
  'review opened': 'review-opened',
  'review withdrawn': 'review-withdrawn',
  'draft shown': 'draft-ready',
  'draft stored': 'draft-stored',
  'event draft-failed': 'draft-failed',
  'event draft-stale': 'draft-overtaken',
  'event redraft-asked': 'draft-asked-again',
  'event floor-raised': 'floor-raised',
  'event claimed': 'taken-on',
  'event released': 'given-back',
  'event reassigned': 'handed-over',
  'event judged': 'judged',
  'event deferred': 'deferred',
  'event escalated': 'escalated',
  'event overridden-mode': 'mode-overridden',
  'event declined': 'second-signature-declined',
  'event first-signature-withdrawn': 'first-signature-withdrawn',
  'event first-signature-stale': 'first-signature-overtaken',
  'signature first': 'signed-first',
  'signature second': 'signed-second',
  'decision decided': 'decided',
  'decision committed': 'carried-out',
  'move call': 'called',
  'move return': 'called-back',
  'move see': 'seen',
  'move close': 'closed',
  'move leave': 'left',
  'move cancel': 'cancelled',
  'move undo': 'taken-back',
  'notice breach': 'wait-warned',
  'task re-assessment': 're-assessment-asked',
  'task-done re-assessment': 're-assessment-done',
};
