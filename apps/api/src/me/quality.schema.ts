import { z } from 'zod';
import { processName } from '../admin/rollouts.schema';

/** GET /api/me/quality. Three periods and no other: the difference of two that lie close would show a single person. */
export const qualityQuery = z.strictObject({
  process: processName.optional(),
  days: z.enum(['7', '30', '90']).default('30'),
});
export type QualityQuery = z.infer<typeof qualityQuery>;

const figures = {
  /** Signed beside a draft that was shown. */
  signed: z.int(),
  /** Of these the draft exactly as it was, 0 to 1; null where nothing was signed. */
  unchangedRate: z.number().nullable(),
  /** From the draft's coming to the signature. */
  medianSeconds: z.number().nullable(),
  /** Signed less than a second after it was shown, or after the person's last signature. */
  hasty: z.int(),
};

/** How a person signs beside drafts, for that person only; and how everybody on their wards does, never anybody else. */
export const qualitySchema = z.strictObject({
  process: z.string().nullable(),
  days: z.int(),
  from: z.iso.datetime(),
  own: z.strictObject(figures),
  /** Of one process up to the end of yesterday; null where fewer than five others signed in that time. */
  unit: z.strictObject({ ...figures, until: z.iso.datetime() }).nullable(),
});
export type Quality = z.infer<typeof qualitySchema>;
