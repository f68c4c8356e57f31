import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import { sessionCookie } from '#libs/auth/session';
import { type Nurse } from './ledger';

/** What the API answered. */
export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A nurse at a browser: one session, every request as a browser sends it. */
export interface Desk {
  /** The headers that carry the session. */
  readonly session: Readonly<Record<string, string>>;
  readonly get: (path: string) => Promise<Answered>;
  /** A change: with CSRF token, an Idempotency-Key of its own, and the version that was shown where one is asked for. */
  readonly post: (path: string, body: object, version?: number) => Promise<Answered>;
  /** How often the API was too busy and was asked again, under the same key. */
  readonly retried: () => number;
}

const tries = 50;
const pauseMs = 200;

/** Signs a nurse in; throws when the API refuses. */
export const signIn = async (http: Pool, { login, password }: Nurse): Promise<Desk> => {
  const { statusCode, headers, body } = await http.request({
    method: 'POST',
    path: '/api/auth/login',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const { csrfToken } = (await body.json()) as { csrfToken: string };
  const cookie = [headers['set-cookie'] ?? []].flat().find((one) => one.startsWith(sessionCookie));
  if (statusCode >= 300 || cookie === undefined) throw new Error(`signing in was answered ${statusCode}`);
  return deskOf(http, { cookie: cookie.split(';')[0] ?? '', 'x-csrf-token': csrfToken });
};

const deskOf = (http: Pool, session: Readonly<Record<string, string>>): Desk => {
  let retried = 0;
  const ask = async (request: Parameters<Pool['request']>[0]): Promise<Answered> => {
    for (let left = tries; ; left--) {
      const { statusCode, body } = await http.request(request);
      const answered = { status: statusCode, body: (await body.json()) as Answered['body'] };
      if (statusCode !== 503 || left === 0) return answered;
      retried += 1;
      await sleep(pauseMs);
    }
  };
  return {
    session,
    get: (path) => ask({ method: 'GET', path, headers: session }),
    post: (path, body, version) =>
      ask({ method: 'POST', path, headers: headersOf(session, version), body: JSON.stringify(body) }),
    retried: () => retried,
  };
};

const headersOf = (session: Readonly<Record<string, string>>, version: number | undefined): Record<string, string> => ({
  ...session,
  'content-type': 'application/json',
  'idempotency-key': uuidv7(),
  ...(version !== undefined && { 'if-match': `"${version}"` }),
});

/** The body of an answer; throws with its code when it is not a success. */
export const successOf = <T>({ status, body }: Answered): T => {
  if (status < 300) return body as T;
  throw new Error(`answered ${status} ${String(body['code'])} ${JSON.stringify(body['detail'] ?? {})}`);
};

/** Hands out the desks one after another, over and over: at one desk alone, the API would refuse so many requests. */
export const inTurn = (desks: readonly Desk[]): (() => Desk) => {
  let last = -1;
  return () => {
    last = (last + 1) % desks.length;
    const desk = desks[last];
    if (!desk) throw new Error('there is no desk');
    return desk;
  };
};
