import { z } from 'zod';
import { type Role } from '#libs/auth/roles';
import { advanceReview, voidFirstSignature } from '#libs/db/stores/decision.store';
import { raiseNotice } from '#libs/db/stores/notice.store';
import { type Tx } from '#libs/db/transaction';
import {
  isRefusal,
  refuse,
  type Refusal,
  secondSignatureRefusal,
  stateRefusal,
  versionRefusal,
} from '#libs/review/refusal';
import { type Attempt, prepare } from './attempt';
import { explain } from './explain';
import { noteEvent } from './note-event';
import { type ReviewDeps } from './review-deps';
import { type Standing, standingOf } from './standing';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** POST /api/reviews/:id/declines: the second signer does not sign, and says why. */
export const declineSchema = z.strictObject({
  signatureId: z.uuid(),
  contentSha256: sha256,
  reason: z.string().trim().min(1).max(2000),
});
export type DeclineBody = z.infer<typeof declineSchema>;

/** POST /api/reviews/:id/signature-withdrawals: the first signer takes the signature back. */
export const withdrawSignatureSchema = z.strictObject({
  signatureId: z.uuid(),
  reason: z.string().trim().min(1).max(2000).optional(),
});
export type WithdrawSignatureBody = z.infer<typeof withdrawSignatureSchema>;

interface Asked<B> {
  readonly reviewId: string;
  readonly version: number;
  readonly body: B;
}

/** Who could have given the second signature sends the review back with a reason: the first signature is void. */
export const decline = async (deps: ReviewDeps, tx: Tx, asked: Asked<DeclineBody>): Promise<Standing | Refusal> => {
  const attempt = await prepare(deps, tx, asked.reviewId);
  if (isRefusal(attempt)) return attempt;
  const { gate, facts, review } = attempt;
  const { body, version } = asked;
  const refusal = secondSignatureRefusal(gate.gate, facts, { ...attempt, request: { ...body, version } });
  if (refusal) return explain(tx, review, refusal);
  return reopen(tx, attempt, { kind: 'declined', reason: body.reason });
};

/** Who gave the first signature takes it back before the second one is given. */
export const withdrawSignature = async (
  deps: ReviewDeps,
  tx: Tx,
  { reviewId, version, body }: Asked<WithdrawSignatureBody>,
): Promise<Standing | Refusal> => {
  const attempt = await prepare(deps, tx, reviewId);
  if (isRefusal(attempt)) return attempt;
  const refusal = withdrawalRefusal(attempt, version, body);
  if (refusal) return explain(tx, attempt.review, refusal);
  return reopen(tx, attempt, { kind: 'first-signature-withdrawn', reason: body.reason ?? null });
};

const withdrawalRefusal = (
  { facts, review, principal, material }: Attempt,
  version: number,
  body: WithdrawSignatureBody,
): Refusal | null => {
  const first = material.firstSignature;
  const refusal = stateRefusal(facts, 'awaiting-second');
  if (refusal || first === null) return refusal ?? refuse('NOT_AWAITING_SECOND');
  if (first.userId !== principal.id) return refuse('FORBIDDEN', { reason: 'only who signed takes a signature back' });
  return (
    versionRefusal(review, version) ??
    (first.id === body.signatureId ? null : refuse('STALE_DRAFT', { signatureId: first.id }))
  );
};

const reopen = async (
  tx: Tx,
  { review, material, now }: Attempt,
  { kind, reason }: { kind: 'declined' | 'first-signature-withdrawn'; reason: string | null },
): Promise<Standing | Refusal> => {
  const first = material.firstSignature;
  await voidFirstSignature(tx, review.id, kind);
  if (first === null || !(await advanceReview(tx, review, 'open'))) return refuse('CONFLICT');
  if (kind === 'declined')
    await raiseNotice(tx, {
      kind: 'signature-declined',
      audience: first.role as Role,
      uniqueKey: `declined:${first.id}`,
      wardId: review.wardId,
      caseId: review.caseId,
      reviewId: review.id,
    });
  await noteEvent(tx, review, { kind, data: { signatureId: first.id }, note: reason });
  return standingOf(tx, review.id, now);
};
