import { z } from 'zod';
import { indicatorIds } from '#libs/packs/cn-indicators-2018';

/** Text a database and RFC 8785 can carry unchanged: no NUL, no half of a surrogate pair. Nothing is trimmed. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (value) => !value.includes('\0') && !/\p{Surrogate}/u.test(value),
      'contains characters that cannot be stored',
    );

/** Vital signs and scores, each as read; the limits only refuse what no living or dead body shows. */
export const vitalsSchema = z.strictObject({
  respiratoryRate: z.int().min(0).max(150).optional(),
  spo2: z.int().min(0).max(100).optional(),
  onOxygen: z.boolean().optional(),
  systolic: z.int().min(0).max(350).optional(),
  diastolic: z.int().min(0).max(300).optional(),
  pulse: z.int().min(0).max(350).optional(),
  temperature: z.number().min(20).max(46).optional(),
  consciousness: z.enum(['A', 'C', 'V', 'P', 'U']).optional(),
  gcs: z.int().min(3).max(15).optional(),
  painScore: z.int().min(0).max(10).optional(),
  painTool: z.enum(['nrs', 'vas', 'verbal', 'faces']).optional(),
  flacc: z.int().min(0).max(10).optional(),
  glucose: z.number().min(0).max(150).optional(),
  potassium: z.number().min(0.5).max(15).optional(),
});

/** What a person saw, heard or was told; absent means not recorded, never "no". */
export const flagsSchema = z.strictObject({
  /** Documented hypercapnic failure and a prescribed 88-92 % target: set by a clinician, switches NEWS2 to scale 2. */
  hypercapnicTarget: z.boolean().optional(),
  noDyspnoea: z.boolean().optional(),
  pregnant: z.boolean().optional(),
  /** How the injury came about is itself dangerous (a high fall, an ejection), whatever the vital signs say. */
  traumaMechanism: z.boolean().optional(),
  indicators: z
    .array(z.enum(indicatorIds))
    .max(indicatorIds.length)
    .refine((ids) => new Set(ids).size === ids.length, 'an indicator stands twice')
    .optional(),
  infectionSuspected: z.boolean().optional(),
  recentFever: z.boolean().optional(),
  respiratorySymptoms: z.boolean().optional(),
  rash: z.boolean().optional(),
  diarrhoea: z.boolean().optional(),
  /** The epidemiological history: infectious contact, travel or a cluster in the last 14 days. */
  feverContact: z.boolean().optional(),
  resistantOrganism: z.boolean().optional(),
  nurseConcern: z.boolean().optional(),
  familyConcern: z.boolean().optional(),
  disabled: z.boolean().optional(),
  immunosuppressed: z.boolean().optional(),
});

/** One assessment of one patient at one time (units: /min, %, mmHg, °C, mmol/L). An empty complaint means none was given. */
export const assessmentSchema = z.strictObject({
  complaint: text(2000),
  vitals: vitalsSchema.default({}),
  flags: flagsSchema.default({}),
  /** As told; an empty list: none is known. Absent: nobody asked. */
  allergies: z.array(text(100).min(1)).max(20).optional(),
  measuredAt: z.iso.datetime({ offset: true }),
});

/** The facts of the patient that rules read; age in completed days, absent when nobody knows or estimates it. */
export const patientFactsSchema = z.strictObject({
  ageDays: z.int().min(0).max(54_750).optional(),
  ageEstimated: z.boolean(),
  sex: z.enum(['female', 'male', 'other', 'unknown']),
});

/** Everything the rules read. */
export const triageInputSchema = z.strictObject({ assessment: assessmentSchema, patient: patientFactsSchema });

/** {@link vitalsSchema} as a type. */
export type Vitals = z.infer<typeof vitalsSchema>;
/** {@link flagsSchema} as a type. */
export type AssessmentFlags = z.infer<typeof flagsSchema>;
/** {@link assessmentSchema} as a type. */
export type Assessment = z.infer<typeof assessmentSchema>;
/** {@link patientFactsSchema} as a type. */
export type PatientFacts = z.infer<typeof patientFactsSchema>;
/** {@link triageInputSchema} as a type. */
export type TriageInput = z.infer<typeof triageInputSchema>;

/**
 * The patient as last described: the newest assessment that says what they complain of, with what was measured and seen
 * since. A monitor sends vital signs alone; they replace older values and never what a person wrote. Oldest first, not empty.
 */
export const standingAssessment = (assessments: readonly [Assessment, ...Assessment[]]): Assessment => {
  const described = assessments.findLast(({ complaint }) => complaint.trim() !== '') ?? assessments[0];
  const since = assessments.slice(assessments.indexOf(described));
  const byTime = since.toSorted((a, b) => Date.parse(a.measuredAt) - Date.parse(b.measuredAt));
  return {
    complaint: described.complaint,
    vitals: Object.assign({}, ...byTime.map(({ vitals }) => vitals)) as Vitals,
    flags: Object.assign({}, ...byTime.map(({ flags }) => flags)) as AssessmentFlags,
    measuredAt: byTime.at(-1)?.measuredAt ?? described.measuredAt,
  };
};
