import { z } from 'zod';
import { digestOf } from '#libs/crypto/digest';
import { findJudgement, insertJudgement, type StoredJudgement } from '#libs/db/stores/judgement.store';
import { type Tx } from '#libs/db/transaction';
import { type GateContract } from '#libs/processes/process.contract';
import { claimRefusal, finalRefusal, isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { enter, participants } from './enter';
import { explain } from './explain';
import { noteEvent } from './note-event';
import { type ReviewDeps } from './review-deps';

/** POST /api/reviews/:id/judgements: the person's own value, by the gate's judgement schema. */
export const judgementSchema = z.strictObject({ content: z.unknown() });
export type JudgementBody = z.infer<typeof judgementSchema>;

/** The judgement as stored; the draft may be shown to this person from now on. */
export const judgementReplySchema = z.strictObject({
  reviewId: z.uuid(),
  judgementId: z.uuid(),
  sha256: z.string(),
  at: z.iso.datetime(),
  content: z.unknown(),
});
export type JudgementReply = z.infer<typeof judgementReplySchema>;

/** Stores a person's own value, once per person and review; the same value again is answered again. */
export const judge = async (
  deps: ReviewDeps,
  tx: Tx,
  { reviewId, body }: { reviewId: string; body: JudgementBody },
): Promise<JudgementReply | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: participants });
  if (isRefusal(entry)) return entry;
  const { review, gate, principal, now } = entry;
  const content = judgementOf(gate, body.content);
  if (isRefusal(content)) return content;
  const whose = { reviewId, userId: principal.id };
  const earlier = await findJudgement(tx, whose);
  if (earlier) return digestOf(content.value) === earlier.sha256 ? replyOf(reviewId, earlier) : given(earlier);
  const refusal = finalRefusal(review) ?? claimRefusal(review, principal.id, now);
  if (refusal) return explain(tx, review, refusal);
  const stored = await insertJudgement(tx, { ...whose, content: content.value });
  await noteEvent(tx, review, { kind: 'judged', key: `judged:${principal.id}`, data: { sha256: stored.sha256 } });
  return replyOf(reviewId, stored);
};

const judgementOf = (gate: GateContract, content: unknown): { readonly value: unknown } | Refusal => {
  const parsed = gate.schemas.judgement.safeParse(content);
  return parsed.success
    ? { value: parsed.data }
    : refuse('VALIDATION_FAILED', { paths: parsed.error.issues.map(({ path }) => ['content', ...path].join('.')) });
};

const given = ({ at }: StoredJudgement): Refusal => refuse('JUDGEMENT_EXISTS', { at: at.toISOString() });

const replyOf = (reviewId: string, { judgementId, sha256, at, content }: StoredJudgement): JudgementReply => ({
  reviewId,
  judgementId,
  sha256,
  at: at.toISOString(),
  content,
});
