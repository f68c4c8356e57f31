import createClient, { type Middleware } from 'openapi-fetch';
import { hearClock } from './clock';
import { Problem, problemOf, unreachable } from './problem';
import { type paths } from './types';

let csrfToken = '';

/** Keeps what the session gave for requests that change something; in memory only, as the page is. */
export const useCsrfToken = (token: string): void => {
  csrfToken = token;
};

const headers: Middleware = {
  onRequest: ({ request }) => {
    request.headers.set('accept-language', document.documentElement.lang);
    if (request.method !== 'GET') request.headers.set('x-csrf-token', csrfToken);
    return request;
  },
  onResponse: ({ response }) => hearClock(response.headers.get('date')),
};

/** The API of this origin, typed by its own description. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin', cache: 'no-store' });
api.use(headers);

type Answered<T> = { readonly data?: T; readonly error?: unknown; readonly response: Response };

/** What was answered. Throws a {@link Problem}: the API's own, or `NETWORK` when nothing was answered. */
export const answered = async <T>(asking: Promise<Answered<T>>): Promise<T> => {
  const answer = await asking.catch((thrown: unknown) => {
    throw new Problem(0, unreachable, { cause: String(thrown) });
  });
  if (!answer.response.ok) throw problemOf(answer.response.status, answer.error);
  return answer.data as T;
};

/**
 * The headers of a request that changes something. One key for one intention: a request that is sent again because no
 * answer came carries the same one, and changes nothing twice.
 */
export const once = (key: string): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': key });

/** The same for something that was shown in this version. */
export const onceAt = (key: string, version: number): { 'Idempotency-Key': string; 'If-Match': string } => ({
  ...once(key),
  'If-Match': `"${version}"`,
});

/** A key for one intention. */
export const newKey = (): string => crypto.randomUUID();
