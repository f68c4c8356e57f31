import { z } from 'zod';
import { charsets } from '#libs/interop/hl7v2/charset';
import { pageQuery, pageSchema } from '../http/cursor';

const outcome = z.enum(['applied', 'ignored', 'dead']);
const at = z.iso.datetime();

/** GET /api/interop/messages */
export const messagesQuerySchema = pageQuery.extend({ outcome: outcome.optional() });
export type MessagesQuery = z.infer<typeof messagesQuerySchema>;

/** A stored message without its text: what came, when it happened, what became of it and why. */
export const messageListedSchema = z.strictObject({
  id: z.uuid(),
  receivedAt: at,
  event: z.string().nullable(),
  occurredAt: at.nullable(),
  messageAt: at.nullable(),
  outcome,
  reason: z.string().nullable(),
  answer: z.enum(['AA', 'AE', 'AR']),
  caseId: z.uuid().nullable(),
  visitId: z.uuid().nullable(),
  /** When a dead letter was taken after all, or dismissed; null for open dead letters, and for whatever was none. */
  resolvedAt: at.nullable(),
});
export type MessageListed = z.infer<typeof messageListedSchema>;

/** A page of them, newest first. */
export const messagesAnswerSchema = pageSchema(messageListedSchema);

/** GET /api/interop/dead-letters: the open ones, newest first. */
export const deadLettersQuerySchema = pageQuery;

/** GET /api/interop/messages/:id, by which the sender's engineer finds it again: its header, and nothing of a patient. */
export const messageSchema = messageListedSchema.extend({
  sha256: z.string(),
  bytes: z.number().int(),
  defaultCharset: z.enum(charsets),
  serviceAccountId: z.uuid().nullable(),
  /** MSH-3, 4, 9, 10 and 12; null where the header cannot be read. */
  header: z
    .strictObject({
      sendingApplication: z.string(),
      sendingFacility: z.string(),
      messageType: z.string(),
      controlId: z.string(),
      version: z.string(),
    })
    .nullable(),
});
export type MessageShown = z.infer<typeof messageSchema>;

/** POST /api/interop/messages/:id/replays: `repeated` where it had been taken already under its control id. */
export const replayedSchema = z.strictObject({
  outcome: z.enum(['applied', 'ignored', 'dead', 'repeated']),
  reason: z.string().nullable(),
  answer: z.enum(['AA', 'AE', 'AR']),
});
export type Replayed = z.infer<typeof replayedSchema>;

/** POST /api/interop/messages/:id/dismissals: why a dead letter will not be taken. */
export const dismissSchema = z.strictObject({ because: z.enum(['repeated', 'not-for-us', 'done-by-hand']) });
export type DismissBody = z.infer<typeof dismissSchema>;

/** How many dead letters of the same bytes were settled. */
export const dismissedSchema = z.strictObject({ settled: z.int() });
export type Dismissed = z.infer<typeof dismissedSchema>;
