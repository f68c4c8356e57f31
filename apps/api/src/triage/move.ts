import { type CaseEntity } from '#libs/db/entities/case.entity';
import { type TriageCaseEntity } from '#libs/db/entities/triage-case.entity';
import { requestAdmission } from '#libs/db/stores/admission.store';
import { advanceCase, insertMove } from '#libs/db/stores/case.store';
import { record } from '#libs/db/stores/record.store';
import { lockOpenReview, withdrawReview } from '#libs/db/stores/review.store';
import { cancelTasks } from '#libs/db/stores/task.store';
import { triageCase, updateTriageCase } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { acuityGate } from '#libs/processes/triage/triage.gate';
import {
  type Disposition,
  dispositionOf,
  isEnded,
  movesFrom,
  stateAfter,
  type TriageMove,
  type TriageState,
} from '#libs/processes/triage/triage.moves';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { changedSignal } from './assess';
import { enterVersion } from './desk';
import { type MoveBody } from './triage.schema';

/** A move with what it needs: a room to call to, how it ended, why. */
export interface MoveOrder {
  readonly move: TriageMove;
  readonly room?: string | undefined;
  readonly disposition?: Disposition | undefined;
  readonly reason?: string | undefined;
}

/** What an undo must put back; kept with the move. Ids, codes and times only. */
export interface BeforeMove {
  readonly room: string | null;
  readonly disposition: string | null;
  readonly dispositionAt: string | null;
  /** The review that the end of the case withdrew, and the tasks it cancelled. */
  readonly reviewId: string | null;
  readonly taskIds: readonly string[];
}

/** What the desk is told of a move; `version` is the case's, `moves` what may follow. */
export interface MoveAnswer {
  readonly caseId: string;
  readonly version: number;
  readonly state: TriageState;
  readonly room: string | null;
  readonly disposition: string | null;
  readonly moveId: string;
  readonly reviewId: string | null;
  readonly moves: readonly TriageMove[];
}

/** Moves a patient in the queue, for somebody of the desk who saw this version of the case. */
export const moveCase = async (
  tx: Tx,
  given: { caseId: string; version: number; body: MoveBody },
): Promise<MoveAnswer | Refusal> => {
  const of = await enterVersion(tx, given);
  return isRefusal(of) ? of : makeMove(tx, of, given.body);
};

/** Makes a move of a locked case: a row of the ledger, the new state, and what the end of a case brings with it. */
export const makeMove = async (tx: Tx, of: CaseEntity, order: MoveOrder): Promise<MoveAnswer | Refusal> => {
  const from = of.state as TriageState;
  const row = await triageCase(tx, of.id);
  const to = stateAfter(order.move, from, row.decidedLevel !== null);
  if (to === null) return refuse('TRANSITION_NOT_ALLOWED', { state: from, possible: movesFrom(from) });
  const ended = isEnded(to);
  const undone = ended ? await endWork(tx, of, order.move) : { reviewId: null, taskIds: [] };
  const before: BeforeMove = { ...placeOf(row), ...undone };
  const { move, reason } = order;
  const moveId = await insertMove(tx, {
    caseId: of.id,
    move,
    fromState: from,
    toState: to,
    before: { ...before },
    reason: reason ?? null,
  });
  const change = changeOf(order, row);
  await updateTriageCase(tx, of.id, change);
  if (change.disposition === 'admitted') await requestAdmission(tx, of);
  const now = await advanceCase(tx, of, { state: to, ended });
  await recordMove(tx, now, { action: `triage.${move}`, detail: { moveId, from, to, ...shownChange(change) } });
  const { room = row.room, disposition = row.disposition } = change;
  return {
    caseId: of.id,
    version: now.version,
    state: to,
    room,
    disposition,
    moveId,
    reviewId: null,
    moves: movesFrom(to),
  };
};

/** Writes the audit row of a move, wakes the workflow and refreshes the screens. */
export const recordMove = (
  tx: Tx,
  of: CaseEntity,
  { action, detail }: { action: string; detail: Readonly<Record<string, unknown>> },
): Promise<void> =>
  record(tx, {
    audit: { action, entityType: 'case', entityId: of.id, caseIds: [of.id], detail },
    tell: changedSignal(of.id),
    changed: { topic: 'case', entityId: of.id, wardId: of.wardId },
  });

const placeOf = ({ room, disposition, dispositionAt }: TriageCaseEntity) => ({
  room,
  disposition,
  dispositionAt: dispositionAt?.toISOString() ?? null,
});

type Change = Partial<Pick<TriageCaseEntity, 'room' | 'disposition' | 'dispositionAt'>>;

/** What a move changes of the patient's place; nothing of the clock, which the state starts and stops. */
const changeOf = ({ move, room, disposition }: MoveOrder, row: TriageCaseEntity): Change => {
  if (move === 'call') return { room: room ?? row.room };
  if (move === 'return') return { room: null };
  const outcome = dispositionOf(move, disposition ?? null);
  return outcome === null ? { room: row.room } : { disposition: outcome, dispositionAt: new Date() };
};

const shownChange = ({ room, disposition }: Change) => ({
  ...(room !== undefined && { room }),
  ...(disposition !== undefined && { disposition }),
});

/** The case is over: nobody waits for a level any more, nothing is due. Drafts and signatures stay as they are. */
const endWork = async (tx: Tx, of: CaseEntity, move: TriageMove): Promise<Pick<BeforeMove, 'reviewId' | 'taskIds'>> => {
  const taskIds = await cancelTasks(tx, of.id);
  const review = await lockOpenReview(tx, of.id, acuityGate.step);
  if (!review) return { reviewId: null, taskIds };
  await withdrawReview(tx, review, `case-${move}`);
  await record(tx, {
    audit: {
      action: 'review.withdraw',
      entityType: 'review',
      entityId: review.id,
      caseIds: [of.id],
      detail: { because: move },
    },
    changed: { topic: 'review', entityId: review.id, wardId: review.wardId },
  });
  return { reviewId: review.id, taskIds };
};
