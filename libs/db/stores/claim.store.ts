import { ReviewEntity } from '../entities/review.entity';
import { type Tx } from '../transaction';

/** Gives a locked review to a person for a while (ms); a claim changes no version. Answers until when. */
export const holdReview = async (
  tx: Tx,
  reviewId: string,
  { userId, leaseMs }: { userId: string; leaseMs: number },
): Promise<void> => {
  await tx.query(
    `update review set claimed_by = $2, lease_expires_at = clock_timestamp() + $3 * interval '1 ms' where id = $1`,
    [reviewId, userId, leaseMs],
  );
};

/** Ends the claim on a locked review. */
export const releaseReview = async (tx: Tx, reviewId: string): Promise<void> => {
  await tx.manager.update(ReviewEntity, { id: reviewId }, { claimedBy: null, leaseExpiresAt: null });
};

/** Locks the cases of several reviews, always in the same order, so that two bulk claims never wait for each other. */
export const lockCasesOf = async (tx: Tx, reviewIds: readonly string[]): Promise<void> => {
  await tx.query(
    `select 1 from cases where organisation_id = $2 and id in (select case_id from review where id = any($1))
     order by id for update`,
    [reviewIds, tx.principal.organisationId],
  );
};

/** Who gave the first signature that waits for a second one; null when none does. */
export const firstSignerOf = async (tx: Tx, reviewId: string): Promise<string | null> => {
  const [row] = await tx.query<{ user_id: string }>(
    'select user_id from signature where review_id = $1 and sequence = 1 and voided_at is null',
    [reviewId],
  );
  return row?.user_id ?? null;
};
