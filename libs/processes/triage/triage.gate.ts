import { type Gate, overrideReasons } from '#libs/review/gate';

const minute = 60_000;

/** The one gate of triage: a nurse's own level first, then the draft, then the signature. */
export const acuityGate = {
  process: 'triage',
  step: 'acuity',
  mode: 'independent_first',
  reviewers: ['triage_nurse', 'charge_nurse', 'physician'],
  actions: ['approve', 'amend', 'manual'],
  events: ['redraft', 'defer', 'escalate'],
  dueMs: 5 * minute,
  draftPatienceMs: 15_000,
  leaseMs: 10 * minute,
  escalation: [
    { afterMs: 3 * minute, tell: 'triage_nurse' },
    { afterMs: 5 * minute, tell: 'charge_nurse' },
    { afterMs: 10 * minute, tell: 'physician' },
  ],
  assigners: ['charge_nurse'],
  secondSigners: ['physician', 'charge_nurse'],
  separation: false,
  stepUp: false,
  reasonCodes: [...overrideReasons],
} as const satisfies Gate;

/** After closing, how long moves can be undone before the workflow ends, ms. */
export const undoMs = 10 * minute;

/** Breach warnings as shares of the response limit (domain: warn at 75 %, 100 %, and again at 150 %). */
export const breachWarnings = [0.75, 1, 1.5] as const;

/** At level I there is no ratio: warned at once and then at this interval, ms. */
export const criticalWarningMs = 5 * minute;

/** Who is told at each breach warning, in the order of {@link breachWarnings}. */
export const breachAudience = ['triage_nurse', 'charge_nurse', 'physician'] as const;
