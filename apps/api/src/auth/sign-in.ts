import { type Request } from 'express';
import { type DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type SystemPrincipal, type UserPrincipal } from '#libs/auth/principal';
import { csrfTokenOf, newSessionSecrets, secretHash, type SessionSecrets } from '#libs/auth/session';
import { grantsOf, loadSurroundings, oldestOrganisationId } from '#libs/db/stores/surroundings.store';
import { record } from '#libs/db/stores/record.store';
import { endSession, insertSession } from '#libs/db/stores/session.store';
import { type InTransaction, type Tx } from '#libs/db/transaction';
import { CountersignError } from '#libs/errors/errors';
import { requestIdOf } from '../http/request-id';
import { type LoginBody, type SessionView } from './auth.schema';
import { callerOf } from './caller';
import { sessionTokenOf } from './identify';
import { isNotProven, type NotProven, type Passwords, type Proven } from './passwords';

/** What signing in needs of the application. */
export interface SignInParts {
  readonly source: DataSource;
  readonly inTransaction: InTransaction;
  readonly passwords: Passwords;
  readonly sessions: { readonly idleMs: number; readonly absoluteMs: number };
}

/** A session that was opened: what the browser holds, and what its page is told. */
export interface Opened {
  readonly secrets: SessionSecrets;
  readonly view: SessionView;
}

/** Opens a session for who knows the password. Throws UNAUTHENTICATED or RATE_LIMITED, the same for unknown logins. */
export const signIn = async (parts: SignInParts, request: Request, body: LoginBody): Promise<Opened> => {
  const outcome = await parts.passwords.check({ login: body.login.toLowerCase() }, body.password);
  if (isNotProven(outcome)) return refuseSignIn(parts, request, outcome);
  const old = sessionTokenOf(request);
  return openSession(parts, personProven(outcome, request), async (tx) => {
    if (old !== undefined) await endSession(tx, { tokenSha256: secretHash(old) });
    return { action: 'auth.login', from: request.ip, lifeMs: parts.sessions.absoluteMs };
  });
};

/** Unlocks an idle session by its person's password, as a new session that ends when the old one would have. */
export const unlock = async (parts: SignInParts, request: Request, password: string): Promise<Opened> => {
  const { principal, session } = callerOf(request);
  if (principal.kind !== 'user' || session === null) throw new CountersignError('UNAUTHENTICATED');
  if (!(await parts.passwords.verifyOwn(principal, password))) {
    await parts.inTransaction(principal, (tx) => refusedUnlock(tx, session.id, request.ip));
    throw new CountersignError('SESSION_LOCKED', { reason: 'wrong-password' });
  }
  return openSession(parts, principal, async (tx) => {
    if (!(await endSession(tx, { id: session.id }))) throw new CountersignError('UNAUTHENTICATED');
    return { action: 'auth.unlock', from: request.ip, lifeMs: session.expiresAt.getTime() - Date.now() };
  });
};

/** What a page is told of its session; the CSRF token is derived again from the cookie it came with. */
export const viewOf = async (
  tx: Tx,
  of: { principal: UserPrincipal; token: string; expiresAt: Date; idleMs: number; locked: boolean },
): Promise<SessionView> => {
  const { principal } = of;
  const { login, mustChangePassword, organisation, wards } = await loadSurroundings(tx, principal.id);
  return {
    user: { id: principal.id, login, name: principal.name },
    organisation,
    grants: principal.grants.map(({ role, wardId }) => ({ role, wardId })),
    wards: [...wards],
    csrfToken: csrfTokenOf(of.token),
    expiresAt: of.expiresAt.toISOString(),
    idleSeconds: of.idleMs / 1000,
    locked: of.locked,
    mustChangePassword,
  };
};

const personProven = ({ userId, organisationId, displayName }: Proven, request: Request): UserPrincipal => ({
  kind: 'user',
  id: userId,
  name: displayName,
  organisationId,
  sessionId: uuidv7(),
  grants: [],
  requestId: requestIdOf(request),
});

type Opening = (tx: Tx) => Promise<{ action: string; from: string | undefined; lifeMs: number }>;

/* Who has gone already has no address any more. */
const detailOf = ({ from, ...known }: { why?: string; from: string | undefined }): Record<string, string> =>
  from === undefined ? known : { ...known, from };

/** Under a fresh id and fresh secrets, whatever the browser sent: a planted session is never adopted. */
const openSession = (parts: SignInParts, person: UserPrincipal, opening: Opening): Promise<Opened> => {
  const principal = { ...person, sessionId: uuidv7() };
  return parts.inTransaction(principal, async (tx) => {
    const { action, from, lifeMs } = await opening(tx);
    const secrets = newSessionSecrets();
    const expiresAt = await insertSession(tx, {
      id: principal.sessionId,
      userId: principal.id,
      tokenSha256: secretHash(secrets.token),
      csrfSha256: secretHash(secrets.csrfToken),
      lifeMs,
    });
    const signedIn = { ...tx, principal: { ...principal, grants: await grantsOf(tx, principal.id) } };
    const audit = { action, entityType: 'session', entityId: principal.sessionId, detail: detailOf({ from }) };
    await record(signedIn, { audit });
    const { idleMs } = parts.sessions;
    const view = await viewOf(signedIn, {
      principal: signedIn.principal,
      token: secrets.token,
      expiresAt,
      idleMs,
      locked: false,
    });
    return { secrets, view };
  });
};

const refusedUnlock = (tx: Tx, sessionId: string, from: string | undefined): Promise<void> =>
  record(tx, {
    audit: {
      action: 'auth.unlock',
      entityType: 'session',
      entityId: sessionId,
      outcome: 'refused',
      code: 'SESSION_LOCKED',
      detail: detailOf({ from }),
    },
  });

/* An attempt at a locked account is not audited: it would let anybody fill the audit without limit. */
const refuseSignIn = async (parts: SignInParts, request: Request, failed: NotProven): Promise<never> => {
  const { why, refusal, userId } = failed;
  const organisationId = failed.organisationId ?? (await oldestOrganisationId((sql) => parts.source.query(sql)));
  if (why !== 'locked' && why !== 'busy' && organisationId !== null) {
    const principal: SystemPrincipal = {
      kind: 'system',
      name: 'sign-in',
      organisationId,
      requestId: requestIdOf(request),
    };
    const audit = { action: 'auth.login', entityType: 'user', outcome: 'refused', code: refusal.code } as const;
    await parts.inTransaction(principal, (tx) =>
      record(tx, { audit: { ...audit, entityId: userId ?? undefined, detail: detailOf({ why, from: request.ip }) } }),
    );
  }
  throw new CountersignError(refusal.code, refusal.detail);
};
