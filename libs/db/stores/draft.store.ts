import { v7 as uuidv7 } from 'uuid';
import { digestOf } from '#libs/crypto/digest';
import { DraftEntity } from '../entities/draft.entity';
import { PatientEntity } from '../entities/patient.entity';
import { ReviewEntity } from '../entities/review.entity';
import { type Tx } from '../transaction';
import { lockReview } from './decision.store';
import { factContent, latestAssessment } from './fact.store';
import { patientDetails } from './patient.store';
import { record } from './record.store';
import { addReviewEvent } from './review.store';

/** What a prompt is made of; `names` are words that would say who the patient is. */
export interface DraftMaterial {
  readonly factId: string;
  readonly assessment: unknown;
  readonly patient: {
    readonly ageDays?: number;
    readonly ageEstimated: boolean;
    readonly sex: 'female' | 'male' | 'other' | 'unknown';
  };
  readonly notes: readonly { readonly id: number; readonly text: string }[];
  readonly names: readonly string[];
}

interface NoteRow {
  id: string;
  note_ct: Buffer;
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
  const fact = await latestAssessment(tx, review.caseId);
  if (!fact) return 'too-late';
  if (await tx.manager.existsBy(DraftEntity, { reviewId, redraftRound })) return 'drafted';
  const patient = await tx.manager
    .createQueryBuilder(PatientEntity, 'patient')
    .where('patient.id = (select patient_id from cases where id = :caseId)', { caseId: review.caseId })
    .getOneOrFail();
  const details = patientDetails(tx, patient);
  return {
    factId: fact.id,
    assessment: factContent(tx, fact),
    patient: {
      ...(details.ageDays === null ? {} : { ageDays: details.ageDays }),
      ageEstimated: details.ageEstimated,
      sex: details.sex,
    },
    notes: await redraftNotes(tx, reviewId),
    names: [details.name, details.phone, ...(await identifierValues(tx, patient.id))].filter((word) => word !== null),
  };
};

/** The numbered notes of every redraft asked for, oldest first; each event's note is a JSON list of them. */
export const redraftNotes = async (tx: Tx, reviewId: string): Promise<{ id: number; text: string }[]> => {
  const rows = await tx.query<NoteRow>(
    `select id, note_ct from review_event where review_id = $1 and kind = 'redraft-asked' and note_ct is not null order by seq`,
    [reviewId],
  );
  return rows.flatMap(
    ({ id, note_ct }) =>
      JSON.parse(tx.cipher.open(['review_event', 'note_ct', id], note_ct)) as { id: number; text: string }[],
  );
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
  if (shown) await offerDraft(tx, review, stored);
  await recordDraft(tx, review, { ...stored, shown });
  if (shown) return 'shown';
  return waiting ? 'stored' : 'too-late';
};

interface StoredDraft {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
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
  return { id, version, sha256 };
};

const offerDraft = async (tx: Tx, { id: reviewId }: ReviewEntity, { version, sha256 }: StoredDraft): Promise<void> => {
  const offered = { draftVersion: version, draftSha256: sha256, draftFailedCode: null };
  await tx.manager.update(ReviewEntity, { id: reviewId }, offered);
  await addReviewEvent(tx, reviewId, { kind: 'draft-offered', key: `draft:${version}`, data: { version, sha256 } });
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

/** Notes that a round got no draft, with the code of the failure; the review shows manual with it. */
export const storeDraftFailure = async (
  tx: Tx,
  failure: { reviewId: string; redraftRound: number; code: string; reason: string; record: object },
): Promise<void> => {
  const review = await lockReview(tx, failure.reviewId);
  if (!review || review.state === 'decided' || review.state === 'withdrawn') return;
  const { reviewId, redraftRound, code, reason, record: how } = failure;
  const key = `draft-failed:${redraftRound}`;
  if (!(await addReviewEvent(tx, reviewId, { kind: 'draft-failed', key, data: { code, reason, record: how } }))) return;
  await tx.manager.update(ReviewEntity, { id: reviewId }, { draftFailedCode: code });
  await record(tx, {
    audit: { action: 'draft.fail', entityType: 'review', entityId: reviewId, caseIds: [review.caseId], code },
    changed: { topic: 'review', entityId: reviewId, wardId: review.wardId },
  });
};
