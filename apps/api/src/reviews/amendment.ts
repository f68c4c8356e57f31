import { z } from 'zod';
import { findAmendment, keepAmendment, type StoredAmendment } from '#libs/db/stores/amendment.store';
import { record } from '#libs/db/stores/record.store';
import { canonicalJson } from '#libs/crypto/digest';
import { type Tx } from '#libs/db/transaction';
import { finalRefusal, isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { recordShown } from '../http/shown';
import { enter, participants } from './enter';
import { explain } from './explain';
import { type ReviewDeps } from './review-deps';

/** PUT /api/reviews/:id/amendment: the form as it is, finished or not; If-Match carries its version, 0 before the first. */
export const amendmentSchema = z.strictObject({ content: z.record(z.string(), z.unknown()) });
export type AmendmentBody = z.infer<typeof amendmentSchema>;

/** An unfinished amendment with its own version. */
export const amendmentReplySchema = z.strictObject({
  reviewId: z.uuid(),
  version: z.int(),
  content: z.record(z.string(), z.unknown()).nullable(),
  updatedAt: z.iso.datetime().nullable(),
});
export type AmendmentReply = z.infer<typeof amendmentReplySchema>;

/** The longest amendment kept, in characters of its JSON. */
const longest = 200_000;

/**
 * Keeps a person's unfinished amendment: through lease expiry and hand-back, and never shown to anybody else. It needs no
 * claim, and it changes nothing of the review.
 */
export const putAmendment = async (
  deps: ReviewDeps,
  tx: Tx,
  { reviewId, version, body }: { reviewId: string; version: number; body: AmendmentBody },
): Promise<AmendmentReply | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: participants });
  if (isRefusal(entry)) return entry;
  const refusal = finalRefusal(entry.review);
  if (refusal) return explain(tx, entry.review, refusal);
  if (canonicalJson(body.content).length > longest) return refuse('PAYLOAD_TOO_LARGE');
  const whose = { reviewId, userId: entry.principal.id };
  const kept = await keepAmendment(tx, whose, { version, content: body.content });
  if (!kept) return refuse('VERSION_MISMATCH', { current: (await findAmendment(tx, whose))?.version ?? 0 });
  const audit = { action: 'amendment.keep', entityType: 'review', entityId: reviewId, caseIds: [entry.review.caseId] };
  await record(tx, { audit: { ...audit, detail: { version: kept.version } } });
  return replyOf(reviewId, kept);
};

/** The person's own unfinished amendment; version 0 when there is none. It stays readable when the review is over. */
export const getAmendment = async (deps: ReviewDeps, tx: Tx, reviewId: string): Promise<AmendmentReply | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: participants, how: 'look' });
  if (isRefusal(entry)) return entry;
  const stored = await findAmendment(tx, { reviewId, userId: entry.principal.id });
  await recordShown(tx, { entityType: 'review', entityId: reviewId, caseIds: [entry.review.caseId] });
  return replyOf(reviewId, stored);
};

const replyOf = (reviewId: string, stored: StoredAmendment | null): AmendmentReply => ({
  reviewId,
  version: stored?.version ?? 0,
  content: (stored?.content ?? null) as AmendmentReply['content'],
  updatedAt: stored?.updatedAt.toISOString() ?? null,
});
