import { z } from 'zod';
import { type Approved } from '#libs/review/approved';
import { type ReviewWindow } from '#libs/review/review.activities.contract';
import { mostNotes } from '#libs/review/notes';
import { type GateContract } from '../process.contract';
import { acuityAgreement } from './triage.agreement';
import { acuityGate } from './triage.gate';
import { isBelowFloor, levels, type Level } from './triage.level';

const level = z.enum(levels);
const noteNumbers = z.array(z.int().min(1).max(mostNotes)).max(mostNotes);
const line = (max: number) => z.string().trim().min(1).max(max);

/** What a nurse signs: the level, where the patient goes, and a note. */
export const acuityContentSchema = z.strictObject({
  level,
  department: line(60).nullable(),
  note: z.string().max(2000).default(''),
});
export type AcuityContent = z.infer<typeof acuityContentSchema>;

/** A nurse's own level, stored before the draft is revealed. */
export const acuityJudgementSchema = z.strictObject({ level, note: z.string().max(2000).default('') });
export type AcuityJudgement = z.infer<typeof acuityJudgementSchema>;

/** What the model drafts. A level below the floor is stored raw and shown as null: "the floor applies". */
export const acuityDraftSchema = z.strictObject({
  level: level.nullable(),
  reasons: z
    .array(z.strictObject({ zh: line(300), en: line(300), quote: z.string().max(300), supported: z.boolean() }))
    .min(1)
    .max(8),
  redFlags: z.array(z.strictObject({ zh: line(120), en: line(120) })).max(8),
  department: line(60).nullable(),
  addressedNotes: noteNumbers.default([]),
  unaddressedNotes: noteNumbers.default([]),
});
export type AcuityDraft = z.infer<typeof acuityDraftSchema>;

/** The gate `acuity` with its shapes and rules. */
export const acuity: GateContract<AcuityContent, AcuityDraft, AcuityJudgement> = {
  gate: acuityGate,
  schemas: { content: acuityContentSchema, draft: acuityDraftSchema, judgement: acuityJudgementSchema },
  rules: {
    contentOf: (draft) =>
      draft.level === null ? null : { level: draft.level, department: draft.department, note: '' },
    shown: (draft, floor) =>
      draft.level !== null && isBelowFloor(draft.level, floor as Level | null) ? { ...draft, level: null } : draft,
    fields: ['level', 'reasons', 'redFlags', 'department'],
    declared: ({ addressedNotes, unaddressedNotes }) => ({ addressed: addressedNotes, notAddressed: unaddressedNotes }),
    differsFromDraft: (content, draft) => draft.level !== null && content.level !== draft.level,
    differsFromJudgement: (content, judgement) => content.level !== judgement.level,
    belowFloor: (content, floor) => isBelowFloor(content.level, floor as Level | null),
  },
  examples: {
    content: { level: 'II', department: '胸痛中心', note: '' },
    otherContent: { level: 'III', department: null, note: '复测后稳定' },
    draft: {
      level: 'II',
      reasons: [{ zh: '胸痛伴出汗', en: 'chest pain with sweating', quote: '胸痛', supported: true }],
      redFlags: [{ zh: '急性冠脉综合征可能', en: 'possible acute coronary syndrome' }],
      department: '胸痛中心',
      addressedNotes: [],
      unaddressedNotes: [],
    },
    judgement: { level: 'II', note: '' },
    below: { floor: 'II', content: { level: 'III', department: null, note: '' } },
  },
};

/** What the process is called, where it runs and which gates it has. */
export const triageProcess = {
  name: 'triage',
  workflowType: 'triageWorkflow',
  gates: { acuity },
  agreement: acuityAgreement,
} as const;

/** What starts the workflow: an id, nothing about the patient. */
export interface TriageWorkflowInput {
  readonly caseId: string;
}

/** A time at which somebody is told that a patient waits too long. */
export interface TriageWarning {
  readonly at: string;
  readonly step: number;
  /** The limit itself: the patient must also be assessed anew (domain: re-triage at once on a breach while waiting). */
  readonly isBreach: boolean;
}

/** The response clock of a waiting patient; times are ISO instants, already scaled; null: no clock runs. */
export interface TriageClock {
  /** Changes whenever the clock is another one (new start, new limit), so that warnings are told once per clock. */
  readonly key: string;
  readonly warnings: readonly TriageWarning[];
  /** When the patient must be looked at again; null once that was asked for. */
  readonly reassessAt: string | null;
}

/** What the workflow needs to know of its case. */
export interface TriageStanding {
  /** The oldest review that waits for a person, or whose decision is not carried out yet; null when there is none. */
  readonly review: ReviewWindow | null;
  readonly clock: TriageClock | null;
  /** When the workflow may end, once the case has ended (the undo time after it); null while it is open. */
  readonly endsAt: string | null;
}

/** What became of a draft; the codes are those of libs/errors. */
export type DraftOutcome =
  | { readonly outcome: 'shown' | 'stored' | 'too-late' }
  | { readonly outcome: 'off' }
  | { readonly outcome: 'failed'; readonly code: string };

/** Database-only steps: local activities. */
export interface TriageLedgerActivities {
  loadTriage(input: { caseId: string }): Promise<TriageStanding>;
  commitTriage(input: { caseId: string; approved: Approved }): Promise<TriageStanding>;
  warnTriageBreach(input: { caseId: string; clockKey: string; step: number }): Promise<void>;
  openReassessment(input: { caseId: string; dueAt: string }): Promise<void>;
}

/** Steps that leave the machine: ordinary activities with heartbeats on the model's task queue. */
export interface TriageModelActivities {
  draftTriage(input: { caseId: string; reviewId: string; redraftRound: number }): Promise<DraftOutcome>;
}
