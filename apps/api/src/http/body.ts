import { isUtf8 } from 'node:buffer';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { CountersignError } from '#libs/errors/errors';
import { inputFault, queryFaults } from './input-fault';

const limit = '1mb';

/** Routes that take another body than JSON, as a Buffer, and the types they take. */
export const rawRoutes: Readonly<Record<string, readonly string[]>> = {
  '/api/interop/hl7v2': ['text/plain', 'application/hl7-v2', 'x-application/hl7-v2+er7'],
};

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

const requireType = (request: Request, types: readonly string[]): void => {
  if (hasBody(request) && request.is([...types]) === false)
    throw new CountersignError('UNSUPPORTED_MEDIA_TYPE', { expected: types });
};

const checkQuery = (request: Request, _response: Response, next: NextFunction): void => {
  const paths = queryFaults(request.query);
  if (paths.length > 0) throw new CountersignError('VALIDATION_FAILED', { paths, rule: 'each parameter once' });
  next();
};

const requireUtf8 = (_request: unknown, _response: unknown, body: Buffer): void => {
  if (!isUtf8(body)) throw new Error('body is not UTF-8');
};

const checkBody = (request: Request, _response: Response, next: NextFunction): void => {
  const fault = Buffer.isBuffer(request.body) ? null : inputFault(request.body);
  if (fault) throw new CountersignError('VALIDATION_FAILED', { paths: [fault.path], rule: fault.rule });
  next();
};

/** Reads bodies: JSON (UTF-8, at most 1 MB, not compressed) everywhere, raw bytes on the routes that declare them. */
export const bodyMiddleware = (): RequestHandler[] => {
  const json = express.json({ limit, inflate: false, type: 'application/json', verify: requireUtf8 });
  const parse: RequestHandler = (request, response, next) => {
    const raw = rawRoutes[request.path];
    requireType(request, raw ?? ['application/json']);
    const read = raw ? express.raw({ limit, inflate: false, type: [...raw] }) : json;
    read(request, response, next);
  };
  return [checkQuery, parse, checkBody];
};
