import { randomUUID } from 'node:crypto';
import { Agent, fetch } from 'undici';
import type { paths } from './schema';

/** The methods of the API. */
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths that have this method. */
export type PathWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends { readonly [K in M]: { readonly responses: unknown } } ? P : never;
}[keyof paths];

type OperationOf<M extends Method, P extends PathWith<M>> = paths[P] extends { readonly [K in M]: infer O } ? O : never;
type JsonOf<R> = R extends { readonly content: { readonly 'application/json': infer B } } ? B : never;

/** What a route is sent; undefined where it takes no body. */
export type BodyOf<M extends Method, P extends PathWith<M>> =
  OperationOf<M, P> extends { readonly requestBody: infer R } ? JsonOf<R> : undefined;

/** What a route answers with when it does what was asked. */
export type AnswerOf<M extends Method, P extends PathWith<M>> =
  OperationOf<M, P> extends { readonly responses: infer R } ? JsonOf<R[keyof R & (200 | 201)]> : never;

/** A refusal of the API: its code is its identity. */
export interface Problem {
  readonly code: string;
  readonly [detail: string]: unknown;
}

/** Done, or refused with a problem. */
export type Reply<T> =
  | { readonly ok: true; readonly status: number; readonly body: T }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };

/** What goes with a request beside method and path. */
export interface Sending<B> {
  readonly body?: B;
  /** For `{name}` in the path. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** The version that was shown (If-Match). */
  readonly version?: number;
  /** Idempotency-Key; a fresh one by default. */
  readonly key?: string;
}

/** Somebody at the API. Throws what `fetch` throws when nothing answers. */
export interface ApiDoor {
  readonly url: string;
  ask<M extends Method, P extends PathWith<M>>(
    method: M,
    path: P,
    sending?: Sending<BodyOf<M, P>>,
  ): Promise<Reply<AnswerOf<M, P>>>;
  /** Sends an HL7 v2 message; answers its acknowledgement as text. */
  hl7(message: string): Promise<{ readonly status: number; readonly text: string }>;
  close(): Promise<void>;
}

type Headers = Readonly<Record<string, string>>;

/* The certificate is for the name the hospital uses; this client is only ever pointed at an address its caller trusts. A
   connection is used once: one that a killed process kept open would fail the next request. */
const createAgent = (): Agent => new Agent({ pipelining: 0, connect: { rejectUnauthorized: false } });

const timeoutMs = 30_000;

/** An API at this address, with these headers on every request. */
export const openDoor = (url: string, headers: Headers = {}): ApiDoor => {
  const dispatcher = createAgent();
  const send = (path: string, init: { method: string; headers: Headers; body?: string }) =>
    fetch(url + path, { ...init, dispatcher, signal: AbortSignal.timeout(timeoutMs) });
  return {
    url,
    ask: async (method, path, sending = {}) => {
      const json = sending.body === undefined ? {} : { body: JSON.stringify(sending.body) };
      const answer = await send(fullPath(path, sending), {
        method: method.toUpperCase(),
        headers: { ...headers, ...headersOf(method, sending) },
        ...json,
      });
      return replyOf(answer.status, await answer.text());
    },
    hl7: async (message) => {
      const type = { 'content-type': 'application/hl7-v2; charset=utf-8' };
      const answer = await send('/api/interop/hl7v2', {
        method: 'POST',
        headers: { ...headers, ...type },
        body: message,
      });
      return { status: answer.status, text: await answer.text() };
    },
    close: () => dispatcher.close(),
  };
};

const fullPath = (pattern: string, { path = {}, query }: Sending<unknown>): string => {
  const filled = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  return query ? `${filled}?${new URLSearchParams(query).toString()}` : filled;
};

const headersOf = (method: Method, { key, version, body }: Sending<unknown>): Headers => ({
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...(method !== 'get' && { 'idempotency-key': key ?? randomUUID() }),
  ...(version !== undefined && { 'if-match': `"${version}"` }),
});

const replyOf = <T>(status: number, text: string): Reply<T> => {
  const body: unknown = text === '' ? null : JSON.parse(text);
  return status < 300 ? { ok: true, status, body: body as T } : { ok: false, status, problem: body as Problem };
};

/** What was answered; throws an error with status and code when it was refused. */
export const done = <T>(reply: Reply<T>): T => {
  if (reply.ok) return reply.body;
  throw new Error(`the API refused: ${reply.status} ${JSON.stringify(reply.problem)}`);
};

/** Signs a person in with their password; throws when that is refused. */
export const signIn = async (url: string, person: { login: string; password: string }): Promise<ApiDoor> => {
  const dispatcher = createAgent();
  const answer = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: person.login, password: person.password }),
    dispatcher,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body = (await answer.json()) as AnswerOf<'post', '/api/auth/login'>;
  await dispatcher.close();
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!answer.ok || cookie === undefined) throw new Error(`${person.login} is not let in: ${answer.status}`);
  return openDoor(url, { cookie, 'x-csrf-token': body.csrfToken });
};

/** Signs somebody in by the temporary password they were handed, and sets their own in its place. */
export const signInFirst = async (
  url: string,
  { temporaryPassword, ...own }: { login: string; password: string; temporaryPassword: string },
): Promise<ApiDoor> => {
  const door = await signIn(url, { login: own.login, password: temporaryPassword });
  done(await door.ask('post', '/api/auth/password', { body: { current: temporaryPassword, next: own.password } }));
  return door;
};

/** A machine with its token. */
export const openMachineDoor = (url: string, token: string): ApiDoor =>
  openDoor(url, { authorization: `Bearer ${token}` });
