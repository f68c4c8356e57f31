import { z } from 'zod';
import { ReviewEntity } from '#libs/db/entities/review.entity';
import { namesOf } from '#libs/db/stores/reviewer.store';
import { type Tx } from '#libs/db/transaction';
import { type ReviewState, reviewStates } from '#libs/review/review';

/** Who holds a review, and until when. */
export const claimViewSchema = z.strictObject({ userId: z.uuid(), name: z.string(), until: z.iso.datetime() });
export type ClaimView = z.infer<typeof claimViewSchema>;

/** Where a review stands after something was done to it. */
export const standingSchema = z.strictObject({
  reviewId: z.uuid(),
  state: z.enum(reviewStates),
  version: z.int(),
  claim: claimViewSchema.nullable(),
  deferredUntil: z.iso.datetime().nullable(),
  redraftRound: z.int(),
});
export type Standing = z.infer<typeof standingSchema>;

/** The claim on a review as others see it: an expired lease is none. */
export const claimViewOf = (
  { claimedBy, leaseExpiresAt }: Pick<ReviewEntity, 'claimedBy' | 'leaseExpiresAt'>,
  names: ReadonlyMap<string, string>,
  now: Date,
): ClaimView | null =>
  claimedBy !== null && leaseExpiresAt !== null && leaseExpiresAt > now
    ? { userId: claimedBy, name: names.get(claimedBy) ?? '', until: leaseExpiresAt.toISOString() }
    : null;

/** Reads where a review stands now; `now` is the database's time. */
export const standingOf = async (tx: Tx, reviewId: string, now: Date): Promise<Standing> => {
  const review = await tx.manager.findOneByOrFail(ReviewEntity, { id: reviewId });
  return {
    reviewId,
    state: review.state as ReviewState,
    version: review.version,
    claim: claimViewOf(review, await namesOf(tx, [review.claimedBy]), now),
    deferredUntil: review.deferredUntil?.toISOString() ?? null,
    redraftRound: review.redraftRound,
  };
};
