import { randomBytes } from 'node:crypto';
import { type DataSource } from 'typeorm';
import { hashPassword, verifyPassword } from '#libs/auth/password';
import { type UserPrincipal } from '#libs/auth/principal';
import { type Throttle } from '#libs/auth/throttle';
import { sha256Hex } from '#libs/crypto/digest';
import { type Attempt, type AttemptedBy, countAttempt, forgiveFailures } from '#libs/db/stores/password-attempt.store';
import { CountersignError } from '#libs/errors/errors';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { createHashSlots } from './hash-slots';
import { createUnknownLogins } from './unknown-logins';

/** The person whose password was right. */
export interface Proven {
  readonly userId: string;
  readonly organisationId: string;
  readonly displayName: string;
}

/** Why a password was not accepted: the refusal to answer with, and whose account it was (for the audit only). */
export interface NotProven {
  readonly refusal: Refusal;
  readonly userId: string | null;
  readonly organisationId: string | null;
  readonly why: 'unknown-login' | 'wrong-password' | 'disabled' | 'expired' | 'locked' | 'busy';
}

/** Checks passwords, with one throttle behind every way to check one. Takes about 100 ms: call it outside of locks. */
export interface Passwords {
  check(by: AttemptedBy, password: string): Promise<Proven | NotProven>;
  /** Whether it is the person's own password; throws RATE_LIMITED while the account is locked, PASSWORD_EXPIRED after its time. */
  verifyOwn(principal: UserPrincipal, password: string): Promise<boolean>;
}

/** Whether a password was not accepted. */
export const isNotProven = (outcome: Proven | NotProven): outcome is NotProven => 'refusal' in outcome;

const wrong = refuse('UNAUTHENTICATED');
const expired = refuse('PASSWORD_EXPIRED');
const lockedFor = (ms: number): Refusal =>
  refuse('RATE_LIMITED', { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) });

/** Makes the password checks of an application. */
export const createPasswords = (source: DataSource, throttle: Throttle): Passwords => {
  const check = coalesced(createCheck(source, throttle));
  const verifyOwn = async (principal: UserPrincipal, password: string): Promise<boolean> => {
    const outcome = await check({ userId: principal.id }, password);
    if (!isNotProven(outcome)) return true;
    const { code, detail } = outcome.refusal;
    if (code !== wrong.code) throw new CountersignError(code, detail);
    return false;
  };
  return { check, verifyOwn };
};

type Check = Passwords['check'];

/** Lets equal attempts that run at once share one: a double click must not count as brute force. */
const coalesced = (check: Check): Check => {
  const running = new Map<string, Promise<Proven | NotProven>>();
  return (by, password) => {
    const key = sha256Hex(JSON.stringify([by, password]));
    const shared = running.get(key) ?? check(by, password).finally(() => running.delete(key));
    running.set(key, shared);
    return shared;
  };
};

const createCheck = (source: DataSource, throttle: Throttle): Check => {
  const inSlot = createHashSlots({ running: 2, waiting: 64 });
  const unknown = createUnknownLogins(throttle, Date.now);
  // Nobody's password: what an unknown login is checked against, so that it takes as long as a known one.
  const nobodys = hashPassword(randomBytes(16).toString('hex'));
  return async (by, password) => {
    const attempt = await countAttempt(source, by, throttle);
    const locked = lockMs(attempt, () => unknown.count('login' in by ? by.login : by.userId));
    if (locked > 0) return notProven(attempt, 'locked', lockedFor(locked));
    const hash = attempt.outcome === 'counted' ? attempt.passwordHash : await nobodys;
    const right = await inSlot(() => verifyPassword(hash, password));
    if (isRefusal(right)) return notProven(attempt, 'busy', right);
    if (attempt.outcome !== 'counted') return notProven(attempt, 'unknown-login', wrong);
    if (!right) return notProven(attempt, 'wrong-password', wrong);
    await forgiveFailures(source, attempt.userId);
    if (attempt.disabled) return notProven(attempt, 'disabled', wrong);
    if (attempt.expired) return notProven(attempt, 'expired', expired);
    const { userId, organisationId, displayName } = attempt;
    return { userId, organisationId, displayName };
  };
};

const lockMs = (attempt: Attempt, countUnknown: () => number): number => {
  if (attempt.outcome === 'locked') return attempt.retryAfterMs;
  return attempt.outcome === 'unknown' ? countUnknown() : 0;
};

const notProven = (attempt: Attempt, why: NotProven['why'], refusal: Refusal): NotProven => ({
  refusal,
  why,
  userId: attempt.outcome === 'counted' ? attempt.userId : null,
  organisationId: attempt.outcome === 'counted' ? attempt.organisationId : null,
});
