import { type FailureReason } from './outcome';

/** The three deadlines of a draft in milliseconds; `totalMs` counts from the slot, re-asks included. */
export interface DeadlineLimits {
  firstTokenMs: number;
  /** Between tokens; keep-alive comments, blank lines and role-only chunks do not count. */
  gapMs: number;
  totalMs: number;
}

/** What is used where configuration says nothing. */
export const defaultDeadlines: DeadlineLimits = { firstTokenMs: 30_000, gapMs: 15_000, totalMs: 90_000 };

/** Which limit ended a draft. */
export type Expiry = Extract<FailureReason, 'first-token' | 'gap' | 'total' | 'cancelled'>;

/** The running deadlines of one draft. */
export interface Deadlines {
  /** Aborts when any of them passes, or the caller stops waiting. */
  signal: AbortSignal;
  expired(): Expiry | null;
  /** A request goes out: its first token is awaited. */
  awaitFirstToken(): void;
  /** A token came: the next is awaited. */
  awaitNextToken(): void;
  /** The request is over: only the total runs. */
  rest(): void;
  dispose(): void;
  /** The promise's result, or null as soon as a deadline passes, even if the promise never settles. */
  within<T>(promise: Promise<T>): Promise<T | null>;
}

const expiryOf = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });

/** Starts the total deadline now; `dispose` must be called at the end. */
export const startDeadlines = (limits: DeadlineLimits, caller?: AbortSignal): Deadlines => {
  const controller = new AbortController();
  let expired: Expiry | null = null;
  let step: NodeJS.Timeout | undefined;
  const expire = (which: Expiry): void => {
    expired ??= which;
    controller.abort();
  };
  const cancel = (): void => expire('cancelled');
  const total = setTimeout(expire, limits.totalMs, 'total');
  const rest = (): void => clearTimeout(step);
  const arm = (ms: number, which: Expiry): void => {
    rest();
    step = setTimeout(expire, ms, which);
  };
  if (caller?.aborted === true) cancel();
  caller?.addEventListener('abort', cancel, { once: true });
  const expiry = expiryOf(controller.signal);
  return {
    signal: controller.signal,
    expired: () => expired,
    awaitFirstToken: () => arm(limits.firstTokenMs, 'first-token'),
    awaitNextToken: () => arm(limits.gapMs, 'gap'),
    rest,
    dispose: () => {
      rest();
      clearTimeout(total);
      caller?.removeEventListener('abort', cancel);
    },
    within: (promise) => Promise.race([promise, expiry]),
  };
};
