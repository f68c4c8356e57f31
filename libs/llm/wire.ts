import OpenAI from 'openai';
import { type ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { Stream } from 'openai/streaming';
import { addPart, type Completion, emptyCompletion, finishFault } from './completion';
import { type Deadlines, type Expiry } from './deadlines';
import { type GuardedFetch } from './guarded-fetch';
import { classifyThrown, type WireFailure, wireFailure } from './wire-failure';

/** What an endpoint is called with. */
export interface WireOptions {
  /** With its version path, for example `http://10.0.0.8:8000/v1`. */
  baseUrl: string;
  apiKey: string | null;
  totalMs: number;
  guarded: GuardedFetch;
}

/** One request: the body as the endpoint gets it, headers of the caller's, the deadlines that are running. */
export interface WireCall {
  body: Record<string, unknown>;
  headers: Readonly<Record<string, string>>;
  deadlines: Deadlines;
}

/** What came, complete or not, and why it is not complete. */
export interface WireAnswer {
  completion: Completion;
  failure: WireFailure | null;
  durationMs: number;
  firstTokenMs: number | null;
}

/** The chat endpoint over the `openai` package: no retries, no redirects, no logging, no environment. */
export interface Wire {
  complete(call: WireCall): Promise<WireAnswer>;
}

interface Progress {
  completion: Completion;
  startedAt: number;
  firstTokenMs: number | null;
  started: boolean;
}

/** The client refuses to be made without a key; self-hosted endpoints often have none, and then no header is sent. */
const NO_KEY = 'none';

const createClient = ({ baseUrl, apiKey, totalMs, guarded }: WireOptions): OpenAI =>
  new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? NO_KEY,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: totalMs,
    logLevel: 'off',
    defaultHeaders: apiKey === null ? { authorization: null } : {},
    fetch: guarded.fetch,
    fetchOptions: { redirect: 'error' },
  });

/** A body that is not an event stream, as one part; blank keep-alive lines before it are not progress. */
async function* bodyParts(response: Response, onText: () => void): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    const piece = decoder.decode(bytes, { stream: true });
    if (piece.trim() !== '') onText();
    text += piece;
  }
  yield JSON.parse(text + decoder.decode());
}

const isEventStream = (response: Response): boolean =>
  (response.headers.get('content-type') ?? '').toLowerCase().startsWith('text/event-stream');

const noteText = (progress: Progress, deadlines: Deadlines): void => {
  progress.started = true;
  progress.firstTokenMs ??= Math.round(performance.now() - progress.startedAt);
  deadlines.awaitNextToken();
};

/** Asks and reads; `attempt` aborts with the deadlines, and after the last part, so that no connection is left behind. */
const readParts = async (client: OpenAI, call: WireCall, progress: Progress): Promise<WireFailure | null> => {
  const { body, headers, deadlines } = call;
  const attempt = new AbortController();
  const signal = AbortSignal.any([deadlines.signal, attempt.signal]);
  const onText = (): void => noteText(progress, deadlines);
  try {
    const params = body as unknown as ChatCompletionCreateParamsStreaming;
    const response = await client.chat.completions.create(params, { signal, headers }).asResponse();
    const streamed = isEventStream(response);
    const parts = streamed ? Stream.fromSSEResponse<unknown>(response, attempt, client) : bodyParts(response, onText);
    for await (const part of parts) {
      const brought = addPart(progress.completion, part, !streamed);
      if (brought === 'text') onText();
      else if (brought !== 'quiet') return wireFailure(brought);
    }
  } finally {
    attempt.abort();
  }
  const fault = finishFault(progress.completion);
  return fault === null ? null : wireFailure(fault);
};

/** An answer that had said `stop` before the connection broke is whole: only its accounting is missing. */
const isWhole = ({ completion }: Progress): boolean => finishFault(completion) === null;

const readGuarded = async (client: OpenAI, call: WireCall, progress: Progress): Promise<WireFailure | null> => {
  try {
    return await readParts(client, call, progress);
  } catch (error) {
    const failure = classifyThrown(error, progress.started);
    return failure.reason === 'connection-lost' && isWhole(progress) ? null : failure;
  }
};

/** A deadline overrules what was read, except that an answer already whole stays one unless the caller has left. */
const verdict = (expired: Expiry | null, read: WireFailure | null, progress: Progress): WireFailure | null => {
  if (expired === null) return read;
  return expired !== 'cancelled' && isWhole(progress) ? null : wireFailure(expired);
};

/** Makes the wire of one endpoint. Every failure is in the answer; nothing is thrown, nothing hangs past the deadlines. */
export const createWire = (options: WireOptions): Wire => {
  const client = createClient(options);
  return {
    complete: async (call) => {
      const startedAt = performance.now();
      const progress: Progress = { completion: emptyCompletion(), startedAt, firstTokenMs: null, started: false };
      call.deadlines.awaitFirstToken();
      const read = await call.deadlines.within(readGuarded(client, call, progress));
      call.deadlines.rest();
      const failure = verdict(call.deadlines.expired(), read, progress);
      const durationMs = Math.round(performance.now() - startedAt);
      return { completion: progress.completion, failure, durationMs, firstTokenMs: progress.firstTokenMs };
    },
  };
};
