import { type AskContext } from './ask';
import { type DeadlineLimits, startDeadlines } from './deadlines';
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
  signal: AbortSignal,
): Promise<DraftOutcome<T>> => {
  const { context, limits, profiles, slots, onEvent } = admission;
  const journal = startJournal({ ...request, model: context.model, thinking: context.thinking });
  const turnedAway = (reason: FailureReason, retryAfterMs: number | null): DraftOutcome<T> =>
    failedDraft(reason, retryAfterMs, journal.record(profiles.current()));
  // An open breaker answers at once, so that nobody stands in line for an endpoint that is down.
  if (context.breaker.state() === 'open') return turnedAway('breaker-open', context.breaker.waitMs());
  const waiting = startDeadlines(limits, signal);
  const slot = await slots.acquire(waiting.signal);
  waiting.dispose();
  onEvent({ kind: 'slots', ...slots.counts() });
  if (slot === 'full') return turnedAway('queue-full', null);
  if (slot === 'expired') return turnedAway(waiting.expired() ?? 'total', null);
  // Its time begins with its slot: one that stood in line would be cut amid its answer, and the model's work be lost.
  const deadlines = startDeadlines(limits, signal);
  try {
    return await runDraft(request, { context, profiles, deadlines, journal });
  } finally {
    deadlines.dispose();
    slot();
    onEvent({ kind: 'slots', ...slots.counts() });
  }
};

/** Waits for a slot as long as a draft may take, and drafts within the deadlines; `onProgress` beats from the first moment. */
export const admittedDraft = async <T>(request: DraftRequest<T>, admission: Admission): Promise<DraftOutcome<T>> => {
  const startedAt = performance.now();
  const stop = new AbortController();
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal]);
  try {
    const work = inSlot(request, admission, signal);
    const outcome = await withProgress(work, request.onProgress, admission.progressEveryMs);
    reportDraft(outcome, startedAt, admission.onEvent);
    return outcome;
  } finally {
    stop.abort();
  }
};
