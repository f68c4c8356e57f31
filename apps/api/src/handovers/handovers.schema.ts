import { z } from 'zod';

const time = z.iso.datetime();
const receiverId = z.uuid().nullable().default(null);

/**
 * POST /api/me/handovers: the end of a shift. Everything held goes to `receiverId` (null: back to whoever may sign it);
 * an item says otherwise of one review, with a note about its patient that stays in its history. `note` is for the receivers.
 */
export const handoverSchema = z.strictObject({
  receiverId,
  items: z
    .array(z.strictObject({ reviewId: z.uuid(), receiverId, note: z.string().trim().min(1).max(2000).optional() }))
    .max(200)
    .refine((items) => new Set(items.map(({ reviewId }) => reviewId)).size === items.length, 'a review stands twice')
    .default([]),
  note: z.string().trim().min(1).max(4000).optional(),
});
export type HandoverBody = z.infer<typeof handoverSchema>;

/** POST /api/me/handovers/:id/acknowledgements: the receiver's answer to some of the items, or to all still offered. */
export const acknowledgementSchema = z.strictObject({
  answer: z.enum(['accept', 'decline']),
  reviewIds: z.array(z.uuid()).min(1).max(200).optional(),
});
export type AcknowledgementBody = z.infer<typeof acknowledgementSchema>;

const personSchema = z.strictObject({ userId: z.uuid(), name: z.string() });
const heldSchema = z.strictObject({
  reviewId: z.uuid(),
  caseId: z.uuid(),
  wardId: z.uuid(),
  process: z.string(),
  step: z.string(),
  dueAt: time,
});

/** A review given on. `taken`: somebody else holds it by now; `decided` and `withdrawn`: it is over and no longer offered. */
const itemSchema = heldSchema.extend({
  receiver: personSchema.nullable(),
  standing: z.enum(['accepted', 'declined', 'decided', 'withdrawn', 'taken', 'offered', 'pool']),
  answeredAt: time.nullable(),
});

/** A handover as giver or receiver see it; the receiver sees what was offered to them. */
export const handoverViewSchema = z.strictObject({
  handoverId: z.uuid(),
  givenBy: personSchema,
  givenAt: time,
  note: z.string().nullable(),
  items: z.array(itemSchema),
});
export type HandoverView = z.infer<typeof handoverViewSchema>;

/** What became of ending a shift; `dropped`: named, but not held (any more). */
export const handoverReplySchema = handoverViewSchema.extend({
  dropped: z.array(z.strictObject({ reviewId: z.uuid(), because: z.enum(['decided', 'withdrawn', 'not-held']) })),
});
export type HandoverReply = z.infer<typeof handoverReplySchema>;

/** What became of each review that was answered. */
export const acknowledgementReplySchema = handoverViewSchema.extend({
  results: z.array(
    z.discriminatedUnion('outcome', [
      z.strictObject({ reviewId: z.uuid(), outcome: z.enum(['accepted', 'declined']) }),
      z.strictObject({
        reviewId: z.uuid(),
        outcome: z.literal('refused'),
        code: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ]),
  ),
});
export type AcknowledgementReply = z.infer<typeof acknowledgementReplySchema>;

/** GET /api/me/handovers: what one holds now, who may receive which of it, and the handovers that wait for an answer. */
export const myHandoversSchema = z.strictObject({
  holding: z.array(heldSchema),
  receivers: z.array(personSchema.extend({ reviewIds: z.array(z.uuid()) })),
  given: z.array(handoverViewSchema),
  received: z.array(handoverViewSchema),
});
export type MyHandovers = z.infer<typeof myHandoversSchema>;
