import { type CaseEntity } from '#libs/db/entities/case.entity';
import { type CaseMoveEntity } from '#libs/db/entities/case-move.entity';
import { PatientEntity } from '#libs/db/entities/patient.entity';
import { type TriageCaseEntity } from '#libs/db/entities/triage-case.entity';
import { VisitEntity } from '#libs/db/entities/visit.entity';
import { admissionOf } from '#libs/db/stores/admission.store';
import { correctionOf, findCase, movesOfCase, standingMove } from '#libs/db/stores/case.store';
import { factContent, factsOfCase } from '#libs/db/stores/fact.store';
import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { identifiersOf, patientDetails, survivorOf, visitNumber } from '#libs/db/stores/patient.store';
import { preNoticeOfCase } from '#libs/db/stores/pre-notice.store';
import { reviewsOfCase } from '#libs/db/stores/triage-record.store';
import { latestVitals, triageCase } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { movesFrom, type TriageState } from '#libs/processes/triage/triage.moves';
import { refuse, type Refusal } from '#libs/review/refusal';
import { ageText } from '#libs/triage-desk/patient-facts';
import { timingOf } from '#libs/triage-desk/timing';
import { recordShown } from '../http/shown';
import { historyOf } from './case-history';
import { type CaseView } from './case-view.schema';
import { deskRefusal } from './desk';
import { infectionOf } from './infection';
import { rulesOf } from './triage.view';
import { undoableMs } from './undo-move';

/** The whole record of a case, for somebody of its desk; audited before it is sent. Never shows a draft. */
export const showCase = async (
  tx: Tx,
  { caseId, timeScale }: { caseId: string; timeScale: number },
): Promise<CaseView | Refusal> => {
  const of = await findCase(tx, caseId);
  if (of?.process !== 'triage') return refuse('NOT_FOUND');
  const foreign = deskRefusal(tx, of.wardId);
  if (foreign) return foreign;
  await recordShown(tx, { entityType: 'triage-case', entityId: of.id, caseIds: [of.id] });
  const row = await triageCase(tx, of.id);
  const moves = (await movesOfCase(tx, of.id)).toReversed();
  const patient = await tx.manager.findOneByOrFail(PatientEntity, { id: of.patientId });
  return {
    ...(await placeView(tx, of, { row, moves, timeScale })),
    patient: await patientView(tx, patient),
    visit: await visitView(tx, of),
    ...(await historyOf(tx, of, moves)),
    reviews: await reviewViews(tx, of.id),
    ...(await rulesView(tx, of, patient)),
    undo: await undoView(tx, of, timeScale),
    links: {
      corrects: of.corrects,
      correctionReason: of.correctionReason,
      correctedBy: await correctionOf(tx, of.id),
      preNotice: (await preNoticeOfCase(tx, of.id))?.id ?? null,
    },
  };
};

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const placeView = async (
  tx: Tx,
  of: CaseEntity,
  { row, moves, timeScale }: { row: TriageCaseEntity; moves: readonly CaseMoveEntity[]; timeScale: number },
) => {
  const { ticketNo, ticketDay, room, straightToResus, floor, level, decidedLevel, provisional, disposition } = row;
  const plain = { ticketNo, ticketDay, room, straightToResus, floor, level, decidedLevel, provisional, disposition };
  const { arrivedAt, clockStartedAt, limitSeconds, retriageSeconds, lastAssessedAt } = row;
  const clock = { arrivedAt, clockStartedAt, limitSeconds, retriageSeconds, lastAssessedAt };
  const state = of.state as TriageState;
  const measuredAt = (await latestVitals(tx, of.id))?.effectiveAt ?? null;
  const admission = await admissionOf(tx, of.id);
  const seen = moves.findLast(({ move, id }) => move === 'see' && !moves.some(({ undoes }) => undoes === id));
  const seenAt = seen?.at ?? of.endedAt;
  return {
    caseId: of.id,
    version: of.version,
    wardId: of.wardId,
    state,
    moves: movesFrom(state),
    openedAt: of.openedAt.toISOString(),
    endedAt: iso(of.endedAt),
    ...plain,
    dispositionAt: iso(row.dispositionAt),
    admission: admission?.state ?? null,
    arrivedAt: arrivedAt.toISOString(),
    clockStartedAt: iso(clockStartedAt),
    seenAt: iso(seen?.at ?? null),
    ...timingOf({ ...clock, state, measuredAt, seenAt }, { now: new Date(), timeScale }),
    earlyWarning: { points: row.earlyWarning, incomplete: row.earlyWarningIncomplete, redScore: row.redScore },
    specialGroup: row.specialGroup,
  };
};

const patientView = async (tx: Tx, patient: PatientEntity): Promise<CaseView['patient']> => {
  const survivor = await survivorOf(tx, patient.id);
  const details = patientDetails(tx, survivor);
  return {
    id: survivor.id,
    version: survivor.version,
    ...details,
    age: ageText(details.ageDays, details.ageEstimated),
    identifiers: await identifiersOf(tx, survivor.id),
    linkedFrom: survivor.id === patient.id ? null : patient.id,
  };
};

const visitView = async (tx: Tx, { visitId }: CaseEntity): Promise<CaseView['visit']> => {
  const visit = await tx.manager.findOneByOrFail(VisitEntity, { id: visitId });
  return { id: visit.id, number: visitNumber(tx, visit), arrivedAt: visit.arrivedAt.toISOString() };
};

const reviewViews = async (tx: Tx, caseId: string): Promise<CaseView['reviews']> =>
  (await reviewsOfCase(tx, caseId)).map(({ openedAt, dueAt, withdrawnAt, decision, ...plain }) => ({
    ...plain,
    openedAt: openedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    withdrawnAt: iso(withdrawnAt),
    decision: decision && { ...decision, decidedAt: decision.decidedAt.toISOString() },
  }));

/** What the rules say of the latest assessment and what they ask of the patient as last described, and what the screening says of all that was found. */
const rulesView = async (
  tx: Tx,
  of: CaseEntity,
  patient: PatientEntity,
): Promise<Pick<CaseView, 'evaluation' | 'questions' | 'infection'>> => {
  const facts = (await factsOfCase(tx, of.id)).map((fact) => ({ fact, content: factContent(tx, fact) }));
  return { ...(await rulesOf(tx, patient, facts)), infection: infectionOf(facts, await packsInForce(tx)) };
};

/** The move that can be taken back now, and until when; null when there is none. */
const undoView = async (tx: Tx, of: CaseEntity, timeScale: number): Promise<CaseView['undo']> => {
  const last = await standingMove(tx, of.id);
  if (!last || last.ageMs > undoableMs(timeScale)) return null;
  const until = new Date(last.move.at.getTime() + undoableMs(timeScale)).toISOString();
  return { moveId: last.move.id, move: last.move.move, until };
};
