import { z } from 'zod';
import { decisionActions } from '#libs/review/gate';
import { levels } from '#libs/processes/triage/triage.level';
import { pair } from './agreement.schema';
import { rolloutSchema } from './rollouts.schema';

const levelRow = z.strictObject({
  /** Null: not assessed yet. */
  level: z.enum(levels).nullable(),
  waiting: z.int(),
  called: z.int(),
  /** Of both, how many stand on the rules alone until somebody signs. */
  provisional: z.int(),
  overLimit: z.int(),
  breachesToday: z.int(),
});

const gateRow = z.strictObject({
  process: z.string(),
  step: z.string(),
  waiting: z.int(),
  awaitingSecond: z.int(),
  deferred: z.int(),
  overdue: z.int(),
  oldestOpenedAt: z.iso.datetime().nullable(),
});

const processRow = z.strictObject({
  process: z.string(),
  decisions: z.record(z.enum(decisionActions), z.int()),
  drafts: z.strictObject({
    shown: z.int(),
    stored: z.int(),
    failed: z.array(z.strictObject({ code: z.string(), n: z.int() })),
  }),
  rollout: rolloutSchema,
  automation: z.strictObject({
    decided: z.int(),
    /** Signed as drafted. */
    unchanged: z.int(),
    /** 0 to 1; null where nobody's own judgement can be set beside a draft: a rate is never told without agreement. */
    rate: z.number().nullable(),
    agreement: z.strictObject({ ownAndDraft: pair, draftAndSigned: pair }),
    truncated: z.boolean(),
  }),
});

/** GET /api/admin/today: counts of the hospital's day on the wards within reach; nothing of a patient. */
export const todaySchema = z.strictObject({
  at: z.iso.datetime(),
  day: z.iso.date(),
  queue: z.strictObject({
    levels: z.array(levelRow),
    seenToday: z.int(),
    /** Of whoever was seen, seconds. */
    averageWaitSeconds: z.int().nullable(),
    /** Of today's arrivals, over or still going on. */
    longestWaitSeconds: z.int().nullable(),
    breachesToday: z.int(),
  }),
  reviews: z.array(gateRow),
  processes: z.array(processRow),
});
export type Today = z.infer<typeof todaySchema>;
