import { z } from 'zod';
import { claimViewSchema } from './standing';

/** POST /api/reviews/:id/reassign */
export const reassignSchema = z.strictObject({ userId: z.uuid() });
export type ReassignBody = z.infer<typeof reassignSchema>;

/** POST /api/reviews/claims: claims several, never decides. */
export const bulkClaimSchema = z.strictObject({ reviewIds: z.array(z.uuid()).min(1).max(50) });
export type BulkClaimBody = z.infer<typeof bulkClaimSchema>;

/** What became of each review of a bulk claim, in the order in which they were named. */
export const bulkClaimReplySchema = z.strictObject({
  results: z.array(
    z.discriminatedUnion('outcome', [
      z.strictObject({ reviewId: z.uuid(), outcome: z.literal('claimed'), claim: claimViewSchema.nullable() }),
      z.strictObject({
        reviewId: z.uuid(),
        outcome: z.literal('refused'),
        code: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ]),
  ),
});
export type BulkClaimReply = z.infer<typeof bulkClaimReplySchema>;
