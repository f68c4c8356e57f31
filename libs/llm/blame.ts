import { type BreakerReport } from './breaker';
import { type FailureReason } from './outcome';
import { type WireFailure } from './wire-failure';

/** Failures that say that the endpoint is down, full or not what it should be. */
const DOWN: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'unreachable',
  'connection-lost',
  'first-token',
  'gap',
  'rate-limited',
  'server-error',
  'no-capacity',
  'error-in-answer',
  'credentials-refused',
  'payment-required',
  'not-found',
  'status-refused',
  'redirected',
  'not-json',
  'wrong-shape',
  'no-finish',
]);

/** Failures before or beside the endpoint: they say nothing about it. */
const NEUTRAL: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'cancelled',
  'total',
  'url-invalid',
  'url-credentials',
  'address-refused',
  'origin-refused',
]);

/** What one request tells the breaker; `slow` is a request that used up its draft's whole time by itself. */
export const breakerReport = (failure: WireFailure | null, slow: boolean): BreakerReport => {
  if (failure === null) return { kind: 'up' };
  if (DOWN.has(failure.reason) || (failure.reason === 'total' && slow)) {
    return { kind: 'down', retryAfterMs: failure.retryAfterMs };
  }
  return NEUTRAL.has(failure.reason) ? { kind: 'neutral' } : { kind: 'up' };
};
