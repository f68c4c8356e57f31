import { z } from 'zod';
import { reviewStates } from '#libs/review/review';
import { pageQuery, pageSchema } from '../http/cursor';
import { claimViewSchema } from './standing';

const yes = z.literal('true').optional();

/** GET /api/reviews: without `state`, what waits for a person; deferred reviews only when asked for, and then nothing else. */
export const worklistQuery = pageQuery.extend({
  state: z.enum(reviewStates).optional(),
  process: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z-]*$/)
    .optional(),
  mine: yes,
  unassigned: yes,
  overdue: yes,
  deferred: yes,
});
export type WorklistQuery = z.infer<typeof worklistQuery>;

/** A review on the list: whom it is about and how it stands, nothing of its content. */
export const worklistItemSchema = z.strictObject({
  reviewId: z.uuid(),
  caseId: z.uuid(),
  wardId: z.uuid(),
  process: z.string(),
  step: z.string(),
  round: z.int(),
  state: z.enum(reviewStates),
  version: z.int(),
  floor: z.string().nullable(),
  openedAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  overdue: z.boolean(),
  deferredUntil: z.iso.datetime().nullable(),
  claim: claimViewSchema.nullable(),
  draft: z.enum(['none', 'ready', 'failed']),
  patient: z.strictObject({
    patientId: z.uuid(),
    name: z.string(),
    sex: z.string(),
    ageDays: z.int().nullable(),
    ageEstimated: z.boolean(),
    unidentified: z.boolean(),
  }),
});
export type WorklistItem = z.infer<typeof worklistItemSchema>;

/** A page of the list. */
export const worklistPage = pageSchema(worklistItemSchema);
