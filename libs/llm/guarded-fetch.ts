import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';
import { type EgressGuard, EgressRefused, type EgressVerdict } from './egress';

/** The fetch that the model client uses, and its connections. */
export interface GuardedFetch {
  fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

/** Limits of one connection; `maxBytes` bounds a response body after decompression. */
export interface FetchLimits {
  connectMs: number;
  silenceMs: number;
  maxBytes: number;
  /** PEM of the authority that signed the endpoint's certificate, where it is not a public one. */
  ca?: string;
}

/** Thrown while reading a body that is larger than any answer can be. */
export class BodyTooLarge extends Error {}

type LookupArguments = Parameters<LookupFunction>;

const answerLookup = async (
  addresses: Promise<EgressVerdict>,
  options: LookupArguments[1],
  callback: LookupArguments[2],
): Promise<void> => {
  const verdict = await addresses;
  const [first] = verdict.ok ? verdict.addresses : [];
  if (!verdict.ok) callback(new EgressRefused(verdict.reason), '', 0);
  else if (options.all === true) callback(null, [...verdict.addresses]);
  else callback(null, first?.address ?? '', first?.family ?? 0);
};

const pinnedLookup =
  (guard: EgressGuard): LookupFunction =>
  (hostname, options, callback) =>
    void answerLookup(guard.addressesOf(hostname), options, callback);

const originOf = ({ protocol, hostname, port }: buildConnector.Options): string => {
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  return URL.parse(`${protocol}//${host}${port === '' ? '' : `:${port}`}`)?.origin ?? '';
};

/** Connects only to the guard's origin, at addresses resolved and checked in the very lookup that the socket uses. */
const guardedConnector = (guard: EgressGuard, limits: FetchLimits): buildConnector.connector => {
  const connect = buildConnector({
    lookup: pinnedLookup(guard),
    timeout: limits.connectMs,
    allowH2: false,
    ...(limits.ca === undefined ? {} : { ca: limits.ca }),
  });
  return (options, callback) => {
    if (originOf(options) !== guard.origin) callback(new EgressRefused('origin-refused'), null);
    else connect(options, callback);
  };
};

const limited = (body: ReadableStream<Uint8Array>, maxBytes: number): ReadableStream<Uint8Array> => {
  let seen = 0;
  const meter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > maxBytes) controller.error(new BodyTooLarge());
      else controller.enqueue(chunk);
    },
  });
  return body.pipeThrough(meter);
};

/** Only what a chat request needs leaves: nothing from the client's defaults or the environment. */
const SENT = new Set(['authorization', 'content-type', 'accept']);

const outgoing = (given: RequestInit['headers'], extra: ReadonlySet<string>): Record<string, string> => {
  const entries = [...new Headers(given).entries()];
  return Object.fromEntries(entries.filter(([name]) => SENT.has(name) || extra.has(name)));
};

/** Names of headers that a caller may add to a request, in lower case. */
export interface AllowedHeaders {
  headerNames: ReadonlySet<string>;
}

/**
 * A fetch bound to one endpoint: own connection pool (so no proxy of the environment applies), guarded connector,
 * redirects are errors, bodies are bounded.
 */
export const createGuardedFetch = (guard: EgressGuard, limits: FetchLimits & AllowedHeaders): GuardedFetch => {
  const dispatcher = new Agent({
    connect: guardedConnector(guard, limits),
    headersTimeout: limits.silenceMs,
    bodyTimeout: limits.silenceMs,
  });
  const guardedFetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const { method, body, signal } = init;
    const answer = await fetch(String(input), {
      method,
      body: typeof body === 'string' ? body : undefined,
      signal,
      headers: outgoing(init.headers, limits.headerNames),
      redirect: 'error',
      dispatcher,
    });
    const stream = answer.body === null ? null : limited(answer.body as ReadableStream<Uint8Array>, limits.maxBytes);
    return new Response(stream, { status: answer.status, headers: Object.fromEntries(answer.headers) });
  };
  return { fetch: guardedFetch, close: () => dispatcher.destroy() };
};
