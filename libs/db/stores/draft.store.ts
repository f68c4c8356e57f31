import { v7 as uuidv7 } from 'uuid';
import { digestOf } from '#libs/crypto/digest';
import { type Declared } from '#libs/review/notes';
import { DraftEntity } from '../entities/draft.entity';
import { PatientEntity } from '../entities/patient.entity';
import { ReviewEntity } from '../entities/review.entity';
import { type Tx } from '../transaction';
import { lockReview } from './decision.store';
import { factContent, factsOfCase } from './fact.store';
import { answersTo, redraftNotes, type StoredNote } from './note.store';
import { patientDetails } from './patient.store';
import { record } from './record.store';
import { addReviewEvent } from './review.store';
import { draftOfVersion } from './view.store';

/** What a prompt is made of; `names` are words that would say who the patient is. */
export interface DraftMaterial {
  /** The newest of the assessments. */
  readonly factId: string;
  /** Oldest first, at least one. */
  readonly assessments: readonly [unknown, ...unknown[]];
  readonly patient: {
    readonly ageDays?: number;
    readonly ageEstimated: boolean;
    readonly sex: 'female' | 'male' | 'other' | 'unknown';
  };
  /** Every note asked for up to this round. */
  readonly notes: readonly StoredNote[];
  /** The draft on offer; null when there is none. */
  readonly draft: unknown;
  readonly names: readonly string[];
}

interface IdentifierRow {
  id: string;
  value_ct: Buffer;
}

/** Reads what a draft is made of; 'drafted' when this round has its draft, 'too-late' when nobody waits any more. */
export const draftMaterial = async (
  tx: Tx,
  reviewId: string,
  redraftRound: number,
): Promise<DraftMaterial | 'drafted' | 'too-late'> => {
  const review = await tx.manager.findOneBy(ReviewEntity, { id: reviewId });
  if (!review || review.state === 'withdrawn') return 'too-late';
  const [first, ...more] = (await factsOfCase(tx, review.caseId)).filter(({ kind }) => kind === 'assessment');
  if (!first) return 'too-late';
  if (await tx.manager.existsBy(DraftEntity, { reviewId, redraftRound })) return 'drafted';
  const patient = await tx.manager
    .createQueryBuilder(PatientEntity, 'patient')
    .where('patient.id = (select patient_id from cases where id = :caseId)', { caseId: review.caseId })
    .getOneOrFail();
  const details = patientDetails(tx, patient);
  return {
    factId: (more.at(-1) ?? first).id,
    assessments: [factContent(tx, first), ...more.map((fact) => factContent(tx, fact))],
    patient: {
      ...(details.ageDays === null ? {} : { ageDays: details.ageDays }),
      ageEstimated: details.ageEstimated,
      sex: details.sex,
    },
    notes: (await redraftNotes(tx, reviewId)).filter(({ round }) => round <= redraftRound),
    draft: (await draftOfVersion(tx, { reviewId, version: review.draftVersion }))?.content ?? null,
    names: [details.name, details.phone, ...(await identifierValues(tx, patient.id))].filter((word) => word !== null),
  };
};

const identifierValues = async (tx: Tx, patientId: string): Promise<string[]> => {
  const rows = await tx.query<IdentifierRow>('select id, value_ct from patient_identifier where patient_id = $1', [
    patientId,
  ]);
  return rows.map(({ id, value_ct }) => tx.cipher.open(['patient_identifier', 'value_ct', id], value_ct));
};

/** A draft as the model wrote it (`raw`), and as reviewers may see it under the floor in force when it is stored. */
export interface NewDraft {
  readonly reviewId: string;
  readonly redraftRound: number;
  readonly basedOnFact: string;
  readonly raw: unknown;
  readonly record: object;
  /** Whether the rollout lets reviewers see it; a blind or shadow draft is stored only. */
  readonly show: boolean;
  readonly shown: (floor: string | null) => unknown;
  /** What it says of its notes, and the fields in which it is compared with earlier versions. */
  readonly declared: Declared;
  readonly fields: readonly string[];
}

/**
 * Stores a draft beside its review: offered while somebody waits, kept unseen otherwise. It never changes the version a
 * person signs against, and a round that has its draft keeps it. A draft that comes after one of a later round is not offered over it.
 */
