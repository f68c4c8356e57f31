import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { newSessionSecrets, secretHash, sessionCookie } from '#libs/auth/session';
import { sqlAs } from './test-api';
import { type TestPerson } from './test-people';

/** A signed-in browser of a test. */
export interface TestSession {
  readonly cookie: string;
  readonly csrfToken: string;
  get(path: string): request.Test;
  /** A POST with the session's cookie and CSRF token. */
  post(path: string): request.Test;
  put(path: string): request.Test;
  delete(path: string): request.Test;
}

/** The session cookie that an answer sets, as a browser would send it back. */
export const cookieOf = (answer: request.Response): string => {
  const set = answer.get('Set-Cookie') ?? [];
  const pair = set.map((header) => header.split(';')[0] ?? '').find((header) => header.startsWith(`${sessionCookie}=`));
  if (pair === undefined) throw new Error(`no session cookie: ${answer.status} ${answer.text}`);
  return pair;
};

/** Signs a person in at an API. */
export const signInAt = async (url: string, { login, password }: TestPerson): Promise<TestSession> => {
  const answer = await request(url).post('/api/auth/login').send({ login, password });
  return sessionOf(url, cookieOf(answer), (answer.body as { csrfToken: string }).csrfToken);
};

/** A browser with this cookie and CSRF token. */
export const sessionOf = (url: string, cookie: string, csrfToken: string): TestSession => {
  const agent = request(url);
  const change = (test: request.Test): request.Test => test.set('cookie', cookie).set('x-csrf-token', csrfToken);
  return {
    cookie,
    csrfToken,
    get: (path) => agent.get(path).set('cookie', cookie),
    post: (path) => change(agent.post(path)),
    put: (path) => change(agent.put(path)),
    delete: (path) => change(agent.delete(path)),
  };
};

/** A session made in the database without a password, for tests that need many; `url` may be any role that can insert. */
export const plantSession = async (apiUrl: string, databaseUrl: string, userId: string): Promise<TestSession> => {
  const { token, csrfToken } = newSessionSecrets();
  await sqlAs(
    databaseUrl,
    `insert into session (id, user_id, token_sha256, csrf_sha256, expires_at)
     values ($1, $2, $3, $4, now() + interval '1 hour')`,
    [uuidv7(), userId, secretHash(token), secretHash(csrfToken)],
  );
  return sessionOf(apiUrl, `${sessionCookie}=${token}`, csrfToken);
};
