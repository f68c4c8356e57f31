import { type Request, type Response } from 'express';
import { type DataSource } from 'typeorm';
import { type Principal } from '#libs/auth/principal';
import { type ErrorCode } from '#libs/errors/errors';
import { isRefusal } from '#libs/review/refusal';
import { type Identify } from '../auth/identify';
import { type Feed } from './feed';
import { createStream, eventText, type Stream, type Write } from './stream';

/** How often a stream says that it lives, and how often its session is looked at again (ms). */
export interface StreamTiming {
  readonly beatMs: number;
  readonly recheckMs: number;
}

/** What streams need of the application. */
export interface StreamParts {
  readonly feed: Feed;
  readonly source: DataSource;
  readonly identify: Identify;
  readonly timing: StreamTiming;
}

const mostBuffered = 1_000_000;

/** Begins an answer of events; answers how to write them. */
export const beginEvents = (response: Response): Write => {
  const write = (text: string): boolean => {
    if (response.writableLength > mostBuffered) response.destroy();
    // What is written to an answer that has ended is an error nobody listens for: it would end the process.
    return !response.destroyed && !response.writableEnded && response.write(text);
  };
  // The connection ends with the stream: kept alive, it would hold up an application that stops.
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'X-Accel-Buffering': 'no',
    Connection: 'close',
  });
  write('retry: 3000\n\n');
  return write;
};

/** Ends an answer of events with a last one, unless it has ended. */
export const endEvents = (response: Response, last: string): void => {
  if (!response.writableEnded) response.end(last);
};

/** Streams changes to a browser until it leaves, its session ends or locks, or the application stops. */
export const openStream = async (
  parts: StreamParts,
  { request, response, principal }: { request: Request; response: Response; principal: Principal },
): Promise<void> => {
  let current = principal;
  const stream = createStream(parts, { principal: () => current, write: beginEvents(response) });
  const beat = setInterval(stream.beat, parts.timing.beatMs);
  const recheck = setInterval(() => {
    void standing(parts.identify, request).then((now) => {
      if ('principal' in now) current = now.principal;
      else endEvents(response, eventText('closed', { code: now.code }));
    });
  }, parts.timing.recheckMs);
  response.once('close', () => {
    clearInterval(beat);
    clearInterval(recheck);
    stream.close();
  });
  await begin(stream, request, response);
};

const begin = async (stream: Stream, request: Request, response: Response): Promise<void> => {
  try {
    await stream.open(request.get('last-event-id'));
  } catch {
    response.destroy(); // PostgreSQL is away: the browser comes again and resumes
  }
};

/** Whether whoever opened a stream may still have it. */
export type Standing = { readonly principal: Principal } | { readonly code: ErrorCode };

/** Looks again at who opened a stream; does not count as a person being there. */
export const standing = async (identify: Identify, request: Request): Promise<Standing> => {
  try {
    const found = await identify(request, { touch: false });
    if (isRefusal(found)) return { code: found.code };
    return found.session?.locked ? { code: 'SESSION_LOCKED' } : { principal: found.principal };
  } catch {
    return { code: 'DATABASE_UNAVAILABLE' }; // who cannot be checked is not told anything
  }
};
