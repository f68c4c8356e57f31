import { z } from 'zod';
import { precautions, screeningAnswers } from '#libs/packs/pack.types';
import { levels } from '#libs/processes/triage/triage.level';
import { triageMoves, triageStates } from '#libs/processes/triage/triage.moves';

const at = z.iso.datetime();
const maybe = at.nullable();
const level = z.enum(levels);
const text = z.strictObject({ zh: z.string(), en: z.string() });

/** The clocks of a patient, in seconds as they pass here. */
export const timingFields = {
  waitedSeconds: z.number(),
  limitSeconds: z.number().nullable(),
  breachRatio: z.number().nullable(),
  overLimit: z.boolean(),
  reassessAt: maybe,
  reassessOverdue: z.boolean(),
  staleVitals: z.boolean(),
};

/** What the rules say of an assessment: floor, findings with texts and counterfactuals, what is missing. */
export const evaluationSchema = z.looseObject({
  floor: level.nullable(),
  incomplete: z.boolean(),
  provisional: z.boolean(),
  proposedLevel: level.nullable(),
  missing: z.array(z.string()).readonly(),
  specialGroup: z.boolean(),
});

/** What the infection screening says: precautions, and the questions that nobody has asked. */
export const infectionSchema = z.strictObject({
  precautions: z
    .array(
      text.extend({
        id: z.enum(precautions),
        holds: z.boolean(),
        /** The rules that call for it now. */
        rules: z.array(z.string()).readonly(),
        /** A person's word above the rules. */
        override: z.enum(['raised', 'lifted']).nullable(),
      }),
    )
    .readonly(),
  notAsked: z.array(text.extend({ id: z.enum(screeningAnswers) })).readonly(),
  pack: z.strictObject({ id: z.string(), version: z.string() }),
});

const patient = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  name: z.string(),
  unidentified: z.boolean(),
  sex: z.enum(['female', 'male', 'other', 'unknown']),
  birthDate: z.string().nullable(),
  ageDays: z.int().nullable(),
  ageEstimated: z.boolean(),
  age: text,
  phone: z.string().nullable(),
  address: z.string().nullable(),
  identifiers: z.array(z.strictObject({ authority: z.string(), type: z.string(), value: z.string() })),
  linkedFrom: z.uuid().nullable(),
});

const fact = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  source: z.string(),
  content: z.unknown(),
  effectiveAt: at,
  recordedAt: at,
  recordedBy: z.string(),
});

const move = z.strictObject({
  id: z.uuid(),
  move: z.string(),
  from: z.string(),
  to: z.string(),
  at,
  by: z.string(),
  undoes: z.uuid().nullable(),
  reason: z.string().nullable(),
  undone: z.boolean(),
});

const decision = z.strictObject({
  id: z.uuid(),
  action: z.string(),
  decidedAt: at,
  by: z.string(),
  role: z.string(),
  secondBy: z.string().nullable(),
  secondRole: z.string().nullable(),
  reasonCode: z.string().nullable(),
  content: z.unknown(),
});

const review = z.strictObject({
  id: z.uuid(),
  step: z.string(),
  round: z.int(),
  state: z.string(),
  version: z.int(),
  floor: z.string().nullable(),
  openedAt: at,
  dueAt: at,
  claimedBy: z.string().nullable(),
  withdrawnAt: maybe,
  withdrawnReason: z.string().nullable(),
  decision: decision.nullable(),
});

const task = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  dueAt: at,
  doneAt: maybe,
  doneBy: z.string().nullable(),
  cancelledAt: maybe,
});

const notice = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  audience: z.string(),
  data: z.record(z.string(), z.unknown()),
  createdAt: at,
  acknowledgedAt: maybe,
  acknowledgedBy: z.string().nullable(),
});

/** GET /api/triage/cases/:id; `version` is the case's (for moves), `patient.version` the patient's (for corrections). */
export const caseViewSchema = z.strictObject({
  caseId: z.uuid(),
  version: z.int(),
  wardId: z.uuid(),
  state: z.enum(triageStates),
  /** What may follow. */
  moves: z.array(z.enum(triageMoves)),
  openedAt: at,
  openedBy: z.string(),
  endedAt: maybe,
  ticketNo: z.int(),
  ticketDay: z.string(),
  room: z.string().nullable(),
  straightToResus: z.boolean(),
  floor: z.string().nullable(),
  level: z.string().nullable(),
  decidedLevel: z.string().nullable(),
  provisional: z.boolean(),
  disposition: z.string().nullable(),
  dispositionAt: maybe,
  /** What became of the admission this case left for the bed desk. */
  admission: z.string().nullable(),
  arrivedAt: at,
  clockStartedAt: maybe,
  seenAt: maybe,
  ...timingFields,
  earlyWarning: z.strictObject({ points: z.int(), incomplete: z.boolean(), redScore: z.boolean() }),
  specialGroup: z.boolean(),
  patient,
  visit: z.strictObject({ id: z.uuid(), number: z.string().nullable(), arrivedAt: at }),
  facts: z.array(fact),
  /** The moves so far, oldest first. */
  history: z.array(move),
  reviews: z.array(review),
  tasks: z.array(task),
  notices: z.array(notice),
  evaluation: evaluationSchema.extend({ factId: z.uuid() }).nullable(),
  infection: infectionSchema,
  questions: z.array(z.looseObject({ id: z.string(), because: z.string(), zh: z.string(), en: z.string() })),
  undo: z.strictObject({ moveId: z.uuid(), move: z.string(), until: at }).nullable(),
  links: z.strictObject({
    corrects: z.uuid().nullable(),
    correctionReason: z.string().nullable(),
    correctedBy: z.uuid().nullable(),
    /** The pre-notice by which the patient was announced. */
    preNotice: z.uuid().nullable(),
  }),
});
export type CaseView = z.infer<typeof caseViewSchema>;
