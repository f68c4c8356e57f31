import { z } from 'zod';
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
});
export type MessageListed = z.infer<typeof messageListedSchema>;

/** A page of them, newest first. */
export const messagesAnswerSchema = pageSchema(messageListedSchema);
