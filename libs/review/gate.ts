import { type Role } from '#libs/auth/roles';
import { type Declared } from './notes';

/** How a person may close a review; each is final. */
export const decisionActions = ['approve', 'amend', 'manual', 'reject'] as const;
export type DecisionAction = (typeof decisionActions)[number];

/** What a person may do to an open review without closing it. */
export const reviewEvents = ['redraft', 'defer', 'escalate'] as const;
export type ReviewEventAction = (typeof reviewEvents)[number];

/** What the server shows before the person has stored an own value (docs/technical-description.md, "Gate modes"). */
export type GateMode = 'independent_first' | 'evidence_first' | 'rules_only';

/** One step of the escalation chain: who is told, how long after the review opened (ms). Telling never decides. */
export interface EscalationStep {
  readonly afterMs: number;
  readonly tell: Role;
}

/** The policy of one gate: static data, part of the process contract; nothing a model writes can change it. */
export interface Gate {
  readonly process: string;
  readonly step: string;
  readonly mode: GateMode;
  /** Who may decide, in the order in which a person with several roles acts. */
  readonly reviewers: readonly Role[];
  readonly actions: readonly DecisionAction[];
  readonly events: readonly ReviewEventAction[];
  /** From opening to overdue, ms. */
  readonly dueMs: number;
  /** How long a review waits for a draft before it shows manual, ms. */
  readonly draftPatienceMs: number;
  /** How long a claim holds without renewal, ms. */
  readonly leaseMs: number;
  readonly escalation: readonly EscalationStep[];
  /** Who may hand somebody's claim to another person. */
  readonly assigners: readonly Role[];
  /** Who may give the second signature, where the rules of the gate ask for one; null: never asked. */
  readonly secondSigners: readonly Role[] | null;
  /** Whether whoever started the case or asked for a redraft is barred from deciding alone. */
  readonly separation: boolean;
  /** Whether the password is asked again for the first signature (the second always asks). */
  readonly stepUp: boolean;
  /** Codes for a decision that differs (domain: override taxonomy). */
  readonly reasonCodes: readonly string[];
}

/** The override taxonomy every gate starts from. */
export const overrideReasons = [
  'clinical-judgement',
  'data-wrong',
  'data-missing',
  'patient-preference',
  'resource-limits',
  'rule-not-applicable',
  'model-hallucination',
  'policy',
] as const;

/** Given when a row of a data set is sent through a demo installation: nobody weighed it. No hospital's gate knows it. */
export const replayReason = 'replay';

/**
 * What the gate must know about a process's content, as pure functions.
 * C = what is signed, D = a draft as stored, J = a person's own judgement.
 */
export interface GateRules<C, D, J> {
  /** What approving this draft would sign; null when the draft cannot be approved as it stands. */
  readonly contentOf: (draft: D) => C | null;
  /** The draft as reviewers may see it under this floor: what is below the floor is never shown as a value. */
  readonly shown: (draft: D, floor: string | null) => D;
  /** The fields of a draft that people read: a note may be about one, and versions are compared in them. */
  readonly fields: readonly string[];
  /** What the draft says of the notes it was given. */
  readonly declared: (draft: D) => Declared;
  /** Whether the signed content differs from the draft in what the gate decides. */
  readonly differsFromDraft: (content: C, draft: D) => boolean;
  /** Whether the signed content differs from the person's own judgement. */
  readonly differsFromJudgement: (content: C, judgement: J) => boolean;
  /** Whether the content is less urgent (or otherwise less safe) than the floor. */
  readonly belowFloor: (content: C, floor: string | null) => boolean;
}
