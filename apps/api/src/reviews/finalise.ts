import { advanceReview, insertDecision } from '#libs/db/stores/decision.store';
import { record, workflowIdOf } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { CountersignError } from '#libs/errors/errors';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { type Attempt } from './attempt';
import { type Haste, hasteDetail, type SignedContent } from './decision-content';
import { type DecisionBody, type DecisionReply } from './decision.schema';
import { type EffectAnswer } from './effect';
import { type ReviewDeps } from './review-deps';

/** A review whose last signature was just stored. */
export interface Closing {
  readonly attempt: Attempt;
  readonly signatureId: string;
  readonly secondSignature: string | null;
  readonly signed: SignedContent;
  /** Of the last signature. */
  readonly haste: readonly Haste[];
  readonly body: Pick<DecisionBody, 'action' | 'draftVersion' | 'draftSha256' | 'acknowledgedFacts'>;
}

type Stored = Awaited<ReturnType<typeof insertDecision>>;

/** Stores the final decision of a signed review with its effect, audit row and outbox row: all or nothing. */
export const finalise = async (deps: ReviewDeps, tx: Tx, closing: Closing): Promise<DecisionReply | Refusal> => {
  const { review } = closing.attempt;
  const [advanced, stored] = await Promise.all([advanceReview(tx, review, 'decided'), storeDecision(tx, closing)]);
  if (!advanced) return refuse('CONFLICT');
  const effect = await takeEffect(deps, tx, { ...closing, ...stored });
  if (isRefusal(effect)) return effect;
  await recordDecision(tx, closing, stored);
  return {
    reviewId: review.id,
    state: 'decided',
    version: review.version + 1,
    decisionId: stored.decisionId,
    signatureId: closing.secondSignature ?? closing.signatureId,
    contentSha256: closing.signed.contentSha256,
    at: stored.decidedAt.toISOString(),
    effect,
  };
};

const storeDecision = (tx: Tx, { attempt, signatureId, secondSignature, signed, body }: Closing): Promise<Stored> =>
  insertDecision(tx, {
    reviewId: attempt.review.id,
    reviewVersion: attempt.review.version + 1,
    action: body.action,
    draftVersion: body.draftVersion,
    draftSha256: body.draftSha256,
    contentSha256: signed.contentSha256,
    firstSignature: signatureId,
    secondSignature,
    decidedBy: attempt.principal.id,
  });

const takeEffect = async (deps: ReviewDeps, tx: Tx, closing: Closing & Stored): Promise<EffectAnswer | Refusal> => {
  const { attempt, signed, body, decisionId, decidedAt } = closing;
  const { review } = attempt;
  if (body.action === 'reject') return {};
  const effect = deps.effects[review.process];
  if (!effect) throw new CountersignError('INTERNAL', { reason: 'no effect', process: review.process });
  const { acknowledgedFacts } = body;
  return effect(tx, { review, content: signed.content as never, decisionId, decidedAt, acknowledgedFacts });
};

const recordDecision = (
  tx: Tx,
  { attempt: { review }, secondSignature, signed, haste, body }: Closing,
  { decisionId }: Stored,
): Promise<void> =>
  record(tx, {
    audit: {
      action: `review.${body.action}`,
      entityType: 'review',
      entityId: review.id,
      caseIds: [review.caseId],
      before: body.draftSha256,
      after: signed.contentSha256,
      detail: {
        decisionId,
        draftVersion: body.draftVersion,
        signatures: secondSignature === null ? 1 : 2,
        ...hasteDetail(haste),
      },
    },
    tell: {
      kind: 'signal',
      workflowId: workflowIdOf(review.process, review.caseId),
      name: 'decided',
      args: [{ decisionId }],
    },
    changed: { topic: 'review', entityId: review.id, wardId: review.wardId },
  });
