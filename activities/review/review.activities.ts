import { type Role } from '#libs/auth/roles';
import { type Tx } from '#libs/db/transaction';
import { type ReviewActivities } from '#libs/review/review.activities.contract';
import { type ActivityDependencies, asWorker } from '../dependencies';
import { reviewStanding } from './review-window';

/** The steps every process shares: load what the ledger says of a review, tell the next in the chain. */
export const createReviewActivities = (deps: ActivityDependencies): ReviewActivities => ({
  loadDecision: ({ caseId, reviewId, signalled }) =>
    asWorker(deps, caseId, async (tx) => {
      const standing = await reviewStanding(deps, tx, await deps.stores.reviews.reviewOf(tx, reviewId));
      const others = signalled.filter((id) => id !== standing.decision?.decisionId);
      await alarm(deps, tx, { caseId, signalled: others });
      return standing;
    }),
  checkSignals: ({ caseId, signalled }) => asWorker(deps, caseId, (tx) => alarm(deps, tx, { caseId, signalled })),
  escalateReview: ({ caseId, reviewId, tell, at }) =>
    asWorker(deps, caseId, (tx) => escalate(deps, tx, { reviewId, tell, at })),
});

/** A signal that names no decision of this case is somebody else's: nothing is obeyed, the security officer is told. */
const alarm = async (
  { stores }: ActivityDependencies,
  tx: Tx,
  { caseId, signalled }: { caseId: string; signalled: readonly string[] },
): Promise<void> => {
  if (signalled.length === 0) return;
  const unbacked = await stores.reviews.unbackedDecisions(tx, caseId, signalled);
  for (const id of unbacked) {
    const told = await stores.notices.raiseNotice(tx, {
      kind: 'unbacked-signal',
      audience: 'security_admin',
      uniqueKey: `unbacked-signal:${caseId}:${id}`,
      caseId,
    });
    if (told)
      await stores.records.record(tx, {
        audit: {
          action: 'signal.unbacked',
          entityType: 'case',
          entityId: caseId,
          caseIds: [caseId],
          outcome: 'alarm',
          code: 'UNBACKED_SIGNAL',
        },
      });
  }
};

/** The review is locked first: a decision that committed before means nobody is told any more. */
const escalate = async (
  { stores }: ActivityDependencies,
  tx: Tx,
  { reviewId, tell, at }: { reviewId: string; tell: Role; at: string },
): Promise<void> => {
  const review = await stores.reviews.lockReview(tx, reviewId);
  if (!review || (review.state !== 'open' && review.state !== 'awaiting-second')) return;
  const key = `escalated:${tell}:${at}`;
  if (!(await stores.reviews.addReviewEvent(tx, reviewId, { kind: 'escalated', key, data: { tell } }))) return;
  await stores.notices.raiseNotice(tx, {
    kind: 'review-waiting',
    audience: tell,
    uniqueKey: `${key}:${reviewId}`,
    wardId: review.wardId,
    caseId: review.caseId,
    reviewId,
  });
  await stores.records.record(tx, {
    audit: {
      action: 'review.escalate',
      entityType: 'review',
      entityId: reviewId,
      caseIds: [review.caseId],
      detail: { tell },
    },
    changed: { topic: 'review', entityId: reviewId, wardId: review.wardId },
  });
};
