import { type RequestHandler, type Request, type Response } from 'express';
import { pino, type DestinationStream, type Logger } from 'pino';
import { findCaller } from '../auth/caller';
import { requestIdOf } from './request-id';
import { patternOf } from './route';

/** The API's log: JSON lines on standard output, or wherever a test wants them. */
export const createLog = (level: string, destination?: DestinationStream): Logger =>
  pino({ level, base: { part: 'api' }, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination(1));

/** What is told of an answered request: pattern, status and ids. No path, query, header, cookie or body. */
export interface AnsweredRequest {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly actor: string | undefined;
}

const actorOf = (request: Request): string | undefined => {
  const principal = findCaller(request)?.principal;
  return principal && principal.kind !== 'system' ? principal.id : undefined;
};

/** Tells each listener of every answer once it is sent (or its connection is gone). */
export const observeAnswers =
  (listeners: readonly ((answered: AnsweredRequest) => void)[]): RequestHandler =>
  (request, response: Response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      const { method } = request;
      const status = response.statusCode;
      const answered = { requestId: requestIdOf(request), method, route: patternOf(request), status, ms };
      for (const listener of listeners) listener({ ...answered, actor: actorOf(request) });
    });
    next();
  };

/** Writes one line per answered request. */
export const logAnswers =
  (log: Logger) =>
  (answered: AnsweredRequest): void => {
    if (answered.status >= 500) log.error(answered, 'answered');
    else log.info(answered, 'answered');
  };
