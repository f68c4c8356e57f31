import { z } from 'zod';
import { actingRole } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { raiseNotice } from '#libs/db/stores/notice.store';
import { escalatedTo } from '#libs/db/stores/review-event.store';
import { type Tx } from '#libs/db/transaction';
import { type Gate } from '#libs/review/gate';
import { eventRefusal, finalRefusal, isRefusal, type Refusal } from '#libs/review/refusal';
import { enter, participants } from './enter';
import { explain } from './explain';
import { noteEvent } from './note-event';
import { type ReviewDeps } from './review-deps';
import { type Standing, standingOf } from './standing';

/** POST /api/reviews/:id/escalations */
export const escalateSchema = z.strictObject({ reason: z.string().trim().min(1).max(500) });
export type EscalateBody = z.infer<typeof escalateSchema>;

/** Whom to tell next: the first after the teller's own place in the chain who was not told yet; else the last. */
export const nextInChain = (
  { escalation }: Pick<Gate, 'escalation'>,
  teller: Role | undefined,
  told: readonly string[],
): Role | null => {
  const chain = escalation.map(({ tell }) => tell);
  const after = chain.slice(teller === undefined ? 0 : chain.lastIndexOf(teller) + 1);
  return after.find((role) => !told.includes(role)) ?? chain.at(-1) ?? null;
};

/** Tells the next in the chain about a review that waits, with a reason; never decides and changes no claim. */
export const escalate = async (
  deps: ReviewDeps,
  tx: Tx,
  { reviewId, body }: { reviewId: string; body: EscalateBody },
): Promise<Standing | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: participants });
  if (isRefusal(entry)) return entry;
  const { review, gate, principal, now } = entry;
  const refusal = finalRefusal(review) ?? eventRefusal(gate.gate, 'escalate');
  if (refusal) return explain(tx, review, refusal);
  const { escalation } = gate.gate;
  const chain = escalation.map(({ tell }) => tell);
  const tell = nextInChain(gate.gate, actingRole(principal, chain, review.wardId), await escalatedTo(tx, reviewId));
  if (tell !== null)
    await raiseNotice(tx, {
      kind: 'review-escalated',
      audience: tell,
      uniqueKey: `escalated:${reviewId}:${principal.id}:${now.toISOString()}`,
      wardId: review.wardId,
      caseId: review.caseId,
      reviewId,
    });
  await noteEvent(tx, review, { kind: 'escalated', data: { tell }, note: body.reason });
  return standingOf(tx, reviewId, now);
};
