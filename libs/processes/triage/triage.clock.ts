import { type TriageClock } from './triage.contract';
import { breachWarnings, criticalWarningMs } from './triage.gate';

/** The columns a clock is made of; durations in seconds, unscaled. */
export interface ClockFacts {
  readonly clockStartedAt: Date;
  readonly limitSeconds: number;
  readonly retriageSeconds: number;
  readonly lastAssessedAt: Date;
}

/** How contract time passes (1 outside demonstrations and tests), and what time it is. */
export interface ClockView {
  readonly timeScale: number;
  readonly now: Date;
}

/** Whether a clock is that of a patient who may not wait at all (level I), by its key. */
export const isAtOnce = (key: string): boolean => key.endsWith(':0');

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * The response clock of a waiting patient: warnings at shares of the limit, or, where the limit is zero (level I), at once
 * and then every five minutes; and when the patient must be looked at again.
 */
export const clockOf = (facts: ClockFacts, { timeScale, now }: ClockView): TriageClock => {
  const started = facts.clockStartedAt.getTime();
  const limit = facts.limitSeconds * 1000 * timeScale;
  const reassess = facts.lastAssessedAt.getTime() + facts.retriageSeconds * 1000 * timeScale;
  const offsets =
    limit > 0 ? breachWarnings.map((share) => limit * share) : everyFive(now.getTime() - started, timeScale);
  return {
    key: `${started}:${facts.limitSeconds}`,
    warnings: offsets.map((offset, step) => ({
      at: iso(started + offset),
      step,
      isBreach: limit > 0 && offset === limit,
    })),
    reassessAt: iso(reassess),
  };
};

/** Level I: from the start until the next one to come. */
const everyFive = (elapsed: number, timeScale: number): number[] => {
  const interval = criticalWarningMs * timeScale;
  const passed = Math.max(0, Math.floor(elapsed / interval));
  return Array.from({ length: passed + 2 }, (_, step) => step * interval);
};
