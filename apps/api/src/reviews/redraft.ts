import { z } from 'zod';
import { ReviewEntity } from '#libs/db/entities/review.entity';
import { findJudgement } from '#libs/db/stores/judgement.store';
import { redraftNotes, redraftRequest } from '#libs/db/stores/note.store';
import { workflowIdOf } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { mostNotes } from '#libs/review/notes';
import { claimRefusal, eventRefusal, isRefusal, refuse, type Refusal, stateRefusal } from '#libs/review/refusal';
import { enter, type Entry } from './enter';
import { explain } from './explain';
import { noteEvent } from './note-event';
import { type ReviewDeps } from './review-deps';
import { rolloutRefusal } from './rollout-refusal';
import { type Standing, standingOf } from './standing';

/**
 * POST /api/reviews/:id/redrafts: what the next version should heed; none where there was no draft yet. A note may name the
 * field of the draft it is about; otherwise it is about the whole draft.
 */
export const redraftSchema = z.strictObject({
  notes: z
    .array(
      z.strictObject({ text: z.string().trim().min(1).max(500), field: z.string().max(60).nullable().default(null) }),
    )
    .max(20)
    .default([]),
});
export type RedraftBody = z.infer<typeof redraftSchema>;

/** Asks for a new version of the draft with numbered notes; the same review goes on, and its version stays. */
export const askRedraft = async (
  deps: ReviewDeps,
  tx: Tx,
  { reviewId, body }: { reviewId: string; body: RedraftBody },
): Promise<Standing | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: (gate) => gate.reviewers });
  if (isRefusal(entry)) return entry;
  const { review } = entry;
  const refusal = openRefusal(entry) ?? fieldRefusal(entry, body) ?? (await draftRefusal(tx, entry, body));
  if (refusal) return explain(tx, review, refusal);
  const last = (await redraftNotes(tx, reviewId)).length;
  if (last + body.notes.length > mostNotes) return refuse('VALIDATION_FAILED', { paths: ['notes'], most: mostNotes });
  const notes = body.notes.map(({ text, field }, at) => ({ id: last + at + 1, text, field }));
  const round = review.redraftRound + 1;
  await tx.manager.update(ReviewEntity, { id: reviewId }, { redraftRound: round, draftFailedCode: null });
  await noteEvent(tx, review, {
    kind: 'redraft-asked',
    key: `redraft:${round}`,
    ...redraftRequest({ round, onVersion: review.draftVersion }, notes),
    tell: { kind: 'signal', workflowId: workflowIdOf(review.process, review.caseId), name: 'redraftAsked', args: [] },
  });
  return standingOf(tx, reviewId, entry.now);
};

const openRefusal = ({ gate, review, principal, now }: Entry): Refusal | null =>
  stateRefusal(review, 'open') ?? eventRefusal(gate.gate, 'redraft') ?? claimRefusal(review, principal.id, now);

const fieldRefusal = ({ gate }: Entry, { notes }: RedraftBody): Refusal | null => {
  const { fields } = gate.rules;
  const at = notes.findIndex(({ field }) => field !== null && !fields.includes(field));
  return at < 0 ? null : refuse('VALIDATION_FAILED', { paths: [`notes.${at}.field`], allowed: fields });
};

/** Nothing is asked of a model that is switched off, and nothing about a draft this person may not see yet. */
const draftRefusal = async (tx: Tx, { review, gate, principal }: Entry, body: RedraftBody): Promise<Refusal | null> => {
  const switchedOff = await rolloutRefusal(tx, review);
  if (switchedOff) return switchedOff;
  if (review.draftVersion === 0) return null;
  const judged = await findJudgement(tx, { reviewId: review.id, userId: principal.id });
  if (gate.gate.mode === 'independent_first' && judged === null) return refuse('JUDGEMENT_REQUIRED');
  return body.notes.length > 0 ? null : refuse('VALIDATION_FAILED', { paths: ['notes'], rule: 'at least one' });
};
