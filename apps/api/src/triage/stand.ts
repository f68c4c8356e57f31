import { type CaseEntity } from '#libs/db/entities/case.entity';
import { type ReviewEntity } from '#libs/db/entities/review.entity';
import { type TriageCaseEntity } from '#libs/db/entities/triage-case.entity';
import { raiseNotice } from '#libs/db/stores/notice.store';
import { lastRound, lockOpenReview, openReview, overtakeReview } from '#libs/db/stores/review.store';
import { everMeasured, limitsOf, standingLevel, updateTriageCase, warningColumns } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { mostUrgent } from '#libs/packs/acuity';
import { acuityGate } from '#libs/processes/triage/triage.gate';
import { isBelowFloor, isLessUrgent, type Level } from '#libs/processes/triage/triage.level';
import { type TriageEvaluation } from '#libs/processes/triage/triage.rules';

/** What the rules found of a locked case, and what it rests on. */
export interface Found {
  readonly of: CaseEntity;
  readonly row: TriageCaseEntity;
  /** The fact that brought it. */
  readonly factId: string;
  readonly evaluation: TriageEvaluation;
  /** Whether a person entered the fact: that alone overtakes a draft. */
  readonly byPerson: boolean;
  /** Whether a person looked at the patient: that alone starts the re-assessment interval anew. */
  readonly looked: boolean;
  /** Whether a new level is called for even where no floor rises. */
  readonly asks: boolean;
  /** The vital signs that this fact measured. */
  readonly measured: readonly string[];
  readonly timeScale: number;
}

/** Where the patient stands now, and the review that waits for a person; null: none does. */
export interface Placed {
  readonly level: Level | null;
  readonly reviewId: string | null;
}

/** What came of placing a patient; `news`: the workflow of the case has something to read that it has not. */
export type Placing = Placed & { readonly news: boolean };

/** Puts a patient where the rules say: never down; opens the round of the review that is called for. */
export const place = async (tx: Tx, found: Found): Promise<Placing> => {
  const review = await lockOpenReview(tx, found.of.id, acuityGate.step);
  return review ? joinReview(tx, found, review) : startRound(tx, found);
};

/** While a review is open a higher floor applies at once; what a person entered overtakes the draft. */
const joinReview = async (tx: Tx, found: Found, review: ReviewEntity): Promise<Placing> => {
  const { factId, evaluation, byPerson } = found;
  const known = review.floor as Level | null;
  const raised = evaluation.floor !== null && (known === null || isBelowFloor(known, evaluation.floor));
  const floor = raised ? evaluation.floor : known;
  const cause = raised ? 'floor-changed' : 'entered-by-person';
  const news = raised || byPerson;
  if (news) await overtakeReview(tx, review, { factId, cause, floor });
  return { level: await standAt(tx, found, floor), reviewId: review.id, news };
};

/** Opens the next round where the first assessment, a rise above the signed level or a person asks for it. */
const startRound = async (tx: Tx, found: Found): Promise<Placing> => {
  const { of, row, factId, evaluation, looked, asks, timeScale } = found;
  const rounds = await lastRound(tx, of.id, acuityGate.step);
  const signed = row.decidedLevel as Level | null;
  const rises = signed !== null && isBelowFloor(signed, evaluation.floor);
  if (rounds > 0 && !rises && !asks) {
    await updateTriageCase(tx, of.id, {
      ...warningColumns(evaluation, row),
      ...(looked && { lastAssessedAt: new Date() }),
    });
    return { level: row.level as Level | null, reviewId: null, news: looked };
  }
  const floor = await floorOfRound(tx, found);
  const level = await standAt(tx, found, floor);
  const reviewId = await openReview(tx, of, { gate: acuityGate, round: rounds + 1, factId, floor, timeScale });
  return { level, reviewId, news: true };
};

/** The floor of the round before holds until everything that was ever measured has been measured again. */
const floorOfRound = async (tx: Tx, { of, row, evaluation, measured }: Found): Promise<Level | null> => {
  const before = row.floor as Level | null;
  if (before === null) return evaluation.floor;
  const ever = await everMeasured(tx, of.id);
  if (ever.every((vital) => measured.includes(vital))) return evaluation.floor;
  return evaluation.floor === null ? before : mostUrgent([evaluation.floor, before]);
};

/** Puts the patient at the floor, provisionally; a rise is told at once, and nothing here ever lowers a level. */
const standAt = async (tx: Tx, found: Found, floor: Level | null): Promise<Level | null> => {
  const { of, row, evaluation, looked } = found;
  const before = row.level as Level | null;
  const level = standingLevel(row, floor);
  const now = new Date();
  await updateTriageCase(tx, of.id, {
    ...warningColumns(evaluation, row),
    floor,
    level,
    provisional: row.decidedLevel === null || level !== row.decidedLevel,
    lastAssessedAt: looked ? now : (row.lastAssessedAt ?? now),
    clockStartedAt: row.clockStartedAt ?? now,
    ...(row.clockStartedAt === null || level !== before ? limitsOf(level) : {}),
  });
  if (level !== null && before !== null && isLessUrgent(before, level)) await tellRise(tx, found, { before, level });
  return level;
};

const tellRise = async (
  tx: Tx,
  { of, factId }: Found,
  { before, level }: { before: Level; level: Level },
): Promise<void> => {
  for (const audience of ['triage_nurse', 'charge_nurse'] as const)
    await raiseNotice(tx, {
      kind: 'floor-raised',
      audience,
      uniqueKey: `floor-raised:${factId}:${audience}`,
      wardId: of.wardId,
      caseId: of.id,
      data: { from: before, to: level },
    });
};
