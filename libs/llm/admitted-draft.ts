import { type AskContext } from './ask';
import { type DeadlineLimits, type Deadlines, startDeadlines } from './deadlines';
import { type DraftRequest, failedDraft, runDraft } from './draft';
import { type OnModelEvent } from './events';
import { startJournal } from './journal';
import { type DraftOutcome, type FailureReason } from './outcome';
import { type ProfileBox } from './profile';
import { withProgress } from './progress';
import { type Slots } from './slots';

/** What the drafts of one endpoint share. */
export interface Admission {
  context: AskContext;
  limits: DeadlineLimits;
  profiles: ProfileBox;
  slots: Slots;
  progressEveryMs: number;
  onEvent: OnModelEvent;
}

const outcomeName = <T>(outcome: DraftOutcome<T>): FailureReason | 'valid' | 'repaired' => {
  if (!outcome.ok) return outcome.reason;
  return outcome.repaired === null ? 'valid' : 'repaired';
};

const sum = (counts: readonly (number | null)[]): number => counts.reduce<number>((total, n) => total + (n ?? 0), 0);

const reportDraft = <T>(outcome: DraftOutcome<T>, startedAt: number, onEvent: OnModelEvent): void => {
  const { attempts, promptId } = outcome.record;
  onEvent({
    kind: 'draft',
    promptId,
    outcome: outcomeName(outcome),
    durationMs: Math.round(performance.now() - startedAt),
    attempts: attempts.length,
    promptTokens: sum(attempts.map((attempt) => attempt.promptTokens)),
    completionTokens: sum(attempts.map((attempt) => attempt.completionTokens)),
  });
};

const inSlot = async <T>(
  request: DraftRequest<T>,
  admission: Admission,
  deadlines: Deadlines,
): Promise<DraftOutcome<T>> => {
  const { context, profiles, slots, onEvent } = admission;
  const journal = startJournal({ ...request, model: context.model, thinking: context.thinking });
  const turnedAway = (reason: FailureReason, retryAfterMs: number | null): DraftOutcome<T> =>
    failedDraft(reason, retryAfterMs, journal.record(profiles.current()));
  // An open breaker answers at once, so that nobody stands in line for an endpoint that is down.
  if (context.breaker.state() === 'open') return turnedAway('breaker-open', context.breaker.waitMs());
  const slot = await slots.acquire(deadlines.signal);
  onEvent({ kind: 'slots', ...slots.counts() });
  if (slot === 'full') return turnedAway('queue-full', null);
  if (slot === 'expired') return turnedAway(deadlines.expired() ?? 'total', null);
  try {
    return await runDraft(request, { context, profiles, deadlines, journal });
  } finally {
    slot();
    onEvent({ kind: 'slots', ...slots.counts() });
  }
};

/** Drafts within the total deadline, which includes the wait for a slot; `onProgress` beats from the first moment. */
export const admittedDraft = async <T>(request: DraftRequest<T>, admission: Admission): Promise<DraftOutcome<T>> => {
  const startedAt = performance.now();
  const stop = new AbortController();
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal]);
  const deadlines = startDeadlines(admission.limits, signal);
  try {
    const work = inSlot(request, admission, deadlines);
    const outcome = await withProgress(work, request.onProgress, admission.progressEveryMs);
    reportDraft(outcome, startedAt, admission.onEvent);
    return outcome;
  } finally {
    stop.abort();
    deadlines.dispose();
  }
};