export const storeDraft = async (tx: Tx, draft: NewDraft): Promise<'shown' | 'stored' | 'too-late'> => {
  const review = await lockReview(tx, draft.reviewId);
  if (!review) return 'too-late';
  const last = await lastDraft(tx, review.id);
  if (await tx.manager.existsBy(DraftEntity, { reviewId: review.id, redraftRound: draft.redraftRound }))
    return 'stored';
  const waiting = review.state === 'open';
  const shown = waiting && draft.show && draft.redraftRound > last.round;
  const stored = await insertDraft(tx, draft, { floor: review.floor, version: last.version + 1, shown });
  if (shown) await offerDraft(tx, review, { ...stored, draft });
  await recordDraft(tx, review, { ...stored, shown });
  if (shown) return 'shown';
  return waiting ? 'stored' : 'too-late';
};

interface StoredDraft {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
  readonly content: unknown;
}

const lastDraft = async (tx: Tx, reviewId: string): Promise<{ version: number; round: number }> => {
  const [last] = await tx.query<{ version: number; round: number }>(
    'select coalesce(max(version), 0) "version", coalesce(max(redraft_round), -1) round from draft where review_id = $1',
    [reviewId],
  );
  return last ?? { version: 0, round: -1 };
};

const insertDraft = async (
  tx: Tx,
  { reviewId, redraftRound, basedOnFact, raw, record: how, shown: shownUnder }: NewDraft,
  { floor, version, shown }: { floor: string | null; version: number; shown: boolean },
): Promise<StoredDraft> => {
  const id = uuidv7();
  const content = shownUnder(floor);
  const sha256 = digestOf(content);
  await tx.manager.insert(DraftEntity, {
    id,
    reviewId,
    version,
    sha256,
    contentCt: tx.cipher.sealJson(['draft', 'content_ct', id], content),
    rawCt: tx.cipher.sealJson(['draft', 'raw_ct', id], raw),
    record: how,
    redraftRound,
    basedOnFact,
    shown,
  });
  return { id, version, sha256, content };
};

const offerDraft = async (
  tx: Tx,
  review: ReviewEntity,
  { version, sha256, content, draft }: StoredDraft & { draft: NewDraft },
): Promise<void> => {
  const { redraftRound, declared, fields } = draft;
  const { notes: answers, collateral } = await answersTo(tx, review, { content, redraftRound, declared, fields });
  const offered = { draftVersion: version, draftSha256: sha256, draftFailedCode: null };
  await tx.manager.update(ReviewEntity, { id: review.id }, offered);
  const data = { version, sha256, answers, collateral };
  await addReviewEvent(tx, review.id, { kind: 'draft-offered', key: `draft:${version}`, data });
};

const recordDraft = (
  tx: Tx,
  review: ReviewEntity,
  { id, version, sha256, shown }: StoredDraft & { shown: boolean },
): Promise<void> =>
  record(tx, {
    audit: {
      action: shown ? 'draft.offer' : 'draft.store',
      entityType: 'draft',
      entityId: id,
      caseIds: [review.caseId],
      after: sha256,
      detail: { reviewId: review.id, version },
    },
    changed: shown ? { topic: 'review', entityId: review.id, wardId: review.wardId } : null,
  });

/**
 * Notes that a round got no draft, with the code of the failure; the review shows manual with it. Answers whether anybody
 * still waits for a draft of this round.
 */
export const storeDraftFailure = async (
  tx: Tx,
  failure: { reviewId: string; redraftRound: number; code: string; reason: string; record: object },
): Promise<boolean> => {
  const review = await lockReview(tx, failure.reviewId);
  if (!review || review.state === 'decided' || review.state === 'withdrawn') return false;
  const { reviewId, redraftRound, code, reason, record: how } = failure;
  // One that was given up for a newer request says nothing about that.
  const awaited = redraftRound === review.redraftRound;
  // Another attempt got it meanwhile: nothing failed.
  if (await tx.manager.existsBy(DraftEntity, { reviewId, redraftRound })) return false;
  const event = {
    kind: 'draft-failed',
    key: `draft-failed:${redraftRound}`,
    data: { code, reason, record: how },
  } as const;
  if (!(await addReviewEvent(tx, reviewId, event))) return awaited;
  if (awaited) await tx.manager.update(ReviewEntity, { id: reviewId }, { draftFailedCode: code });
  await record(tx, {
    audit: { action: 'draft.fail', entityType: 'review', entityId: reviewId, caseIds: [review.caseId], code },
    changed: { topic: 'review', entityId: reviewId, wardId: review.wardId },
  });
  return awaited;
};
