import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { type Logger } from 'pino';
import {
  CountersignError,
  type ErrorCode,
  errorCodes,
  type ErrorDetail,
  isCountersignError,
} from '#libs/errors/errors';
import { LOG } from '../tokens';
import { databaseFault, isDatabaseAway, isLostRace } from './database-fault';
import { languageOf, problemOf } from './problem';
import { requestIdOf } from './request-id';
import { routeOf } from './route';

const byStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'VALIDATION_FAILED',
  403: 'VALIDATION_FAILED', // the body parser's word for a body its check refused
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

const statusOf = (thrown: unknown): number | undefined => {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const { status } = (thrown ?? {}) as { status?: unknown };
  return typeof status === 'number' ? status : undefined;
};

/** The error of the product that whatever was thrown amounts to. Texts of others never pass: they may quote a value. */
export const asCountersignError = (thrown: unknown): CountersignError => {
  if (isCountersignError(thrown)) return thrown;
  if (isDatabaseAway(thrown)) return new CountersignError('DATABASE_UNAVAILABLE', { retryAfterSeconds: 2 });
  if (isLostRace(thrown)) return new CountersignError('CONFLICT');
  return new CountersignError(byStatus[statusOf(thrown) ?? 500] ?? 'INTERNAL');
};

/** Answers every error as problem+json; logs a fault of ours without its text. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = asCountersignError(thrown);
    if (errorCodes[error.code].status >= 500) this.logFault(error.code, thrown, request);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    setHeaders(response, error.code, error.detail);
    const context = { requestId: requestIdOf(request), language: languageOf(request.get('accept-language')) };
    response
      .status(error.status)
      .type('application/problem+json')
      .json(problemOf(error.code, error.detail, context));
  }

  private logFault(code: ErrorCode, thrown: unknown, request: Request): void {
    const { code: cause, constraint } = databaseFault(thrown);
    const { name, stack } = (thrown ?? {}) as { name?: unknown; stack?: unknown };
    const frames = typeof stack === 'string' ? stack.match(/^ {4}at .*/gm)?.slice(0, 12) : undefined;
    this.log.error(
      { requestId: requestIdOf(request), route: routeOf(request), code, name, cause, constraint, frames },
      'request failed',
    );
  }
}

const setHeaders = (response: Response, code: ErrorCode, detail: ErrorDetail): void => {
  response.removeHeader('ETag');
  const { retryAfterSeconds } = detail;
  if (typeof retryAfterSeconds === 'number') response.setHeader('Retry-After', String(Math.ceil(retryAfterSeconds)));
  if (code === 'UNAUTHENTICATED') response.setHeader('WWW-Authenticate', 'Bearer realm="countersign"');
};
