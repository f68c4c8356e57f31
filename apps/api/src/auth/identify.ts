import { parseCookie } from 'cookie';
import { type Request } from 'express';
import { type DataSource } from 'typeorm';
import { type KioskPrincipal, type ServicePrincipal } from '#libs/auth/principal';
import { isSecret, isSessionToken, secretHash, sessionCookie } from '#libs/auth/session';
import { parseKioskToken, parseServiceToken } from '#libs/auth/token';
import { findKiosk } from '#libs/db/stores/kiosk.store';
import { findServiceAccount } from '#libs/db/stores/service-account.store';
import { findSession, type SessionFacts } from '#libs/db/stores/session.store';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { requestIdOf } from '../http/request-id';
import { type Caller } from './caller';

export const IDENTIFY = Symbol('IDENTIFY');

/** A caller, and the hash of the CSRF token its state-changing requests must carry (null: a bearer token, none). */
export interface Identified extends Caller {
  readonly csrfSha256: Buffer | null;
}

/**
 * Finds out who sends a request: by `Authorization: Bearer`, otherwise by the session cookie.
 * `touch` says whether it counts as a person being there, which keeps the session from locking.
 */
export type Identify = (request: Request, use: { touch: boolean }) => Promise<Identified | Refusal>;

/** The session token of a request; undefined without one of the right form. */
export const sessionTokenOf = (request: Request): string | undefined => {
  const token = parseCookie(request.get('cookie') ?? '')[sessionCookie];
  return token !== undefined && isSessionToken(token) ? token : undefined;
};

/** Makes the identifying function of an application; `idleMs` is when a session locks. */
export const createIdentify =
  (source: DataSource, { idleMs }: { idleMs: number }): Identify =>
  async (request, { touch }) => {
    const bearer = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
    if (bearer !== undefined) return bearerOf(source, bearer, requestIdOf(request));
    if (request.get('authorization') !== undefined) return refuse('UNAUTHENTICATED');
    const token = sessionTokenOf(request);
    if (token === undefined) return refuse('UNAUTHENTICATED');
    const facts = await findSession(source, secretHash(token), { idleMs, touch });
    return facts
      ? { ...callerOfSession(facts, requestIdOf(request)), csrfSha256: facts.csrfSha256 }
      : refuse('UNAUTHENTICATED');
  };

/** The caller behind a session. */
export const callerOfSession = (facts: SessionFacts, requestId: string): Caller => ({
  principal: {
    kind: 'user',
    id: facts.userId,
    name: facts.displayName,
    organisationId: facts.organisationId,
    sessionId: facts.id,
    grants: facts.grants,
    requestId,
  },
  session: {
    id: facts.id,
    locked: facts.locked,
    mustChangePassword: facts.mustChangePassword,
    expiresAt: facts.expiresAt,
  },
});

const bearerOf = async (source: DataSource, bearer: string, requestId: string): Promise<Identified | Refusal> => {
  const identify = parseKioskToken(bearer) ? identifyKiosk : identifyMachine;
  const principal = await identify(source, bearer, requestId);
  return isRefusal(principal) ? principal : { principal, session: null, csrfSha256: null };
};

/** Finds out which machine carries a token; a token that is unknown, expired or revoked is refused. */
export const identifyMachine = async (
  source: DataSource,
  bearer: string,
  requestId: string,
): Promise<ServicePrincipal | Refusal> => {
  const token = parseServiceToken(bearer);
  const account = token && (await findServiceAccount(source, token.accountId));
  if (!token || !account || !isSecret(account.tokenSha256, token.secret)) return refuse('UNAUTHENTICATED');
  const { id, name, organisationId, scopes } = account;
  return { kind: 'service', id, name, organisationId, scopes, requestId };
};

const identifyKiosk = async (
  source: DataSource,
  bearer: string,
  requestId: string,
): Promise<KioskPrincipal | Refusal> => {
  const token = parseKioskToken(bearer);
  const kiosk = token && (await findKiosk(source, token.kioskId));
  if (!token || !kiosk || !isSecret(kiosk.tokenSha256, token.secret)) return refuse('UNAUTHENTICATED');
  const { tokenSha256: _kept, ...known } = kiosk;
  return { kind: 'kiosk', ...known, requestId };
};
