import { isProblem, unreachable } from '../api/problem';

/** What the page answers a refusal with. */
export type Answer =
  'too-late' | 'held' | 'conflict' | 'facts' | 'measure' | 'reason' | 'password' | 'send-again' | 'said';

const answers: Readonly<Record<string, Answer>> = {
  ALREADY_DECIDED: 'too-late',
  REVIEW_WITHDRAWN: 'too-late',
  AWAITING_SECOND: 'too-late',
  CLAIM_HELD: 'held',
  VERSION_MISMATCH: 'conflict',
  STALE_DRAFT: 'conflict',
  STALE_FACTS: 'facts',
  STALE_VITALS: 'measure',
  REASON_REQUIRED: 'reason',
  REASON_UNKNOWN: 'reason',
  STEP_UP_REQUIRED: 'password',
  [unreachable]: 'send-again',
  DATABASE_UNAVAILABLE: 'send-again',
  AUDIT_UNAVAILABLE: 'send-again',
};

/** How a refusal is answered; what has no answer of its own is only said. */
export const answerTo = (thrown: unknown): Answer =>
  isProblem(thrown) ? (answers[thrown.code] ?? (thrown.status >= 502 ? 'send-again' : 'said')) : 'said';

/** The facts that a refusal names: each is to be looked at and ticked. */
export const factsNamedBy = (thrown: unknown): readonly string[] => {
  const named = isProblem(thrown, 'STALE_FACTS', 'STALE_VITALS') ? thrown.detail['facts'] : [];
  return Array.isArray(named) ? named.filter((one): one is string => typeof one === 'string') : [];
};
