import { holdsRole, type Principal } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { type ErrorCode, type ErrorDetail } from '#libs/errors/errors';
import { type DecisionAction, type Gate, type ReviewEventAction } from './gate';
import { type DecisionRequest, type ReviewerFacts, type ReviewFacts } from './review';

/** Why something is not done: a code, and what the person can act on. An expected failure, so a value. */
export interface Refusal {
  readonly refused: true;
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;
}

/** Makes a refusal. */
export const refuse = (code: ErrorCode, detail: ErrorDetail = {}): Refusal => ({ refused: true, code, detail });

/** Whether a value is a refusal. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value && value.refused === true;

/** The first refusal of a list of checks, which run in order and stop there. */
export const firstRefusal = (checks: readonly (() => Refusal | null)[]): Refusal | null => {
  for (const check of checks) {
    const refusal = check();
    if (refusal) return refusal;
  }
  return null;
};

/** Refuses who may not touch this review: machines, people without the role on its ward, people held off by a claim. */
export const personRefusal = (
  review: Pick<ReviewFacts, 'wardId' | 'claimedBy' | 'leaseExpiresAt'>,
  principal: Principal,
  allowed: { roles: readonly Role[]; now: Date },
): Refusal | null => {
  if (principal.kind !== 'user') return refuse('FORBIDDEN', { reason: 'a machine never decides' });
  if (!holdsRole(principal, allowed.roles, review.wardId)) return refuse('FORBIDDEN', { needs: allowed.roles });
  return claimRefusal(review, principal.id, allowed.now);
};

/** Refuses while somebody else's lease is alive, and names the holder. */
export const claimRefusal = (
  review: Pick<ReviewFacts, 'claimedBy' | 'leaseExpiresAt'>,
  userId: string,
  now: Date,
): Refusal | null =>
  review.claimedBy !== null &&
  review.claimedBy !== userId &&
  review.leaseExpiresAt !== null &&
  review.leaseExpiresAt > now
    ? refuse('CLAIM_HELD', { holder: review.claimedBy, until: review.leaseExpiresAt.toISOString() })
    : null;

/** Refuses on a review that is over. */
export const finalRefusal = ({ state }: Pick<ReviewFacts, 'state'>): Refusal | null => {
  if (state === 'decided') return refuse('ALREADY_DECIDED');
  return state === 'withdrawn' ? refuse('REVIEW_WITHDRAWN') : null;
};

/** Refuses on a review that is over, or not in the state this request is for. */
export const stateRefusal = (
  review: Pick<ReviewFacts, 'state'>,
  expected: 'open' | 'awaiting-second',
): Refusal | null => {
  if (review.state === expected) return null;
  return finalRefusal(review) ?? refuse(expected === 'open' ? 'AWAITING_SECOND' : 'NOT_AWAITING_SECOND');
};

/** Whether an action signs a draft, and so is bound to one. */
export const signsDraft = (action: DecisionAction): boolean => action === 'approve' || action === 'amend';

/** Refuses a request that was made on another version of the review. */
export const versionRefusal = (review: Pick<ReviewFacts, 'version'>, version: number): Refusal | null =>
  version === review.version ? null : refuse('VERSION_MISMATCH', { current: review.version });

/** Refuses a request bound to a draft that is not the current one, or to none where it needs one. */
export const bindingRefusal = (review: ReviewFacts, request: DecisionRequest): Refusal | null => {
  if (!signsDraft(request.action))
    return request.draftVersion === 0 && request.draftSha256 === null
      ? null
      : refuse('VALIDATION_FAILED', { path: 'draftVersion', rule: 'only approve and amend name a draft' });
  if (review.draftVersion === 0) return refuse('NO_DRAFT');
  // The digest stays out of the answer: whoever signs got it by being shown the draft.
  return request.draftVersion === review.draftVersion && request.draftSha256 === review.draftSha256
    ? null
    : refuse('STALE_DRAFT', { current: review.draftVersion });
};

/** Refuses to sign a draft before the own judgement where the gate asks for it, and a draft this person was not shown. */
export const shownRefusal = (gate: Gate, request: DecisionRequest, reviewer: ReviewerFacts): Refusal | null => {
  if (!signsDraft(request.action)) return null;
  if (gate.mode === 'independent_first' && !reviewer.judged) return refuse('JUDGEMENT_REQUIRED');
  return reviewer.draftVersionShown === request.draftVersion
    ? null
    : refuse('STALE_DRAFT', { current: request.draftVersion, shown: reviewer.draftVersionShown });
};

