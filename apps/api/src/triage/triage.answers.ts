import { z } from 'zod';
import { levels } from '#libs/processes/triage/triage.level';
import { triageMoves, triageStates } from '#libs/processes/triage/triage.moves';
import { evaluationSchema, infectionSchema, timingFields } from './case-view.schema';

const level = z.enum(levels).nullable();
const state = z.enum(triageStates);
const nullableText = z.string().nullable();
const version = z.int();

/** What an assessment did: the floor of the rules, where the patient stands, the review that waits. */
export const assessmentAnswerSchema = z.strictObject({
  caseId: z.uuid(),
  version,
  factId: z.uuid(),
  floor: level,
  level,
  reviewId: z.uuid().nullable(),
  evaluation: evaluationSchema,
});

/** What a registration made. */
export const registrationAnswerSchema = z.strictObject({
  caseId: z.uuid(),
  version,
  patientId: z.uuid(),
  ticketNo: z.int(),
  state,
  room: nullableText,
  assessment: assessmentAnswerSchema.nullable(),
});

/** Where a move or its undo left the case; `reviewId`: the round that an undone end opened. */
export const moveAnswerSchema = z.strictObject({
  caseId: z.uuid(),
  version,
  state,
  room: nullableText,
  disposition: nullableText,
  moveId: z.uuid(),
  reviewId: z.uuid().nullable(),
  moves: z.array(z.enum(triageMoves)),
});

/** What is known of the patient now; `version` is the patient's. */
export const patientAnswerSchema = z.strictObject({
  caseId: z.uuid(),
  patientId: z.uuid(),
  version,
  unidentified: z.boolean(),
  ageDays: z.int().nullable(),
  ageEstimated: z.boolean(),
  placed: z.strictObject({ level, reviewId: z.uuid().nullable() }).nullable(),
});

/** Where the precautions of a case stand. */
export const precautionAnswerSchema = z.strictObject({ caseId: z.uuid(), infection: infectionSchema });

const queueRow = z.strictObject({
  caseId: z.uuid(),
  version,
  wardId: z.uuid(),
  ticketNo: z.int(),
  state,
  room: nullableText,
  moves: z.array(z.enum(triageMoves)),
  patient: z.strictObject({
    name: z.string(),
    unidentified: z.boolean(),
    sex: z.string(),
    age: z.strictObject({ zh: z.string(), en: z.string() }),
    ageEstimated: z.boolean(),
  }),
  complaint: nullableText,
  level: nullableText,
  provisional: z.boolean(),
  floor: nullableText,
  straightToResus: z.boolean(),
  earlyWarning: z.strictObject({ points: z.int(), incomplete: z.boolean(), redScore: z.boolean() }),
  specialGroup: z.boolean(),
  flags: z.array(z.string()),
  infection: infectionSchema.nullable(),
  allergies: z.array(z.string()).nullable(),
  prehospital: z.boolean(),
  arrivedAt: z.iso.datetime(),
  ...timingFields,
  review: z.strictObject({ id: z.uuid(), state: z.string(), version, claimedBy: nullableText }).nullable(),
});

/** GET /api/triage/queue */
export const queueAnswerSchema = z.strictObject({
  at: z.iso.datetime(),
  metrics: z.strictObject({
    waiting: z.int(),
    seenToday: z.int(),
    averageWaitTodaySeconds: z.number().nullable(),
    longestWaitSeconds: z.number().nullable(),
    overLimit: z.int(),
    byLevel: z.record(z.enum([...levels, 'none']), z.int()),
  }),
  rows: z.array(queueRow),
  next: z.string().nullable(),
});

/** GET /api/notices */
export const noticesAnswerSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.uuid(),
      kind: z.string(),
      audience: z.string(),
      wardId: z.uuid().nullable(),
      caseId: z.uuid().nullable(),
      reviewId: z.uuid().nullable(),
      ticketNo: z.int().nullable(),
      data: z.record(z.string(), z.unknown()),
      createdAt: z.iso.datetime(),
    }),
  ),
});

/** POST /api/notices/:id/acknowledge: who was first, and when. */
export const acknowledgedSchema = z.strictObject({
  id: z.uuid(),
  acknowledgedAt: z.iso.datetime(),
  acknowledgedBy: z.string(),
});

/** GET /api/tasks */
export const tasksAnswerSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.uuid(),
      kind: z.string(),
      caseId: z.uuid(),
      wardId: z.uuid(),
      ticketNo: z.int(),
      room: nullableText,
      level: nullableText,
      dueAt: z.iso.datetime(),
      overdue: z.boolean(),
    }),
  ),
});
