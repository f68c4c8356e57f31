import { isUtf8 } from 'node:buffer';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { CountersignError } from '#libs/errors/errors';
import { type JsonFault, type JsonReading, readJson } from '#libs/llm/strict-json';
import { inputFault, queryFaults } from './input-fault';

const limit = '1mb';

/** Routes that take another body than JSON, as a Buffer, and the types they take. */
export const rawRoutes: Readonly<Record<string, readonly string[]>> = {
  '/api/interop/hl7v2': ['text/plain', 'application/hl7-v2', 'x-application/hl7-v2+er7'],
};

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

const requireType = (request: Request, types: readonly string[]): void => {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(request.get('content-type') ?? '')?.[1] ?? 'utf-8';
  const isFit = request.is([...types]) !== false && (rawRoutes[request.path] || charset.toLowerCase() === 'utf-8');
  if (hasBody(request) && !isFit) throw new CountersignError('UNSUPPORTED_MEDIA_TYPE', { expected: types });
};

const checkQuery = (request: Request, _response: Response, next: NextFunction): void => {
  const paths = queryFaults(request.query);
  if (paths.length > 0) throw new CountersignError('VALIDATION_FAILED', { paths, rule: 'each parameter once' });
  next();
};

const rules: Readonly<Record<JsonFault, string>> = {
  syntax: 'JSON',
  'duplicate-key': 'each key once',
  'forbidden-key': 'key not allowed',
  'unsafe-number': 'number in range',
  'unsafe-text': 'well-formed text',
  'too-deep': 'depth',
};

const jsonOf = (bytes: Buffer): JsonReading =>
  isUtf8(bytes) ? readJson(bytes.toString('utf8')) : { ok: false, fault: 'unsafe-text' };

/* JSON.parse would take the last of two equal keys and round a long number without a word: what is stored is what was sent. */
const parseJson = (request: Request, _response: Response, next: NextFunction): void => {
  if (!Buffer.isBuffer(request.body) || rawRoutes[request.path]) return next();
  const read = jsonOf(request.body);
  if (!read.ok) throw new CountersignError('VALIDATION_FAILED', { rule: rules[read.fault] });
  if (typeof read.value !== 'object' || read.value === null)
    throw new CountersignError('VALIDATION_FAILED', { rule: 'JSON object' });
  request.body = read.value;
  next();
};

const checkBody = (request: Request, _response: Response, next: NextFunction): void => {
  const fault = Buffer.isBuffer(request.body) ? null : inputFault(request.body);
  if (fault) throw new CountersignError('VALIDATION_FAILED', { paths: [fault.path], rule: fault.rule });
  next();
};

/** Reads bodies: JSON (UTF-8, at most 1 MB, not compressed) everywhere, raw bytes on the routes that declare them. */
export const bodyMiddleware = (): RequestHandler[] => {
  const bytesOf = (types: readonly string[]) => express.raw({ limit, inflate: false, type: [...types] });
  const json = bytesOf(['application/json']);
  const read: RequestHandler = (request, response, next) => {
    const raw = rawRoutes[request.path];
    requireType(request, raw ?? ['application/json']);
    (raw ? bytesOf(raw) : json)(request, response, next);
  };
  return [checkQuery, read, parseJson, checkBody];
};
