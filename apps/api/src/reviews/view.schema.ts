import { z } from 'zod';
import { roles } from '#libs/auth/roles';
import { suspicions } from '#libs/llm/suspicion';
import { decisionActions, reviewEvents } from '#libs/review/gate';
import { noteOutcomes } from '#libs/review/notes';
import { reviewStates } from '#libs/review/review';
import { claimViewSchema } from './standing';

const time = z.iso.datetime();
const sha256 = z.string();

/** What a person can do with a review. */
export const operations = [
  ...decisionActions,
  ...reviewEvents,
  'judge',
  'claim',
  'release',
  'reassign',
  'second-signature',
  'decline',
  'withdraw-signature',
] as const;
export type Operation = (typeof operations)[number];

/** The gate as a screen needs it: what it asks for, and what this person may do now. */
const gateViewSchema = z.strictObject({
  mode: z.enum(['independent_first', 'evidence_first', 'rules_only']),
  actions: z.array(z.enum(decisionActions)),
  reasonCodes: z.array(z.string()),
  reviewers: z.array(z.enum(roles)),
  secondSigners: z.array(z.enum(roles)).nullable(),
  stepUp: z.boolean(),
  leaseSeconds: z.number(),
});

/** Whom the review is about. */
const patientViewSchema = z.strictObject({
  patientId: z.uuid(),
  name: z.string(),
  sex: z.enum(['female', 'male', 'other', 'unknown']),
  birthDate: z.string().nullable(),
  ageDays: z.int().nullable(),
  ageEstimated: z.boolean(),
  unidentified: z.boolean(),
  identifiers: z.array(z.strictObject({ authority: z.string(), type: z.string(), value: z.string() })),
});

/** A fact of the case; `overtakes` says why it overtook what was shown before it came. */
const factViewSchema = z.strictObject({
  factId: z.uuid(),
  kind: z.string(),
  source: z.string(),
  content: z.unknown(),
  effectiveAt: time,
  recordedAt: time,
  recordedBy: z.string().nullable(),
  overtakes: z.string().nullable(),
});

/** The draft with its label; `offered`: it came late and lies beside the manual form. */
const draftViewSchema = z.strictObject({
  version: z.int(),
  sha256,
  content: z.unknown(),
  approvable: z.boolean(),
  /** What approving it would sign; null where it cannot be approved. */
  proposes: z.unknown(),
  createdAt: time,
  offered: z.boolean(),
  basedOnFact: z.uuid(),
  redraftRound: z.int(),
  /** How it differs from the version before; `collateral`: in what although no note asked for it. */
  changedSince: z
    .strictObject({ version: z.int(), fields: z.array(z.string()), collateral: z.array(z.string()) })
    .nullable(),
  model: z.string().nullable(),
  promptId: z.string().nullable(),
  promptVersion: z.number().nullable(),
  rehearsal: z.boolean(),
  /** Why what the model was given looks as if it were written to steer it: for the reviewer to read with care. */
  suspicions: z.array(z.enum(suspicions)),
});

/** A note with who asked for it, on which version (0: none yet), and what became of it in each version since. */
const noteViewSchema = z.strictObject({
  id: z.int(),
  text: z.string(),
  field: z.string().nullable(),
  onVersion: z.int(),
  by: z.string().nullable(),
  at: time,
  outcomes: z.array(z.strictObject({ version: z.int(), outcome: z.enum(noteOutcomes), changed: z.boolean() })),
});

const signatureViewSchema = z.strictObject({
  signatureId: z.uuid(),
  sequence: z.int(),
  action: z.enum(decisionActions),
  meaning: z.string(),
  name: z.string(),
  role: z.string(),
  licenceNo: z.string().nullable(),
  signedAt: time,
  reasonCode: z.string().nullable(),
  reasonText: z.string().nullable(),
  contentSha256: sha256,
  content: z.unknown(),
});

const eventViewSchema = z.strictObject({
  kind: z.string(),
  at: time,
  by: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  note: z.string().nullable(),
});

/** GET /api/reviews/:id: everything a reviewer needs; `viewSha256` is the digest of all the rest. */
export const reviewViewSchema = z.strictObject({
  reviewId: z.uuid(),
  caseId: z.uuid(),
  wardId: z.uuid(),
  process: z.string(),
  step: z.string(),
  round: z.int(),
  state: z.enum(reviewStates),
  version: z.int(),
  openedAt: time,
  dueAt: time,
  manualAt: time,
  deferredUntil: time.nullable(),
  floor: z.string().nullable(),
  gate: gateViewSchema,
  actingAs: z.enum(roles).nullable(),
  allowed: z.array(z.enum(operations)),
  claim: claimViewSchema.nullable(),
  patient: patientViewSchema,
  facts: z.array(factViewSchema),
  rules: z.unknown(),
  questions: z.array(z.unknown()),
  /** Facts that overtook the draft; signing it needs them acknowledged. */
  staleFacts: z.array(z.uuid()),
  /** Facts that are newer than the draft and changed nothing that a signature rests on; signing needs nothing of them. */
  newerFacts: z.array(z.uuid()),
  judgement: z.strictObject({ at: time, content: z.unknown() }).nullable(),
  mode: z.enum(['waiting-for-draft', 'draft', 'manual']),
  rollout: z.enum(['off', 'shadow', 'draft']),
  draft: draftViewSchema.nullable(),
  draftFailedCode: z.string().nullable(),
  redraft: z.strictObject({
    round: z.int(),
    pending: z.boolean(),
    /** The fields that a note may be about. */
    fields: z.array(z.string()),
    notes: z.array(noteViewSchema),
  }),
  signatures: z.array(signatureViewSchema),
  decision: z
    .strictObject({
      decisionId: z.uuid(),
      action: z.enum(decisionActions),
      decidedAt: time,
      committedAt: time.nullable(),
    })
    .nullable(),
  events: z.array(eventViewSchema),
  amendmentVersion: z.int(),
  viewSha256: sha256,
});
export type ReviewView = z.infer<typeof reviewViewSchema>;
