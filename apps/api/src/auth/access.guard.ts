import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { type Principal } from '#libs/auth/principal';
import { type InTransaction } from '#libs/db/transaction';
import { CountersignError } from '#libs/errors/errors';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { amongAddresses } from '../http/addresses';
import { entityIdOf } from '../http/ask';
import { auditDenied, isDenial } from '../http/denied';
import { changesState, routeOf } from '../http/route';
import { IN_TRANSACTION, POLICY } from '../tokens';
import { type Caller, type SessionState, setCaller } from './caller';
import { crossSiteRefusal, csrfRefusal } from './csrf';
import { IDENTIFY, type Identified, type Identify } from './identify';
import { type Access, type Policy } from './policy';

/** Whether the policy lets this principal through; what it may see is narrowed by the stores. */
export const allows = (access: Access, principal: Principal): boolean => {
  if (access === 'public') return true;
  if (typeof access === 'string') return principal.kind === 'user';
  if ('kiosk' in access) return principal.kind === 'kiosk';
  if (principal.kind === 'user') return principal.grants.some(({ role }) => access.roles.includes(role));
  return principal.kind === 'service' && principal.scopes.some((scope) => access.scopes?.includes(scope) === true);
};

/** Lets a request in only where the policy declares its route for whoever asks; audits who is turned away. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(IDENTIFY) private readonly identify: Identify,
    @Inject(IN_TRANSACTION) private readonly inTransaction: InTransaction,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const route = routeOf(request);
    const access = this.policy[route];
    if (access === undefined) throw new CountersignError('NOT_FOUND');
    if (changesState(request.method)) throwRefusal(crossSiteRefusal(request));
    if (access === 'public') return true;
    const identified = await this.identify(request, { touch: isPresence(request) });
    if (isRefusal(identified)) throw new CountersignError(identified.code, identified.detail);
    const refusal = guardRefusal(request, access, identified);
    if (refusal) await this.turnAway(request, identified.principal, refusal);
    setCaller(request, identified);
    return true;
  }

  private async turnAway(request: Request, principal: Principal, refusal: Refusal): Promise<never> {
    const attempt = { principal, route: routeOf(request), entityId: entityIdOf(request), code: refusal.code };
    if (isDenial(refusal.code)) await auditDenied(this.inTransaction, attempt);
    throw new CountersignError(refusal.code, refusal.detail);
  }
}

/** Whether a request shows that its person is there: not what a page sends by itself (a stream, a refresh). */
const isPresence = (request: Request): boolean =>
  request.get('x-countersign-passive') === undefined && request.get('accept') !== 'text/event-stream';

const guardRefusal = (request: Request, access: Access, identified: Identified): Refusal | null => {
  const { session, principal } = identified satisfies Caller;
  const held = session && heldBack(session, access);
  if (held) return held;
  if (changesState(request.method)) {
    const forged = csrfRefusal(request, identified);
    if (forged) return forged;
  }
  return allows(access, principal) ? addressRefusal(request, principal) : forbidden(access);
};

/* A locked session waits for its password, one of a temporary password for an own one. */
const heldBack = ({ locked, mustChangePassword }: SessionState, access: Access): Refusal | null => {
  if (access === 'session') return null;
  if (locked) return refuse('SESSION_LOCKED');
  return mustChangePassword && access !== 'own-password' ? refuse('PASSWORD_CHANGE_REQUIRED') : null;
};

const forbidden = (access: Access): Refusal =>
  typeof access === 'object' && 'roles' in access ? refuse('FORBIDDEN', { needs: access.roles }) : refuse('FORBIDDEN');

const addressRefusal = ({ ip }: Request, principal: Principal): Refusal | null =>
  principal.kind !== 'kiosk' || amongAddresses(principal.addresses)(ip ?? '') ? null : refuse('ADDRESS_REFUSED');

const throwRefusal = (refusal: Refusal | null): void => {
  if (refusal) throw new CountersignError(refusal.code, refusal.detail);
};
