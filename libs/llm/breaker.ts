/** When the breaker opens and for how long; times in milliseconds. */
export interface BreakerLimits {
  /** Consecutive failures of the endpoint that open it. */
  failures: number;
  /** First opening; doubled by each failed probe up to `maxOpenMs`. */
  openMs: number;
  maxOpenMs: number;
}

/** What is used where configuration says nothing. */
export const defaultBreaker: BreakerLimits = { failures: 5, openMs: 15_000, maxOpenMs: 300_000 };

/** `half-open`: one request is let through as a probe, all others are turned away. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** What became of a request that was let through: `neutral` says nothing about the endpoint. */
export type BreakerReport = { kind: 'up' } | { kind: 'neutral' } | { kind: 'down'; retryAfterMs: number | null };

/** A request let through, which must report; or how long to wait. */
export type Passage = { ok: true; report: (report: BreakerReport) => void } | { ok: false; retryAfterMs: number };

/** Guards an endpoint against being asked while it is down. */
export interface Breaker {
  enter(): Passage;
  state(): BreakerState;
  /** Milliseconds until a probe is let through; 0 where one would be now. */
  waitMs(): number;
}

/** An endpoint may ask for at most an hour. */
const MAX_RETRY_AFTER_MS = 3_600_000;

const askedMs = (retryAfterMs: number | null): number => Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);

/**
 * Makes a closed breaker. It opens after consecutive failures, or at once where the endpoint says when to come back
 * (Retry-After of any length is honoured); then one probe decides.
 */
export const createBreaker = (limits: BreakerLimits, now: () => number = Date.now): Breaker => {
  let failures = 0;
  let openings = 0;
  let openUntil: number | null = null;
  let probing = false;
  const open = (retryAfterMs: number | null): void => {
    const backoff = Math.min(limits.openMs * 2 ** openings, limits.maxOpenMs);
    openings += 1;
    openUntil = now() + Math.max(backoff, askedMs(retryAfterMs));
  };
  const close = (): void => {
    failures = 0;
    openings = 0;
    openUntil = null;
  };
  const waitMs = (): number => Math.max(0, (openUntil ?? 0) - now());
  const settleProbe = (report: BreakerReport): void => {
    probing = false;
    if (report.kind === 'up') close();
    if (report.kind === 'down') open(report.retryAfterMs);
  };
  /** Of several answers on their way, the longest Retry-After holds. */
  const extend = (until: number, report: BreakerReport): void => {
    if (report.kind === 'down') openUntil = Math.max(until, now() + askedMs(report.retryAfterMs));
  };
  const settle = (report: BreakerReport): void => {
    if (openUntil !== null) return extend(openUntil, report); // asked before it opened: old news
    if (report.kind === 'up') failures = 0;
    if (report.kind !== 'down') return;
    failures += 1;
    if (failures >= limits.failures || report.retryAfterMs !== null) open(report.retryAfterMs);
  };
  const pass = (probe: boolean): Passage => {
    probing ||= probe;
    let reported = false;
    return {
      ok: true,
      report: (report) => {
        if (reported) return;
        reported = true;
        if (probe) settleProbe(report);
        else settle(report);
      },
    };
  };
  return {
    enter: () => {
      if (openUntil === null) return pass(false);
      if (waitMs() > 0 || probing) return { ok: false, retryAfterMs: Math.max(waitMs(), 1) };
      return pass(true);
    },
    state: () => (openUntil === null ? 'closed' : waitMs() > 0 ? 'open' : 'half-open'),
    waitMs,
  };
};
