import { type Role } from '#libs/auth/roles';
import { type ReviewEntity } from '#libs/db/entities/review.entity';
import { findGate } from '#libs/processes/index';
import { type ReviewActivities, type ReviewStanding, type ReviewWindow } from '#libs/review/review.activities.contract';
import { type ReviewState } from '#libs/review/review';
import { type ActivityDependencies, asWorker } from '../dependencies';
import { type Tx } from '#libs/db/transaction';

/** The steps every process shares: open or adopt a review, load what the ledger says of it, tell the next in the chain. */
export const createReviewActivities = (deps: ActivityDependencies): ReviewActivities => ({
  openReview: ({ caseId, step, round }) => asWorker(deps, caseId, (tx) => adopt(deps, tx, { caseId, step, round })),
  loadDecision: ({ caseId, reviewId, signalled }) =>
    asWorker(deps, caseId, async (tx) => {
      await alarm(deps, tx, { caseId, signalled });
      return standingOf(deps, tx, await deps.stores.reviews.reviewOf(tx, reviewId));
    }),
  checkSignals: ({ caseId, signalled }) => asWorker(deps, caseId, (tx) => alarm(deps, tx, { caseId, signalled })),
  escalateReview: ({ caseId, reviewId, tell, at }) =>
    asWorker(deps, caseId, (tx) => escalate(deps, tx, { reviewId, tell, at })),
});

const standingOf = async (
  { stores }: ActivityDependencies,
  tx: Tx,
  review: ReviewEntity | null,
): Promise<ReviewStanding> => ({
  state: (review?.state ?? 'withdrawn') as ReviewState,
  decision: review?.state === 'decided' ? await stores.reviews.ledgerDecision(tx, review.id) : null,
  redraftRound: review?.redraftRound ?? 0,
});

const adopt = async (
  deps: ActivityDependencies,
  tx: Tx,
  { caseId, step, round }: { caseId: string; step: string; round: number },
): Promise<ReviewWindow | null> => {
  const { stores, timeScale } = deps;
  const of = await stores.cases.lockCase(tx, caseId);
  const gate = of && findGate(of.process, step)?.gate;
  if (!of || !gate) return null;
  const review =
    (await stores.reviews.reviewOfRound(tx, { caseId, step, round })) ??
    (of.endedAt === null ? await stores.reviews.openOnLatestFact(tx, of, { gate, round, timeScale }) : null);
  if (!review) return null;
  const opened = review.openedAt.getTime();
  const escalations = gate.escalation.map(({ afterMs, tell }) => ({
    at: new Date(opened + afterMs * timeScale).toISOString(),
    tell,
  }));
  const { mode } = await stores.rollouts.effectiveRollout(tx, of.process);
  return { reviewId: review.id, escalations, drafting: mode !== 'off', standing: await standingOf(deps, tx, review) };
};

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
