import { type CaseEntity } from '#libs/db/entities/case.entity';
import { type CaseMoveEntity } from '#libs/db/entities/case-move.entity';
import { type TriageCaseEntity } from '#libs/db/entities/triage-case.entity';
import { cancelAdmission } from '#libs/db/stores/admission.store';
import { advanceCase, correctionOf, insertMove, standingMove } from '#libs/db/stores/case.store';
import { latestAssessment } from '#libs/db/stores/fact.store';
import { record } from '#libs/db/stores/record.store';
import { lastRound, openReview } from '#libs/db/stores/review.store';
import { restoreTasks } from '#libs/db/stores/task.store';
import { triageCase, updateTriageCase } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { acuityGate, undoMs } from '#libs/processes/triage/triage.gate';
import { isEnded, movesFrom, stateAfterUndo, type TriageState } from '#libs/processes/triage/triage.moves';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { enterVersion } from './desk';
import { type BeforeMove, type MoveAnswer, recordMove } from './move';

/** An undo that somebody of the desk asks for; contract durations are multiplied by the time scale. */
export interface UndoOrder {
  readonly caseId: string;
  readonly version: number;
  readonly reason: string | null;
  readonly timeScale: number;
}

/**
 * How long a move can be undone, ms: two seconds short of the time after which the workflow of an ended case ends, so that
 * nothing is reopened that nobody watches.
 */
export const undoableMs = (timeScale: number): number => (undoMs - 2000) * timeScale;

/** Undoes the last standing move of a case; what was decided or found meanwhile stays. Later, a new case corrects it. */
export const undoMove = async (tx: Tx, order: UndoOrder): Promise<MoveAnswer | Refusal> => {
  const of = await enterVersion(tx, order);
  if (isRefusal(of)) return of;
  const last = await standingMove(tx, of.id);
  if (!last) return refuse('UNDO_EXPIRED', { reason: 'no move stands' });
  if (last.ageMs > undoableMs(order.timeScale))
    return refuse('UNDO_EXPIRED', { moveId: last.move.id, movedAt: last.move.at.toISOString() });
  const kept = await releaseEnd(tx, of);
  return kept ?? restore(tx, of, { move: last.move, order });
};

/** An end that others have built upon stays; an admission that nobody has taken up is withdrawn with it. */
const releaseEnd = async (tx: Tx, of: CaseEntity): Promise<Refusal | null> => {
  if (!isEnded(of.state as TriageState)) return null;
  const correction = await correctionOf(tx, of.id);
  if (correction) return refuse('TRANSITION_NOT_ALLOWED', { state: of.state, correctedBy: correction });
  const released = await cancelAdmission(tx, of.id);
  return released
    ? null
    : refuse('TRANSITION_NOT_ALLOWED', { state: of.state, reason: 'the bed desk has the admission' });
};

const restore = async (
  tx: Tx,
  of: CaseEntity,
  { move, order }: { move: CaseMoveEntity; order: UndoOrder },
): Promise<MoveAnswer> => {
  const row = await triageCase(tx, of.id);
  const before = move.before as BeforeMove;
  const from = of.state as TriageState;
  const state = stateAfterUndo(move.fromState as TriageState, row.decidedLevel !== null);
  const moveId = await insertMove(tx, {
    caseId: of.id,
    move: 'undo',
    fromState: from,
    toState: state,
    before: {},
    reason: order.reason,
    undoes: move.id,
  });
  const { room, disposition, dispositionAt } = before;
  await updateTriageCase(tx, of.id, {
    room,
    disposition,
    dispositionAt: dispositionAt === null ? null : new Date(dispositionAt),
  });
  await restoreTasks(tx, before.taskIds);
  const now = await advanceCase(tx, of, { state, ended: false });
  const reviewId = isEnded(from) ? await reopenReview(tx, now, { row, before, order }) : null;
  await recordMove(tx, now, { action: 'triage.undo', detail: { moveId, undoes: move.id, from, to: state, reviewId } });
  const { id: caseId, version } = now;
  return { caseId, version, state, room, disposition, moveId, reviewId, moves: movesFrom(state) };
};

/** A withdrawn review cannot come back: where one was open, or no level was ever signed, the next round is opened. */
const reopenReview = async (
  tx: Tx,
  of: CaseEntity,
  { row, before, order }: { row: TriageCaseEntity; before: BeforeMove; order: UndoOrder },
): Promise<string | null> => {
  if (before.reviewId === null && row.decidedLevel !== null) return null;
  const fact = await latestAssessment(tx, of.id);
  if (!fact) return null;
  const round = (await lastRound(tx, of.id, acuityGate.step)) + 1;
  const review = { gate: acuityGate, round, factId: fact.id, floor: row.floor, timeScale: order.timeScale };
  const reviewId = await openReview(tx, of, review);
  await record(tx, {
    audit: { action: 'review.open', entityType: 'review', entityId: reviewId, caseIds: [of.id], detail: { round } },
    changed: { topic: 'review', entityId: reviewId, wardId: of.wardId },
  });
  return reviewId;
};
