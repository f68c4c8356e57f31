import { z } from 'zod';
import { triageStates } from '#libs/processes/triage/triage.moves';

/** What about a patient fitted, the surest first. */
export const matchKinds = [
  'ticket',
  'identifier',
  'visit-number',
  'name',
  'name-initials',
  'name-pinyin',
  'complaint',
  'complaint-initials',
  'complaint-pinyin',
] as const;
export type MatchKind = (typeof matchKinds)[number];

/** POST /api/triage/search; in a body, since what is searched for names a patient. */
export const searchSchema = z.strictObject({
  q: z.string().trim().min(1).max(60),
  wardId: z.uuid().optional(),
  limit: z.int().min(1).max(20).default(10),
});
export type SearchBody = z.infer<typeof searchSchema>;

/** The patients at the desks who fit, best first. `found` counts all that fit, `searched` all that were looked at. */
export const searchAnswerSchema = z.strictObject({
  found: z.int(),
  searched: z.int(),
  /** More patients are at the desks than one search opens: the newest arrivals were. */
  truncated: z.boolean(),
  items: z.array(
    z.strictObject({
      caseId: z.uuid(),
      wardId: z.uuid(),
      ticketNo: z.int(),
      state: z.enum(triageStates),
      room: z.string().nullable(),
      level: z.string().nullable(),
      arrivedAt: z.iso.datetime(),
      patient: z.strictObject({
        name: z.string(),
        unidentified: z.boolean(),
        sex: z.string(),
        age: z.strictObject({ zh: z.string(), en: z.string() }),
        ageEstimated: z.boolean(),
      }),
      complaint: z.string().nullable(),
      matched: z.array(z.enum(matchKinds)),
    }),
  ),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
