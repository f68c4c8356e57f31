import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { EgressRefused } from './egress';
import { BodyTooLarge } from './guarded-fetch';
import { errorCodes } from '#libs/errors/errors';
import { failureReasons } from './outcome';
import { CANARY } from './testing';
import { classifyThrown, retryAfterMs } from './wire-failure';

const status = (code: number, error: object, headers: Record<string, string> = {}): APIError =>
  APIError.generate(code, { error }, undefined, new Headers(headers));
const message = (text: string): object => ({ message: text, type: 'invalid_request_error', code: null, param: null });

describe('classifyThrown', () => {
  it.each([
    [400, 'request-refused'],
    [401, 'credentials-refused'],
    [402, 'payment-required'],
    [403, 'credentials-refused'],
    [404, 'not-found'],
    [408, 'server-error'],
    [409, 'status-refused'],
    [413, 'context-too-long'],
    [422, 'request-refused'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'server-error'],
    [529, 'server-error'],
  ])('gives status %d the reason %s and none of the body', (code, reason) => {
    const failure = classifyThrown(status(code, message(`could not read ${CANARY}`)), false);
    expect(failure.reason).toBe(reason);
    expect(JSON.stringify(failure)).not.toContain(CANARY);
  });

  it.each([
    ['This response_format type is unavailable now', 'response_format'],
    ['Invalid json_schema: unsupported keyword', 'response_format'],
    ['guided decoding is not supported', 'response_format'],
    ['Unknown parameter: stream_options', 'stream_options'],
    ['extra fields not permitted: chat_template_kwargs', 'thinking'],
    ['Bad request', 'unknown'],
  ])('sees in %j which parameter is refused', (text, refuses) => {
    expect(classifyThrown(status(400, message(text)), false)).toMatchObject({ reason: 'request-refused', refuses });
  });

  it('knows a context that is too long from a refused parameter', () => {
    const text = "This model's maximum context length is 65536 tokens. However, you requested 66343 tokens.";
    expect(classifyThrown(status(400, message(text)), false)).toEqual({
      reason: 'context-too-long',
      retryAfterMs: null,
      refuses: null,
    });
  });

  it('honours Retry-After beyond a minute', () => {
    const failure = classifyThrown(status(429, message('x'), { 'retry-after': '120' }), false);
    expect(failure).toMatchObject({ reason: 'rate-limited', retryAfterMs: 120_000 });
  });

  it('finds a refusal of the guard, a redirect, a size and a cut at any depth', () => {
    const wrapped = (cause: Error): APIConnectionError =>
      new APIConnectionError({ cause: new TypeError('fetch failed', { cause }) });
    expect(classifyThrown(wrapped(new EgressRefused('address-refused')), false).reason).toBe('address-refused');
    expect(classifyThrown(wrapped(new Error('unexpected redirect')), false).reason).toBe('redirected');
    expect(classifyThrown(wrapped(new Error('connect ECONNREFUSED')), false).reason).toBe('unreachable');
    expect(classifyThrown(new BodyTooLarge(), true).reason).toBe('too-large');
    expect(classifyThrown(new TypeError('terminated', { cause: new Error('other side closed') }), true).reason).toBe(
      'connection-lost',
    );
    expect(classifyThrown(new TypeError('read failed'), true).reason).toBe('connection-lost');
  });

  it('tells a connection that never came from an answer that never began', () => {
    const connecting = Object.assign(new Error('Connect Timeout Error'), { name: 'ConnectTimeoutError' });
    const timeout = new APIConnectionTimeoutError();
    expect(classifyThrown(timeout, false).reason).toBe('first-token');
    const never = Object.assign(new APIConnectionTimeoutError(), {
      cause: new TypeError('fetch failed', { cause: connecting }),
    });
    expect(classifyThrown(never, false).reason).toBe('unreachable');
  });

  it('knows an error inside a stream, and text that is no JSON', () => {
    expect(classifyThrown(new APIError(undefined, { message: CANARY }, undefined, undefined), true).reason).toBe(
      'error-in-answer',
    );
    expect(classifyThrown(new SyntaxError(`Unexpected token in ${CANARY}`), false).reason).toBe('not-json');
  });

  it('has words for anything that can be thrown, and a cause that is its own', () => {
    const circular = new Error('x');
    circular.cause = circular;
    for (const thrown of [null, undefined, 'text', 5, {}, circular]) {
      expect(classifyThrown(thrown, false).reason).toBe('unreachable');
    }
  });
});

describe('retryAfterMs', () => {
  it('reads seconds and dates, and nothing else', () => {
    const now = Date.parse('2026-11-23T08:00:00Z');
    expect(retryAfterMs('30')).toBe(30_000);
    expect(retryAfterMs(' 1.5 ')).toBe(1500);
    expect(retryAfterMs('Mon, 23 Nov 2026 08:02:00 GMT', now)).toBe(120_000);
    expect(retryAfterMs('Mon, 23 Nov 2026 07:00:00 GMT', now)).toBe(0);
    for (const header of [null, undefined, '', '-5x', 'soon']) expect(retryAfterMs(header)).toBeNull();
  });
});

describe('failureReasons', () => {
  it('gives each reason a code of the product that belongs to the model or its address', () => {
    for (const { code } of Object.values(failureReasons)) {
      expect(errorCodes[code].status).toBeGreaterThanOrEqual(500);
      expect(code).toMatch(/^(MODEL_|EGRESS_)/);
    }
  });
});
