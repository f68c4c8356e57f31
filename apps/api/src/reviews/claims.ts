import { holdsRole } from '#libs/auth/principal';
import { firstSignerOf, holdReview, lockCasesOf, releaseReview } from '#libs/db/stores/claim.store';
import { record } from '#libs/db/stores/record.store';
import { mayAct } from '#libs/db/stores/reviewer.store';
import { type Tx } from '#libs/db/transaction';
import { claimRefusal, finalRefusal, isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { type BulkClaimBody, type BulkClaimReply, type ReassignBody } from './claims.schema';
import { enter, type Entry, participants, signersOf } from './enter';
import { explain } from './explain';
import { noteEvent } from './note-event';
import { type ReviewDeps } from './review-deps';
import { type Standing, standingOf } from './standing';

/** Holds a review for the person, or renews their lease; a lease that ran out can be taken by anybody who may sign. */
export const claim = async (deps: ReviewDeps, tx: Tx, reviewId: string): Promise<Standing | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: signersOf });
  if (isRefusal(entry)) return entry;
  const { review, gate, principal, now } = entry;
  const refusal =
    finalRefusal(review) ??
    claimRefusal(review, principal.id, now) ??
    (await ownSignatureRefusal(tx, entry, principal.id));
  if (refusal) return explain(tx, review, refusal);
  await holdReview(tx, reviewId, { userId: principal.id, leaseMs: gate.gate.leaseMs * deps.timeScale });
  if (isHolder(entry)) await recordRenewal(tx, entry);
  else await noteEvent(tx, review, { kind: 'claimed', data: { after: review.claimedBy } });
  return standingOf(tx, reviewId, now);
};

/** Gives a review back before its lease runs out; whoever may reassign may take it from its holder. */
export const release = async (deps: ReviewDeps, tx: Tx, reviewId: string): Promise<Standing | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: handlers });
  if (isRefusal(entry)) return entry;
  const refusal = finalRefusal(entry.review) ?? holderRefusal(entry);
  if (refusal) return explain(tx, entry.review, refusal);
  if (entry.review.claimedBy !== null) {
    await releaseReview(tx, reviewId);
    await noteEvent(tx, entry.review, { kind: 'released', data: { from: entry.review.claimedBy } });
  }
  return standingOf(tx, reviewId, entry.now);
};

/** Hands a review to somebody who may sign it: by its holder, or by whoever assigns at this gate. */
export const reassign = async (
  deps: ReviewDeps,
  tx: Tx,
  { reviewId, body }: { reviewId: string; body: ReassignBody },
): Promise<Standing | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: handlers });
  if (isRefusal(entry)) return entry;
  const { review, gate, now } = entry;
  const refusal = finalRefusal(review) ?? assignRefusal(entry) ?? (await targetRefusal(tx, entry, body.userId));
  if (refusal) return explain(tx, review, refusal);
  await holdReview(tx, reviewId, { userId: body.userId, leaseMs: gate.gate.leaseMs * deps.timeScale });
  await noteEvent(tx, review, { kind: 'reassigned', data: { from: review.claimedBy, to: body.userId } });
  return standingOf(tx, reviewId, now);
};

/** Claims several reviews; each has its own outcome, and one that is refused keeps none of the others back. */
export const claimMany = async (deps: ReviewDeps, tx: Tx, { reviewIds }: BulkClaimBody): Promise<BulkClaimReply> => {
  await lockCasesOf(tx, reviewIds);
  const results: BulkClaimReply['results'] = [];
  for (const reviewId of new Set(reviewIds)) {
    const standing = await claim(deps, tx, reviewId);
    if (isRefusal(standing))
      results.push({ reviewId, outcome: 'refused', code: standing.code, detail: standing.detail });
    else results.push({ reviewId, outcome: 'claimed', claim: standing.claim });
  }
  return { results };
};

const handlers = (gate: Parameters<typeof participants>[0]) => [...participants(gate), ...gate.assigners];

const isHolder = ({ review, principal, now }: Entry): boolean =>
  review.claimedBy === principal.id && review.leaseExpiresAt !== null && review.leaseExpiresAt > now;

const mayAssign = ({ gate, review, principal }: Entry): boolean =>
  holdsRole(principal, gate.gate.assigners, review.wardId);

const holderRefusal = (entry: Entry): Refusal | null =>
  mayAssign(entry) ? null : claimRefusal(entry.review, entry.principal.id, entry.now);

const assignRefusal = (entry: Entry): Refusal | null =>
  isHolder(entry) || mayAssign(entry)
    ? null
    : (claimRefusal(entry.review, entry.principal.id, entry.now) ??
      refuse('FORBIDDEN', { needs: entry.gate.gate.assigners }));

/** Refuses a person who may not sign a review next, be it for want of the role or because the other signature is theirs. */
export const targetRefusal = async (tx: Tx, entry: Entry, userId: string): Promise<Refusal | null> => {
  const { gate, review } = entry;
  const roles = signersOf(gate.gate, review.state);
  const able = await mayAct(tx, { userId, roles, wardId: review.wardId });
  return able
    ? ownSignatureRefusal(tx, entry, userId)
    : refuse('VALIDATION_FAILED', { paths: ['userId'], rule: 'may sign this review' });
};

/** Whoever gave the first signature cannot hold the review for the second. */
const ownSignatureRefusal = async (tx: Tx, { review }: Entry, userId: string): Promise<Refusal | null> =>
  review.state === 'awaiting-second' && (await firstSignerOf(tx, review.id)) === userId
    ? refuse('SEPARATION_OF_DUTIES')
    : null;

const recordRenewal = (tx: Tx, { review }: Entry): Promise<void> =>
  record(tx, {
    audit: { action: 'review.renewed', entityType: 'review', entityId: review.id, caseIds: [review.caseId] },
  });
