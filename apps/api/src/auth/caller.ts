import { type Request } from 'express';
import { type KioskPrincipal, type Principal, type UserPrincipal } from '#libs/auth/principal';
import { CountersignError } from '#libs/errors/errors';

/** How the session of a person stands. */
export interface SessionState {
  readonly id: string;
  readonly locked: boolean;
  readonly mustChangePassword: boolean;
  readonly expiresAt: Date;
}

/** Who a request comes from, found by the access guard: a person's session (perhaps locked), a machine's token or a board's. */
export interface Caller {
  readonly principal: Principal;
  readonly session: SessionState | null;
}

const callers = new WeakMap<Request, Caller>();

/** Remembers the caller of a request. */
export const setCaller = (request: Request, caller: Caller): void => {
  callers.set(request, caller);
};

/** The caller of a request; undefined on public routes. */
export const findCaller = (request: Request): Caller | undefined => callers.get(request);

/** The caller of a request that passed the guard; throws UNAUTHENTICATED where there is none. */
export const callerOf = (request: Request): Caller => {
  const caller = findCaller(request);
  if (!caller) throw new CountersignError('UNAUTHENTICATED');
  return caller;
};

/** The principal as a person; throws FORBIDDEN for a machine. */
export const personOf = (principal: Principal): UserPrincipal => {
  if (principal.kind !== 'user') throw new CountersignError('FORBIDDEN', { reason: 'only a person may do this' });
  return principal;
};

/** The principal as a board on a wall; throws FORBIDDEN for anybody else. */
export const kioskOf = (principal: Principal): KioskPrincipal => {
  if (principal.kind !== 'kiosk') throw new CountersignError('FORBIDDEN', { reason: 'only a board may read this' });
  return principal;
};
