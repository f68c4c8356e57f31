import { type ReviewEntity } from '#libs/db/entities/review.entity';
import { type Tx } from '#libs/db/transaction';
import { findGate } from '#libs/processes/index';
import { type ReviewStanding, type ReviewWindow } from '#libs/review/review.activities.contract';
import { type ReviewState } from '#libs/review/review';
import { type ActivityDependencies } from '../dependencies';

/** The review of a case, step and round as its workflow adopts it; null where it was never opened. */
export const reviewWindow = async (
  deps: ActivityDependencies,
  tx: Tx,
  key: { caseId: string; step: string; round: number },
): Promise<ReviewWindow | null> => {
  const { stores, timeScale } = deps;
  const review = await stores.reviews.reviewOfRound(tx, key);
  const gate = review && findGate(review.process, review.step)?.gate;
  if (!review || !gate) return null;
  const opened = review.openedAt.getTime();
  const escalations = gate.escalation.map(({ afterMs, tell }) => ({
    at: new Date(opened + afterMs * timeScale).toISOString(),
    tell,
  }));
  const [{ mode }, standing] = await Promise.all([
    stores.rollouts.rolloutOfCase(tx, review),
    reviewStanding(deps, tx, review),
  ]);
  return { reviewId: review.id, escalations, drafting: mode !== 'off', standing };
};

/** What the ledger says of a review, as its workflow may know it; a review that is not there counts as withdrawn. */
export const reviewStanding = async (
  { stores }: ActivityDependencies,
  tx: Tx,
  review: ReviewEntity | null,
): Promise<ReviewStanding> => ({
  state: (review?.state ?? 'withdrawn') as ReviewState,
  decision: review?.state === 'decided' ? await stores.reviews.ledgerDecision(tx, review.id) : null,
  redraftRound: review?.redraftRound ?? 0,
});
