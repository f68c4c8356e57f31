import { z } from 'zod';
import { assessmentSchema } from '#libs/processes/triage/triage.assessment';
import { screeningAnswersSchema } from '#libs/processes/triage/triage.screening';
import { levels } from '#libs/processes/triage/triage.level';
import { closingDispositions, queueStates } from '#libs/processes/triage/triage.moves';
import { pageQuery } from '../http/cursor';

const line = (max: number) => z.string().trim().min(1).max(max);
const sex = z.enum(['female', 'male', 'other', 'unknown']);
const years = z.number().min(0).max(130);

const identifierSchema = z.strictObject({ authority: line(60), type: line(20), value: line(60) });
const identifiers = z.array(identifierSchema).max(20);

const patientFields = {
  name: line(100).optional(),
  unidentified: z.boolean().default(false),
  sex: sex.default('unknown'),
  birthDate: z.iso.date().optional(),
  estimatedAgeYears: years.optional(),
  phone: z.string().max(40).optional(),
  address: z.string().max(300).optional(),
  identifiers: identifiers.default([]),
};

/** Who the patient is, as far as known: a name, or `unidentified`; a birth date, or an age (in years, marked estimated). */
export const patientSchema = z
  .strictObject(patientFields)
  .refine((patient) => patient.unidentified || patient.name !== undefined, { path: ['name'], message: 'needs a name' });
export type PatientBody = z.infer<typeof patientSchema>;

/** An assessment as it is sent; `retriage` asks for a new level even where no rule raises it. */
export const assessmentBodySchema = assessmentSchema.extend({ retriage: z.boolean().default(false) });
export type AssessmentBody = z.infer<typeof assessmentBodySchema>;

/** Why a case corrects another one. */
export const correctionReasons = ['wrong-patient', 'ended-wrongly', 'duplicate', 'other'] as const;

/** POST /api/triage/cases: a patient arrives at a desk; the first assessment may come with it. */
export const registrationSchema = z.strictObject({
  wardId: z.uuid(),
  patient: patientSchema,
  visitNumber: line(60).optional(),
  arrivedAt: z.iso.datetime({ offset: true }).optional(),
  arrivalMode: z.enum(['walk-in', 'ambulance', 'transfer', 'police', 'other']).optional(),
  assessment: assessmentBodySchema.optional(),
  /** What the infection screening was answered before anybody assessed. */
  screening: screeningAnswersSchema.optional(),
  /** One action before any form: the patient stands at level I, in the resuscitation room, and is signed afterwards. */
  straightToResus: z.boolean().default(false),
  /** The case this one corrects (opened for the wrong patient, ended wrongly), and why; one still open is cancelled. */
  corrects: z
    .strictObject({ caseId: z.uuid(), reason: z.enum(correctionReasons), note: line(500).optional() })
    .optional(),
});
export type RegistrationBody = z.infer<typeof registrationSchema>;

/** POST /api/triage/resus: everything but the desk may be left for later. */
export const resusSchema = z.strictObject({
  wardId: z.uuid(),
  patient: z.strictObject({ ...patientFields, unidentified: z.boolean().optional() }).optional(),
});
export type ResusBody = z.infer<typeof resusSchema>;

const why = { reason: line(500).optional() };

/** POST /api/triage/cases/:id/moves; If-Match carries the version of the case that was shown. */
export const moveSchema = z.discriminatedUnion('move', [
  z.strictObject({ move: z.literal('call'), room: line(40), ...why }),
  z.strictObject({ move: z.literal('return'), ...why }),
  z.strictObject({ move: z.literal('see'), ...why }),
  z.strictObject({ move: z.literal('close'), disposition: z.enum(closingDispositions), ...why }),
  z.strictObject({ move: z.literal('leave'), ...why }),
  z.strictObject({ move: z.literal('cancel'), reason: line(500) }),
]);
export type MoveBody = z.infer<typeof moveSchema>;

/** POST /api/triage/cases/:id/moves/undo */
export const undoSchema = z.strictObject(why);
export type UndoBody = z.infer<typeof undoSchema>;

/** PATCH /api/triage/cases/:id/patient: what is known now; what is left out stays, null deletes, numbers are added. */
export const patientPatchSchema = z
  .strictObject({
    name: line(100).optional(),
    sex: sex.optional(),
    birthDate: z.iso.date().nullable().optional(),
    estimatedAgeYears: years.nullable().optional(),
    phone: z.string().max(40).nullable().optional(),
    address: z.string().max(300).nullable().optional(),
    identifiers: identifiers.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, { message: 'says nothing' })
  .refine(({ birthDate, estimatedAgeYears }) => !birthDate || estimatedAgeYears === undefined, {
    path: ['estimatedAgeYears'],
    message: 'the birth date says the age',
  });
export type PatientPatch = z.infer<typeof patientPatchSchema>;

const listOf = <const T extends readonly string[]>(values: T) =>
  z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)));

/** GET /api/triage/downtime-list: one ward on paper. */
export const downtimeQuerySchema = z.strictObject({ wardId: z.uuid() });
export type DowntimeQuery = z.infer<typeof downtimeQuerySchema>;

/** GET /api/triage/queue; `state` and `level` may name several, with commas. Without `limit` nobody is left out. */
export const queueQuerySchema = z.strictObject({
  wardId: z.uuid().optional(),
  state: listOf([...queueStates, 'seen']).optional(),
  level: listOf(levels).optional(),
  /** For a screen that others see: names are masked, complaints left out. */
  masked: z.enum(['true', 'false']).default('false'),
  limit: pageQuery.shape.limit.unwrap().optional(),
  cursor: pageQuery.shape.cursor,
});
export type QueueQuery = z.infer<typeof queueQuerySchema>;
