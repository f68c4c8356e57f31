import { actingRole } from '#libs/auth/principal';
import { type SignatureEntity } from '#libs/db/entities/signature.entity';
import { insertSignature, type NewSignature, signedContent } from '#libs/db/stores/decision.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal, refuse, type Refusal, secondSignatureRefusal, stepUpRefusal } from '#libs/review/refusal';
import { type Attempt, prepare, type SignRequest } from './attempt';
import { type Haste, hasteOf, secondsOpen, type SignedContent } from './decision-content';
import { type DecisionBody, type DecisionReply, type SecondSignatureBody } from './decision.schema';
import { explain } from './explain';
import { finalise } from './finalise';
import { type ReviewDeps } from './review-deps';

/** The second of two signatures: another person, own session and password, bound to the same digest. */
export const countersign = async (
  deps: ReviewDeps,
  tx: Tx,
  request: SignRequest<SecondSignatureBody>,
): Promise<DecisionReply | Refusal> => {
  const attempt = await prepare(deps, tx, request.reviewId);
  if (isRefusal(attempt)) return attempt;
  const { body, version } = request;
  const { gate, facts, material, review } = attempt;
  const refusal =
    secondSignatureRefusal(gate.gate, facts, { ...attempt, request: { ...body, version } }) ??
    stepUpRefusal(true, request.passwordProven);
  if (refusal) return explain(tx, review, refusal);
  const first = material.firstSignature;
  if (first === null) return refuse('NOT_AWAITING_SECOND');
  const signed = { content: signedContent(tx, first), contentSha256: first.contentSha256 };
  const haste = hasteOf(material, { draft: first.draftVersion > 0 });
  const secondSignature = await insertSignature(tx, coSignature(attempt, first, { signed, body, haste }));
  return finalise(deps, tx, {
    attempt,
    signatureId: first.id,
    secondSignature,
    signed,
    haste,
    body: {
      action: first.action as DecisionBody['action'],
      draftVersion: first.draftVersion,
      draftSha256: first.draftSha256,
      acknowledgedFacts: [...acknowledgedBy(first), ...body.acknowledgedFacts],
    },
  });
};

const acknowledgedBy = (first: SignatureEntity): readonly string[] =>
  (first.provenance as { acknowledgedFacts?: readonly string[] }).acknowledgedFacts ?? [];

const coSignature = (
  { review, gate, material, principal }: Attempt,
  first: SignatureEntity,
  { signed, body, haste }: { signed: SignedContent; body: SecondSignatureBody; haste: readonly Haste[] },
): NewSignature => ({
  reviewId: review.id,
  sequence: 2,
  action: first.action as DecisionBody['action'],
  role: actingRole(principal, gate.gate.secondSigners ?? [], review.wardId) ?? '',
  meaning: 'co-signed',
  method: 'password',
  licenceNo: material.licenceNo,
  draftVersion: first.draftVersion,
  draftSha256: first.draftSha256,
  ...signed,
  reasonCode: null,
  reasonText: null,
  provenance: {
    haste,
    secondsOpen: secondsOpen(material),
    shownSha256: material.view.sha256,
    clientShownSha256: body.shownSha256,
    judgedFirst: material.judgement !== null,
    acknowledgedFacts: body.acknowledgedFacts,
  },
});
