import { actingRole } from '#libs/auth/principal';
import { advanceReview, insertSignature, type NewSignature } from '#libs/db/stores/decision.store';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal, refuse, type Refusal, signsDraft } from '#libs/review/refusal';
import { type Attempt, prepare, type SignRequest } from './attempt';
import { type Deviation, editDistance, type Haste, hasteDetail, hasteOf, provenanceOf } from './decision-content';
import { type DecisionBody, type DecisionReply } from './decision.schema';
import { explain } from './explain';
import { type Closing, finalise } from './finalise';
import { proposalOf, type Proposal } from './proposal';
import { type ReviewDeps } from './review-deps';
import { rolloutRefusal } from './rollout-refusal';

/**
 * The one door through which a review is decided, behind every way to decide: locks the review, checks who asks and what
 * they were shown, stores signature, decision, effect, audit row and outbox row in the caller's transaction.
 * Anything that does not hold is a refusal, and then nothing is stored.
 */
export const decide = async (
  deps: ReviewDeps,
  tx: Tx,
  request: SignRequest<DecisionBody>,
): Promise<DecisionReply | Refusal> => {
  const attempt = await prepare(deps, tx, request.reviewId);
  if (isRefusal(attempt)) return attempt;
  const proposal = proposalOf(attempt, request);
  if (isRefusal(proposal)) return explain(tx, attempt.review, proposal);
  const { body } = request;
  const switchedOff = signsDraft(body.action) ? await rolloutRefusal(tx, attempt.review) : null;
  if (switchedOff) return switchedOff;
  const haste = hasteOf(attempt.material, { draft: signsDraft(body.action) });
  const signatureId = await insertSignature(tx, firstSignature(attempt, body, { ...proposal, haste }));
  return proposal.needsSecond
    ? awaitSecond(tx, attempt, { signatureId, signed: proposal.signed, haste })
    : finalise(deps, tx, { attempt, signatureId, secondSignature: null, signed: proposal.signed, haste, body });
};

const firstSignature = (
  attempt: Attempt,
  body: DecisionBody,
  { signed, why, method, haste }: Proposal & { haste: readonly Haste[] },
): NewSignature => {
  const { review, gate, material, principal, shownDraft } = attempt;
  const distance = editDistance(gate, signed.content, shownDraft);
  return {
    reviewId: review.id,
    sequence: 1,
    action: body.action,
    role: actingRole(principal, gate.gate.reviewers, review.wardId) ?? '',
    meaning: meaningOf(body.action, why),
    method,
    licenceNo: material.licenceNo,
    draftVersion: body.draftVersion,
    draftSha256: body.draftSha256,
    ...signed,
    reasonCode: body.reasonCode,
    reasonText: body.reasonText,
    provenance: provenanceOf(body, material, {
      editDistance: distance,
      deviations: why,
      haste,
    }),
  };
};

const meaningOf = (action: DecisionBody['action'], why: readonly Deviation[]): NewSignature['meaning'] => {
  if (action === 'reject') return 'rejected';
  if (action === 'manual') return 'authored';
  return why.includes('differs-from-draft') ? 'overridden' : 'verified-AI-draft';
};

const awaitSecond = async (
  tx: Tx,
  { review, now }: Attempt,
  { signatureId, signed, haste }: Pick<Closing, 'signatureId' | 'signed' | 'haste'>,
): Promise<DecisionReply | Refusal> => {
  if (!(await advanceReview(tx, review, 'awaiting-second'))) return refuse('CONFLICT');
  await record(tx, {
    audit: {
      action: 'review.first-signature',
      entityType: 'review',
      entityId: review.id,
      caseIds: [review.caseId],
      after: signed.contentSha256,
      detail: { signatureId, ...hasteDetail(haste) },
    },
    changed: { topic: 'review', entityId: review.id, wardId: review.wardId },
  });
  return {
    reviewId: review.id,
    state: 'awaiting-second',
    version: review.version + 1,
    decisionId: null,
    signatureId,
    contentSha256: signed.contentSha256,
    at: now.toISOString(),
    effect: null,
  };
};
