import { holdsRole, reachableWards, type UserPrincipal } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { type ReviewEntity } from '#libs/db/entities/review.entity';
import { lockReview, reviewOf } from '#libs/db/stores/review.store';
import { reviewerNow } from '#libs/db/stores/reviewer.store';
import { type Tx } from '#libs/db/transaction';
import { type GateContract } from '#libs/processes/process.contract';
import { type Gate } from '#libs/review/gate';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { type ReviewState } from '#libs/review/review';
import { gateOf, type ReviewDeps } from './review-deps';

/** A review as the guards read it: the state is one of the known ones. */
export type KnownReview = ReviewEntity & { readonly state: ReviewState };

/** A person at a review, locked for this transaction where it is to be changed. */
export interface Entry {
  readonly review: KnownReview;
  readonly gate: GateContract;
  /** The person with the roles of now, not of sign-in. */
  readonly principal: UserPrincipal;
  readonly now: Date;
}

/** Whoever has a part in deciding at a gate. */
export const participants = (gate: Gate): Role[] => [...gate.reviewers, ...(gate.secondSigners ?? [])];

/** Whoever may sign next: the reviewers, or the second signers while a first signature waits. */
export const signersOf = (gate: Gate, state: ReviewState): readonly Role[] =>
  state === 'awaiting-second' ? (gate.secondSigners ?? []) : gate.reviewers;

/** How a review is come to: locked (its case first) to change it, or only looked at. */
export type Approach = 'lock' | 'look';

/** Comes to a review for a person who reaches its ward; a foreign review does not exist for them. */
export const approach = async (
  deps: ReviewDeps,
  tx: Tx,
  { reviewId, how }: { reviewId: string; how: Approach },
): Promise<Omit<Entry, 'now'> | Refusal> => {
  const { principal } = tx;
  if (principal.kind !== 'user') return refuse('FORBIDDEN', { reason: 'a machine never decides' });
  const review = await (how === 'lock' ? lockReview : reviewOf)(tx, reviewId);
  const gate = review && gateOf(deps, review);
  if (!review || !gate) return refuse('NOT_FOUND');
  const wards = reachableWards(principal);
  if (wards !== null && !wards.includes(review.wardId)) return refuse('NOT_FOUND');
  return { review: review as KnownReview, gate, principal };
};

/** Comes to a review for a person who holds, at this moment, one of the roles on its ward. */
export const enter = async (
  deps: ReviewDeps,
  tx: Tx,
  {
    reviewId,
    roles,
    how = 'lock',
  }: { reviewId: string; roles: (gate: Gate, state: ReviewState) => readonly Role[]; how?: Approach },
): Promise<Entry | Refusal> => {
  const approached = await approach(deps, tx, { reviewId, how });
  if (isRefusal(approached)) return approached;
  const { review, gate } = approached;
  const { grants, now } = await reviewerNow(tx, approached.principal);
  const principal = { ...approached.principal, grants };
  const needs = roles(gate.gate, review.state);
  return holdsRole(principal, needs, review.wardId) ? { review, gate, principal, now } : refuse('FORBIDDEN', { needs });
};
