/** What the ledger and the workflows do not agree on, and when it happens. */
export const findingKinds = {
  'decision-uncommitted': 'a person decided and the workflow has not carried it out',
  'workflow-missing': 'an open case has no running workflow',
  'workflow-unknown': 'a workflow runs that names no case of the ledger',
  'workflow-lingering': 'a workflow runs although its case ended long ago',
  'workflow-problems': 'a workflow’s code fails again and again',
  'outbox-dead': 'a start or signal was given up',
  'outbox-late': 'a start or signal has waited for long',
} as const;

/** A kind of {@link findingKinds}. */
export type FindingKind = keyof typeof findingKinds;

/** One disagreement: ids and codes only. */
export interface Finding {
  readonly kind: FindingKind;
  /** Tells this finding from others; the same one found again has the same key. */
  readonly key: string;
  /** Null: of no organisation's case, so every organisation's administrator is told. */
  readonly organisationId: string | null;
  readonly caseId: string | null;
  readonly reviewId: string | null;
  readonly since: string | null;
  /** Ids and words for whoever looks into it. */
  readonly detail: Readonly<Record<string, string>>;
}

/** What one comparison found. */
export interface ReconcilerReport {
  readonly at: string;
  /** Whether Temporal answered; if not, only the ledger's own side was looked at. */
  readonly temporal: 'asked' | 'away';
  /** Whether a limit cut the list of findings short. */
  readonly truncated: boolean;
  readonly findings: readonly Finding[];
}

const ourForm = /^[a-z][a-z-]{0,40}:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A workflow id as it may be written down: anybody can start a workflow under any id, so only our form is repeated. */
export const safeWorkflowId = (workflowId: string): string => (ourForm.test(workflowId) ? workflowId : 'foreign');
