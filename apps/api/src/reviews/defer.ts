import { z } from 'zod';
import { ReviewEntity } from '#libs/db/entities/review.entity';
import { type Tx } from '#libs/db/transaction';
import { claimRefusal, eventRefusal, isRefusal, refuse, type Refusal, stateRefusal } from '#libs/review/refusal';
import { enter } from './enter';
import { explain } from './explain';
import { noteEvent } from './note-event';
import { type ReviewDeps } from './review-deps';
import { type Standing, standingOf } from './standing';

/** POST /api/reviews/:id/deferrals */
export const deferSchema = z.strictObject({
  until: z.iso.datetime({ offset: true }),
  reason: z.string().trim().min(1).max(500),
});
export type DeferBody = z.infer<typeof deferSchema>;

/** The longest a review may be put off at a time, ms. */
const longestMs = 24 * 3_600_000;

/**
 * Puts a review off until a time, with a reason: it leaves the list and its claim ends. Due time and escalations go on
 * as they were, and a fact that overtakes it brings it back at once.
 */
export const defer = async (
  deps: ReviewDeps,
  tx: Tx,
  { reviewId, body }: { reviewId: string; body: DeferBody },
): Promise<Standing | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: (gate) => gate.reviewers });
  if (isRefusal(entry)) return entry;
  const { review, gate, principal, now } = entry;
  const until = new Date(body.until);
  const refusal =
    stateRefusal(review, 'open') ??
    eventRefusal(gate.gate, 'defer') ??
    claimRefusal(review, principal.id, now) ??
    timeRefusal(until, now);
  if (refusal) return explain(tx, review, refusal);
  const change = { deferredUntil: until, claimedBy: null, leaseExpiresAt: null };
  await tx.manager.update(ReviewEntity, { id: reviewId }, change);
  await noteEvent(tx, review, { kind: 'deferred', data: { until: until.toISOString() }, note: body.reason });
  return standingOf(tx, reviewId, now);
};

const timeRefusal = (until: Date, now: Date): Refusal | null => {
  const ahead = until.getTime() - now.getTime();
  return ahead > 0 && ahead <= longestMs
    ? null
    : refuse('VALIDATION_FAILED', { paths: ['until'], rule: 'after now, within 24 hours' });
};
