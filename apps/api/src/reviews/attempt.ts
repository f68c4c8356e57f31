import { holdsRole } from '#libs/auth/principal';
import { type DecisionMaterial, loadDecisionMaterial } from '#libs/db/stores/decision.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { type ReviewerFacts, type ReviewFacts } from '#libs/review/review';
import { draftAsShown } from './decision-content';
import { approach, type Entry, type KnownReview, participants } from './enter';
import { type ReviewDeps } from './review-deps';

/** A request to sign: the version of the review that was shown, and the body. */
export interface SignRequest<B> {
  readonly reviewId: string;
  readonly version: number;
  readonly body: B;
  /** Whether the person's password came with the request and was right; checked before, as it takes too long for locks. */
  readonly passwordProven: boolean;
}

/** A person about to sign a locked review, with everything the guards read. */
export interface Attempt extends Entry {
  readonly material: DecisionMaterial;
  readonly facts: ReviewFacts;
  readonly reviewer: ReviewerFacts;
  /** The draft on offer and the one last shown to this person, both as the floor in force lets them be seen. */
  readonly draft: unknown;
  readonly shownDraft: unknown;
}

/** Locks the review for a person who may sign it, and reads what a signature is checked against. */
export const prepare = async (deps: ReviewDeps, tx: Tx, reviewId: string): Promise<Attempt | Refusal> => {
  const approached = await approach(deps, tx, { reviewId, how: 'lock' });
  if (isRefusal(approached)) return approached;
  const { review, gate } = approached;
  const { id: userId, sessionId } = approached.principal;
  const material = await loadDecisionMaterial(tx, reviewId, { userId, sessionId });
  if (!material) return refuse('NOT_FOUND');
  const principal = { ...approached.principal, grants: material.grants };
  const needs = participants(gate.gate);
  if (!holdsRole(principal, needs, review.wardId)) return refuse('FORBIDDEN', { needs });
  return {
    review,
    gate,
    principal,
    now: material.now,
    material,
    facts: factsOf(review, material),
    reviewer: reviewerOf(material),
    draft: draftAsShown(gate, material.draft, review.floor),
    shownDraft: draftAsShown(gate, material.shownDraft, review.floor),
  };
};

const reviewerOf = ({ judgement, view }: DecisionMaterial): ReviewerFacts => ({
  judged: judgement !== null,
  draftVersionShown: view.draftVersion,
  reviewVersionShown: view.reviewVersion,
});

const factsOf = (review: KnownReview, { facts, initiators, firstSignature: first }: DecisionMaterial): ReviewFacts => {
  const { id, wardId, state, version, floor, draftVersion, draftSha256, claimedBy, leaseExpiresAt } = review;
  const standing = { id, wardId, state, version, floor, draftVersion, draftSha256, claimedBy, leaseExpiresAt };
  return {
    ...standing,
    initiators,
    staleFacts: facts.filter(({ overtakesDraft }) => overtakesDraft).map(({ factId }) => factId),
    unseenFacts: facts.filter(({ unseen }) => unseen).map(({ factId }) => factId),
    firstSignature: first && { id: first.id, userId: first.userId, contentSha256: first.contentSha256 },
  };
};
