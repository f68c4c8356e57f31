import { z } from 'zod';

/** GET /api/admin/agreement/:process */
export const agreementQuery = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type AgreementQuery = z.infer<typeof agreementQuery>;

/** How often the first value of a pair was the second one, more urgent, or less urgent. */
export const pair = z.strictObject({ n: z.int(), same: z.int(), moreUrgent: z.int(), lessUrgent: z.int() });

/** How often people, rules and model agreed, by rule pack, prompt, model and whether the draft was offered. */
export const agreementSchema = z.strictObject({
  process: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  reviews: z.int(),
  /** The period held more than could be counted: the first ones were. */
  truncated: z.boolean(),
  rows: z.array(
    z.strictObject({
      levelPack: z.strictObject({ id: z.string(), version: z.string() }).nullable(),
      promptId: z.string().nullable(),
      promptVersion: z.number().nullable(),
      model: z.string().nullable(),
      shown: z.boolean().nullable(),
      reviews: z.int(),
      /** Signed less than a second after it was shown, or after the person's last signature. */
      hasty: z.int(),
      pairs: z.strictObject({ ownAndDraft: pair, draftAndSigned: pair, ownAndSigned: pair, floorAndSigned: pair }),
    }),
  ),
});
