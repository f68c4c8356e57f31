import { decisionRefusal, isRefusal, reasonRefusal, type Refusal, stepUpRefusal } from '#libs/review/refusal';
import { type Attempt, type SignRequest } from './attempt';
import { contentOfRequest, type Deviation, deviations, type SignedContent } from './decision-content';
import { type DecisionBody } from './decision.schema';

/** What a person may sign: the content, why it needed a reason, and whether another person must sign it too. */
export interface Proposal {
  readonly signed: SignedContent;
  readonly why: readonly Deviation[];
  readonly needsSecond: boolean;
  readonly method: 'session' | 'password';
}

/** Checks a request to sign from front to back without touching anything: a proposal, or the first thing against it. */
export const proposalOf = (attempt: Attempt, request: SignRequest<DecisionBody>): Proposal | Refusal => {
  const { gate, review, material, draft, shownDraft } = attempt;
  const { body, version } = request;
  const refusal = decisionRefusal(gate.gate, attempt.facts, { ...attempt, request: { ...body, version } });
  if (refusal) return refusal;
  const signed = contentOfRequest(gate, body, draft);
  if (isRefusal(signed)) return signed;
  const why = deviations(gate, signed.content, { shownDraft, judgement: material.judgement, floor: review.floor });
  const needsSecond = why.includes('below-floor') && gate.gate.secondSigners !== null;
  const method = gate.gate.stepUp ? 'password' : 'session';
  return (
    reasonRefusal(gate.gate, body.reasonCode, why) ??
    stepUpRefusal(gate.gate.stepUp, request.passwordProven) ?? { signed, why, needsSecond, method }
  );
};
