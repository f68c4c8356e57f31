import { z } from 'zod';
import { levels } from '#libs/processes/triage/triage.level';
import { prehospitalReportSchema } from '#libs/processes/triage/triage.pre-notice';
import { evaluationSchema } from './case-view.schema';
import { registrationSchema, patientSchema } from './triage.schema';

const line = (max: number) => z.string().trim().min(1).max(max);
const at = z.iso.datetime({ offset: true });

/** Who announces: a service or a person at the phone, how to reach them, in which vehicle the patient comes. */
export const announcerSchema = z.strictObject({
  service: line(100),
  contact: line(100).optional(),
  vehicle: line(60).optional(),
});

/** POST /api/triage/pre-notices: somebody is on the way to a desk. */
export const preNoticeSchema = z.strictObject({
  wardId: z.uuid(),
  expectedAt: at,
  announcer: announcerSchema,
  report: prehospitalReportSchema,
});
export type PreNoticeBody = z.infer<typeof preNoticeSchema>;

/** POST /api/triage/pre-notices/:id/corrections: another time, or what is found by now; earlier reports are kept. */
export const correctionSchema = z
  .strictObject({ expectedAt: at.optional(), report: prehospitalReportSchema.optional() })
  .refine(({ expectedAt, report }) => expectedAt !== undefined || report !== undefined, { message: 'says nothing' });
export type CorrectionBody = z.infer<typeof correctionSchema>;

/** POST /api/triage/pre-notices/:id/endings: nobody comes, and why. */
export const endingSchema = z.strictObject({ outcome: z.enum(['cancelled', 'not-arrived']), reason: line(500) });
export type EndingBody = z.infer<typeof endingSchema>;

/** POST /api/triage/pre-notices/:id/arrivals: a registration at the desk that was told; without a patient an unidentified one. */
export const arrivalSchema = registrationSchema
  .omit({ wardId: true, arrivalMode: true, corrects: true })
  .extend({ patient: patientSchema.optional() });
export type ArrivalBody = z.infer<typeof arrivalSchema>;

/** GET /api/triage/pre-notices */
export const preNoticesQuery = z.strictObject({ wardId: z.uuid().optional() });
export type PreNoticesQuery = z.infer<typeof preNoticesQuery>;

const level = z.enum(levels).nullable();
const place = {
  preNoticeId: z.uuid(),
  version: z.int(),
  wardId: z.uuid(),
  state: z.enum(['expected', 'arrived', 'cancelled', 'not-arrived']),
  expectedAt: z.iso.datetime(),
  /** By the rules, over what others found before arrival: it binds nobody before the patient is here. */
  provisionalFloor: level,
};

/** What a change of a pre-notice answers; `version` for the next one. */
export const preNoticeAnswerSchema = z.strictObject(place);
export type PreNoticeAnswer = z.infer<typeof preNoticeAnswerSchema>;

/** A pre-notice with its countdown. */
export const preNoticeViewSchema = z.strictObject({
  ...place,
  /** Until the expected arrival; below zero once it is overdue. Zero when it ended. */
  secondsLeft: z.int(),
  overdue: z.boolean(),
  announcer: announcerSchema,
  announcedAt: z.iso.datetime(),
  recordedBy: z.string(),
  age: z.strictObject({ zh: z.string(), en: z.string() }),
  /** What was told, oldest first: when, and who took it down. */
  reports: z.array(z.strictObject({ at: z.iso.datetime(), by: z.string(), report: prehospitalReportSchema })),
  /** What the rules say of the latest report. */
  evaluation: evaluationSchema,
  caseId: z.uuid().nullable(),
  endedAt: z.iso.datetime().nullable(),
  endedBy: z.string().nullable(),
  reason: z.string().nullable(),
});
export type PreNoticeView = z.infer<typeof preNoticeViewSchema>;

/** GET /api/triage/pre-notices: who is expected, the soonest first. */
export const preNoticeListSchema = z.strictObject({ at: z.iso.datetime(), items: z.array(preNoticeViewSchema) });
export type PreNoticeList = z.infer<typeof preNoticeListSchema>;
