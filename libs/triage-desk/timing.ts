import { type QueueRecord } from '#libs/db/stores/triage-queue.store';
import { isWaiting, type TriageState } from '#libs/processes/triage/triage.moves';

/** How long a patient has waited against the limit of the level; seconds as they pass here, null without a clock. */
export interface Timing {
  readonly waitedSeconds: number;
  readonly limitSeconds: number | null;
  /** Waited by limit, two decimals; null where the limit is none or zero (level I). */
  readonly breachRatio: number | null;
  readonly overLimit: boolean;
  readonly reassessAt: string | null;
  readonly reassessOverdue: boolean;
  /** Vital signs older than the re-assessment interval back no decision. */
  readonly staleVitals: boolean;
}

/** When a patient is looked at, and how contract time passes. */
export interface TimingView {
  readonly now: Date;
  readonly timeScale: number;
}

/** What the clocks of a patient are made of. */
export type TimingFacts = Pick<
  QueueRecord,
  | 'state'
  | 'arrivedAt'
  | 'clockStartedAt'
  | 'limitSeconds'
  | 'retriageSeconds'
  | 'lastAssessedAt'
  | 'measuredAt'
  | 'seenAt'
>;

const secondsBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1000));

/** The clocks of a patient. */
export const timingOf = (facts: TimingFacts, view: TimingView): Timing => ({
  ...waitOf(facts, view),
  ...reassessmentOf(facts, view),
});

type Wait = Pick<Timing, 'waitedSeconds' | 'limitSeconds' | 'breachRatio' | 'overLimit'>;
type WaitFacts = Pick<TimingFacts, 'clockStartedAt' | 'arrivedAt' | 'seenAt' | 'limitSeconds'>;

/** How long a patient has waited, against the limit. */
export const waitOf = (facts: WaitFacts, { now, timeScale }: TimingView): Wait => {
  const { clockStartedAt, arrivedAt, seenAt, limitSeconds } = facts;
  const waitedSeconds = secondsBetween(clockStartedAt ?? arrivedAt, seenAt ?? now);
  if (limitSeconds === null) return { waitedSeconds, limitSeconds, breachRatio: null, overLimit: false };
  const limit = limitSeconds * timeScale;
  const breachRatio = limit === 0 ? null : Math.round((waitedSeconds / limit) * 100) / 100;
  const overLimit = clockStartedAt !== null && waitedSeconds >= limit;
  return { waitedSeconds, limitSeconds: limit, breachRatio, overLimit };
};

type Reassessment = Pick<Timing, 'reassessAt' | 'reassessOverdue' | 'staleVitals'>;

const reassessmentOf = (facts: TimingFacts, { now, timeScale }: TimingView): Reassessment => {
  const { state, retriageSeconds, lastAssessedAt, measuredAt } = facts;
  if (retriageSeconds === null) return { reassessAt: null, reassessOverdue: false, staleVitals: false };
  const interval = retriageSeconds * timeScale;
  const staleVitals = measuredAt !== null && secondsBetween(measuredAt, now) > interval;
  if (lastAssessedAt === null || !isWaiting(state as TriageState))
    return { reassessAt: null, reassessOverdue: false, staleVitals };
  const due = new Date(lastAssessedAt.getTime() + interval * 1000);
  return { reassessAt: due.toISOString(), reassessOverdue: due <= now, staleVitals };
};
