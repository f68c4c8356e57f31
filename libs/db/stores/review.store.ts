import { v7 as uuidv7 } from 'uuid';
import { In } from 'typeorm';
import { type Gate } from '#libs/review/gate';
import { type LedgerDecision, type ReviewState } from '#libs/review/review';
import { type CaseEntity } from '../entities/case.entity';
import { DecisionEntity } from '../entities/decision.entity';
import { type ReviewEventEntity } from '../entities/review-event.entity';
import { ReviewEntity } from '../entities/review.entity';
import { type Tx } from '../transaction';
import { advanceReview, lockReview, voidFirstSignature } from './decision.store';

export { lockReview };

/** A review to be opened: key is case + step + round. */
export interface NewReview {
  readonly gate: Gate;
  readonly round: number;
  readonly factId: string;
  readonly floor: string | null;
  /** Contract durations are multiplied by this (1 outside demonstrations and tests). */
  readonly timeScale: number;
}

/** Opens a review in the transaction that stores its input; opening it again changes nothing. Answers its id. */
export const openReview = async (tx: Tx, of: CaseEntity, review: NewReview): Promise<string> => {
  const { gate, round, timeScale } = review;
  const [opened] = await tx.query<{ id: string }>(
    `insert into review (id, case_id, organisation_id, ward_id, process, step, round, fact_id, floor, requested_by, manual_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + $11 * interval '1 ms', now() + $12 * interval '1 ms')
     on conflict (case_id, step, round) do nothing returning id`,
    [
      uuidv7(),
      of.id,
      of.organisationId,
      of.wardId,
      gate.process,
      gate.step,
      round,
      review.factId,
      review.floor,
      tx.principal.kind === 'user' ? tx.principal.id : null,
      gate.draftPatienceMs * timeScale,
      gate.dueMs * timeScale,
    ],
  );
  if (opened) return opened.id;
  const { id } = await tx.manager.findOneOrFail(ReviewEntity, {
    select: { id: true },
    where: { caseId: of.id, step: gate.step, round },
  });
  return id;
};

/** The review of a gate that waits for a person, locked; null when none does. */
export const lockOpenReview = (tx: Tx, caseId: string, step: string): Promise<ReviewEntity | null> =>
  tx.manager.findOne(ReviewEntity, {
    where: { caseId, step, state: In(['open', 'awaiting-second'] satisfies ReviewState[]) },
    lock: { mode: 'pessimistic_write' },
  });

/** A review as it stands; null when there is none. */
export const reviewOf = (tx: Tx, reviewId: string): Promise<ReviewEntity | null> =>
  tx.manager.findOneBy(ReviewEntity, { id: reviewId, organisationId: tx.principal.organisationId });

/** The review of a case, step and round; null before it is opened. */
export const reviewOfRound = (
  tx: Tx,
  key: { caseId: string; step: string; round: number },
): Promise<ReviewEntity | null> => tx.manager.findOneBy(ReviewEntity, key);

/** Which of the signalled ids are no decision of this case. */
export const unbackedDecisions = async (tx: Tx, caseId: string, ids: readonly string[]): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `select s.id from unnest($2::text[]) s(id) where not exists (
       select 1 from decision d join review r on r.id = d.review_id where r.case_id = $1 and d.id::text = s.id)`,
    [caseId, ids],
  );
  return rows.map(({ id }) => id);
};

/** How many rounds a gate of a case has had. */
export const lastRound = (tx: Tx, caseId: string, step: string): Promise<number> =>
  tx.manager.maximum(ReviewEntity, 'round', { caseId, step }).then((round) => round ?? 0);

/** An event of an open review; with a key it is stored once. */
export interface NewReviewEvent {
  readonly kind: ReviewEventEntity['kind'];
  readonly key?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly note?: string | null;
}

/** Adds an event; false when its key was there already. */
export const addReviewEvent = async (tx: Tx, reviewId: string, event: NewReviewEvent): Promise<boolean> => {
  const id = uuidv7();
  const { principal } = tx;
  const rows = await tx.query<{ id: string }>(
    `insert into review_event (id, review_id, kind, by_kind, by_id, unique_key, data, note_ct)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (review_id, unique_key) do nothing returning id`,
    [
      id,
      reviewId,
      event.kind,
      principal.kind,
      principal.kind === 'user' ? principal.id : null,
      event.key ?? null,
      JSON.stringify(event.data ?? {}),
      event.note ? tx.cipher.seal(['review_event', 'note_ct', id], event.note) : null,
    ],
  );
  return rows.length > 0;
};

/**
 * Notes that a fact overtakes what a locked open review shows: it comes back from deferral, and a waiting first signature
 * is void.
 */
export const overtakeReview = async (
  tx: Tx,
  review: ReviewEntity,
  by: { factId: string; cause: 'floor-changed' | 'entered-by-person'; floor: string | null },
): Promise<void> => {
  await tx.query(
    `insert into review_stale_fact (review_id, fact_id, draft_version, cause) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [review.id, by.factId, review.draftVersion, by.cause],
  );
  await addReviewEvent(tx, review.id, {
    kind: by.cause === 'floor-changed' ? 'floor-raised' : 'draft-stale',
    key: `stale:${by.factId}`,
    data: { factId: by.factId, floor: by.floor },
  });
  await tx.manager.update(ReviewEntity, { id: review.id }, { floor: by.floor, deferredUntil: null });
  if (review.state === 'awaiting-second' && (await voidFirstSignature(tx, review.id, 'stale'))) {
    await addReviewEvent(tx, review.id, { kind: 'first-signature-stale', data: { factId: by.factId } });
    await advanceReview(tx, review, 'open');
  }
};

/** Withdraws a locked open review because its case is over; drafts and signatures stay as they are. */
export const withdrawReview = async (tx: Tx, review: ReviewEntity, reason: string): Promise<void> => {
  await tx.manager.update(
    ReviewEntity,
    { id: review.id },
    {
      state: 'withdrawn',
      version: review.version + 1,
      withdrawnAt: () => 'clock_timestamp()',
      withdrawnReason: reason,
      claimedBy: null,
      leaseExpiresAt: null,
    },
  );
};

/** The decision of a review as a workflow may know it: ids and digests; null while there is none. */
export const ledgerDecision = async (tx: Tx, reviewId: string): Promise<LedgerDecision | null> => {
  const decision = await tx.manager.findOneBy(DecisionEntity, { reviewId });
  if (!decision) return null;
  const { id, reviewVersion, draftVersion, draftSha256, contentSha256 } = decision;
  const action = decision.action as LedgerDecision['action'];
  return { decisionId: id, reviewId, reviewVersion, action, draftVersion, draftSha256, contentSha256 };
};
