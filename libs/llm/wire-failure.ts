import { APIConnectionTimeoutError, APIError } from 'openai';
import { EgressRefused } from './egress';
import { BodyTooLarge } from './guarded-fetch';
import { type FailureReason } from './outcome';

/** A failed request in fixed words; the server's own words end here. */
export interface WireFailure {
  reason: FailureReason;
  retryAfterMs: number | null;
  /** A 400 that is about a parameter of ours, so that a plainer request may pass. */
  refuses: 'response_format' | 'stream_options' | 'thinking' | 'unknown' | null;
}

/** A failure with nothing to add. */
export const wireFailure = (reason: FailureReason): WireFailure => ({ reason, retryAfterMs: null, refuses: null });

const STATUS_REASONS: Readonly<Record<number, FailureReason>> = {
  400: 'request-refused',
  401: 'credentials-refused',
  402: 'payment-required',
  403: 'credentials-refused',
  404: 'not-found',
  408: 'server-error',
  413: 'context-too-long',
  422: 'request-refused',
  429: 'rate-limited',
};

const ABOUT_FORMAT = /response_format|json_schema|json_object|structured|guided|grammar|json schema/i;
const ABOUT_USAGE = /stream_options|include_usage/i;
const ABOUT_THINKING = /thinking|chat_template_kwargs/i;
const ABOUT_LENGTH = /context length|context_length|maximum context|max_model_len|too many tokens|prompt is too long/i;

/** Every error of a cause chain, the outermost first. */
const chainOf = (error: unknown): Error[] => {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 10; at = at.cause) chain.push(at);
  return chain;
};

/** Retry-After in milliseconds: seconds or a date; null where absent or unreadable. */
export const retryAfterMs = (header: string | null | undefined, now: number = Date.now()): number | null => {
  if (header === null || header === undefined || header.trim() === '') return null;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header.trim()) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
};

const refusedParameter = (text: string): WireFailure['refuses'] => {
  if (ABOUT_USAGE.test(text)) return 'stream_options';
  if (ABOUT_THINKING.test(text)) return 'thinking';
  return ABOUT_FORMAT.test(text) ? 'response_format' : 'unknown';
};

const statusReason = (status: number): FailureReason =>
  STATUS_REASONS[status] ?? (status >= 500 ? 'server-error' : 'status-refused');

const statusFailure = (error: APIError, status: number): WireFailure => {
  const retryAfter = retryAfterMs(error.headers?.get('retry-after'));
  const reason = statusReason(status);
  if (reason !== 'request-refused') return { reason, retryAfterMs: retryAfter, refuses: null };
  const text = `${error.message} ${error.param ?? ''} ${error.code ?? ''}`;
  if (ABOUT_LENGTH.test(text)) return wireFailure('context-too-long');
  return { reason, retryAfterMs: retryAfter, refuses: refusedParameter(text) };
};

const transportFailure = (chain: readonly Error[]): WireFailure => {
  const refused = chain.find((error) => error instanceof EgressRefused);
  if (refused !== undefined) return wireFailure(refused.reason);
  if (chain.some((error) => error instanceof BodyTooLarge)) return wireFailure('too-large');
  if (chain.some((error) => error.message === 'unexpected redirect')) return wireFailure('redirected');
  const cut = chain.some((error) => error.message === 'terminated' || error.message === 'other side closed');
  return wireFailure(cut ? 'connection-lost' : 'unreachable');
};

const connecting = (chain: readonly Error[]): boolean => chain.some((error) => error.name === 'ConnectTimeoutError');

/**
 * Turns whatever the HTTP client threw into fixed words. An error status gives the status's reason; an error object
 * inside a 200 has no status; the rest is transport. `started`: whether part of an answer had come.
 */
export const classifyThrown = (thrown: unknown, started: boolean): WireFailure => {
  const chain = chainOf(thrown);
  const [first] = chain;
  if (first instanceof APIConnectionTimeoutError) return wireFailure(connecting(chain) ? 'unreachable' : 'first-token');
  if (first instanceof APIError && typeof first.status === 'number') return statusFailure(first, first.status);
  if (first instanceof APIError && first.constructor === APIError) return wireFailure('error-in-answer');
  if (first instanceof SyntaxError) return wireFailure('not-json');
  const failure = transportFailure(chain);
  return started && failure.reason === 'unreachable' ? wireFailure('connection-lost') : failure;
};