/**
 * Refuses while a fact that overtook what was shown is not acknowledged; the detail lists those facts. A fact overtakes a
 * draft until there is a newer draft; one's own content only until one has seen the fact.
 */
export const staleFactRefusal = (review: ReviewFacts, request: DecisionRequest): Refusal | null => {
  const overtaking = signsDraft(request.action) ? [...review.staleFacts, ...review.unseenFacts] : review.unseenFacts;
  const open = [...new Set(overtaking)].filter((fact) => !request.acknowledgedFacts.includes(fact));
  return open.length > 0 ? refuse('STALE_FACTS', { facts: open }) : null;
};

/** Refuses an action the gate does not have. */
export const actionRefusal = (gate: Gate, action: DecisionAction): Refusal | null =>
  gate.actions.includes(action) ? null : refuse('ACTION_NOT_ALLOWED', { allowed: gate.actions });

/** Refuses what the gate does not let people do to an open review. */
export const eventRefusal = (gate: Gate, event: ReviewEventAction): Refusal | null =>
  gate.events.includes(event) ? null : refuse('ACTION_NOT_ALLOWED', { allowed: gate.events });

/** Refuses the initiator where the gate separates duties. */
export const separationRefusal = (
  gate: Gate,
  review: Pick<ReviewFacts, 'initiators'>,
  principal: Principal,
): Refusal | null =>
  gate.separation && principal.kind === 'user' && review.initiators.includes(principal.id)
    ? refuse('SEPARATION_OF_DUTIES')
    : null;

/** Refuses a deviation without a reason code, and a code the gate does not know. */
export const reasonRefusal = (gate: Gate, reasonCode: string | null, deviations: readonly string[]): Refusal | null => {
  if (reasonCode !== null && !gate.reasonCodes.includes(reasonCode))
    return refuse('REASON_UNKNOWN', { allowed: gate.reasonCodes });
  return deviations.length > 0 && reasonCode === null
    ? refuse('REASON_REQUIRED', { because: deviations, allowed: gate.reasonCodes })
    : null;
};

/** Refuses a signature that needs the password again without it. */
export const stepUpRefusal = (needed: boolean, proven: boolean): Refusal | null =>
  needed && !proven ? refuse('STEP_UP_REQUIRED') : null;

/** A person about to sign. */
export interface SigningAttempt<R> {
  readonly principal: Principal;
  readonly reviewer: ReviewerFacts;
  readonly request: R;
  readonly now: Date;
}

/** Everything that stands between a person and a first signature, apart from the content itself. */
export const decisionRefusal = (
  gate: Gate,
  review: ReviewFacts,
  { principal, reviewer, request, now }: SigningAttempt<DecisionRequest>,
): Refusal | null =>
  firstRefusal([
    () => stateRefusal(review, 'open'),
    () => personRefusal(review, principal, { roles: gate.reviewers, now }),
    () => actionRefusal(gate, request.action),
    () => separationRefusal(gate, review, principal),
    () => versionRefusal(review, request.version),
    () => bindingRefusal(review, request),
    () => shownRefusal(gate, request, reviewer),
    () => staleFactRefusal(review, request),
  ]);

/** What a person answers the first signature with: which signature, over which content, at which version of the review. */
export interface SecondRequest {
  readonly version: number;
  readonly signatureId: string;
  readonly contentSha256: string;
}

/** Everything that stands between a person and the second signature. */
export const secondSignatureRefusal = (
  gate: Gate,
  review: ReviewFacts,
  { principal, reviewer, request, now }: SigningAttempt<SecondRequest>,
): Refusal | null =>
  firstRefusal([
    () => stateRefusal(review, 'awaiting-second'),
    () => personRefusal(review, principal, { roles: gate.secondSigners ?? [], now }),
    () => otherPersonRefusal(review, principal),
    () => versionRefusal(review, request.version),
    () => firstSignatureRefusal(review, request),
    () =>
      reviewer.reviewVersionShown === review.version
        ? null
        : refuse('STALE_DRAFT', { current: review.version, shown: reviewer.reviewVersionShown }),
  ]);

const otherPersonRefusal = (review: ReviewFacts, principal: Principal): Refusal | null =>
  principal.kind === 'user' && [review.firstSignature?.userId, ...review.initiators].includes(principal.id)
    ? refuse('SEPARATION_OF_DUTIES')
    : null;

const firstSignatureRefusal = (review: ReviewFacts, request: SecondRequest): Refusal | null => {
  const first = review.firstSignature;
  if (first === null) return refuse('NOT_AWAITING_SECOND');
  return first.id === request.signatureId && first.contentSha256 === request.contentSha256
    ? null
    : refuse('STALE_DRAFT', { signatureId: first.id });
};
