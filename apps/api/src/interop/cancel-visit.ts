import { type CaseEntity } from '#libs/db/entities/case.entity';
import { lockCaseOfVisit } from '#libs/db/stores/case.store';
import { raiseNotice } from '#libs/db/stores/notice.store';
import { triageCase } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { type VisitEvent } from '#libs/interop/hl7v2/adt.types';
import { movesFrom, type TriageState } from '#libs/processes/triage/triage.moves';
import { makeMove } from '../triage/move';
import { type AdtEffect, ignored } from './adt-effect';
import { orAgain } from './resolve-patient';
import { visitOfEvent } from './update-visit';

/** The reason code of a case that the hospital's system cancelled. */
export const cancelledByFeed = 'A11';

/**
 * A11: cancels the case of the visit while the patient waits. Whom a physician sees, or who was rushed in, is not taken
 * away by a message: a charge nurse is told of the conflict instead.
 */
export const cancelVisit = async (tx: Tx, event: VisitEvent): Promise<AdtEffect> => {
  const visit = await visitOfEvent(tx, event);
  if ('outcome' in visit) return visit;
  const visitId = visit.id;
  const of = await lockCaseOfVisit(tx, 'triage', visitId);
  if (!of) return ignored('no-case', { visitId });
  const about = { visitId, caseId: of.id };
  if (of.state === 'left' || of.state === 'cancelled') return ignored('already-ended', about);
  if (!(await isCancellable(tx, of))) {
    await tell(tx, of, { kind: 'cancel-conflict', audience: 'charge_nurse' });
    return ignored('already-seen', about);
  }
  orAgain(await makeMove(tx, of, { move: 'cancel', reason: cancelledByFeed }));
  await tell(tx, of, { kind: 'cancelled-by-feed', audience: 'triage_nurse' });
  return { outcome: 'applied', ...about };
};

const isCancellable = async (tx: Tx, of: CaseEntity): Promise<boolean> => {
  const { straightToResus } = await triageCase(tx, of.id);
  const rushedIn = straightToResus && of.state === 'called';
  return !rushedIn && movesFrom(of.state as TriageState).includes('cancel');
};

const tell = (
  tx: Tx,
  of: CaseEntity,
  notice: { kind: string; audience: 'charge_nurse' | 'triage_nurse' },
): Promise<boolean> =>
  raiseNotice(tx, {
    ...notice,
    uniqueKey: `${notice.kind}:${of.id}:${of.version}`,
    wardId: of.wardId,
    caseId: of.id,
    data: { state: of.state, event: cancelledByFeed },
  });
