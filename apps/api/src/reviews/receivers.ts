import { z } from 'zod';
import { firstSignerOf } from '#libs/db/stores/claim.store';
import { peopleWith } from '#libs/db/stores/reviewer.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { enter, participants, signersOf } from './enter';
import { type ReviewDeps } from './review-deps';

/** GET /api/reviews/:id/receivers: to whom a review can be handed. */
export const receiversSchema = z.strictObject({
  items: z.array(z.strictObject({ userId: z.uuid(), name: z.string() })),
});
export type Receivers = z.infer<typeof receiversSchema>;

/** Everybody who may sign the review next, without its holder; for whoever has a part in it or assigns at its gate. */
export const receiversOf = async (deps: ReviewDeps, tx: Tx, reviewId: string): Promise<Receivers | Refusal> => {
  const entry = await enter(deps, tx, {
    reviewId,
    roles: (gate) => [...participants(gate), ...gate.assigners],
    how: 'look',
  });
  if (isRefusal(entry)) return entry;
  const { review, gate } = entry;
  const first = review.state === 'awaiting-second' ? await firstSignerOf(tx, reviewId) : null;
  const people = await peopleWith(tx, { roles: signersOf(gate.gate, review.state), wardId: review.wardId });
  const items = people.filter(({ userId }) => userId !== first && userId !== review.claimedBy);
  return { items: items.map(({ userId, name }) => ({ userId, name })) };
};
