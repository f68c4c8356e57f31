import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Principal } from '#libs/auth/principal';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { routeOf } from '../http/route';
import { type Identify } from './identify';

/** How many requests one caller may send. */
export interface PaceLimits {
  /** Of one person, or one board, in ten seconds, whatever they ask. */
  readonly person: number;
  /** New drafts that one person may ask for in a minute: each keeps the model busy. */
  readonly redrafts: number;
  /** Of one machine in ten seconds. */
  readonly machine: number;
}

/** Far above what hands and screens do, below what a script in a loop does. */
export const defaultPace: PaceLimits = { person: 500, redrafts: 20, machine: 5000 };

/** Refuses a request that comes too soon, with the seconds to wait; null lets it pass. Nobody waits for anybody else. */
export type Pace = (principal: Principal, route: string) => Promise<Refusal | null>;

const redrafting = 'POST /api/reviews/:id/redrafts';

/**
 * Counts the requests of each caller in this process: with several, a caller has as much of each. Nothing that guards an
 * account or a signature may rest on it (wrong passwords are counted in the database).
 */
export const createPace = (limits: PaceLimits): Pace => {
  const of = (points: number, duration: number) => new RateLimiterMemory({ points, duration });
  const [person, machine, redrafts] = [of(limits.person, 10), of(limits.machine, 10), of(limits.redrafts, 60)];
  return async (principal, route) => {
    if (principal.kind === 'system') return null;
    const all = principal.kind === 'service' ? machine : person;
    return (await taken(all, principal.id)) ?? (route === redrafting ? await taken(redrafts, principal.id) : null);
  };
};

/** Identifies as before, and refuses whoever asks too much. */
export const paced =
  (identify: Identify, pace: Pace): Identify =>
  async (request, use) => {
    const identified = await identify(request, use);
    if (isRefusal(identified)) return identified;
    return (await pace(identified.principal, routeOf(request))) ?? identified;
  };

const taken = async (limiter: RateLimiterMemory, key: string): Promise<Refusal | null> => {
  try {
    await limiter.consume(key);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown;
    return refuse('RATE_LIMITED', { retryAfterSeconds: Math.max(1, Math.ceil(thrown.msBeforeNext / 1000)) });
  }
};
