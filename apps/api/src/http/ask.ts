import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type Principal } from '#libs/auth/principal';
import { sha256Hex } from '#libs/crypto/digest';
import { replyKey, type ReplyKey } from '#libs/db/stores/reply.store';
import { CountersignError } from '#libs/errors/errors';
import { callerOf } from '../auth/caller';
import { routeOf } from './route';

/** One request as the answer sees it: who asks, by which route, under which Idempotency-Key. */
export interface Ask {
  readonly principal: Principal;
  /** `POST /api/reviews/:id/decisions` */
  readonly route: string;
  /** The `:id` of the path when it is a uuid. */
  readonly entityId: string | undefined;
  readonly replyKey: ReplyKey | null;
  readonly ifMatch: string | undefined;
  readonly response: Response;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const keyForm = /^[\x21-\x7e]{8,200}$/;
const versionForm = /^"(\d{1,9})"$/;

const requestOf = (context: ExecutionContext): Request => context.switchToHttp().getRequest<Request>();

const keyOf = (request: Request): ReplyKey => {
  const key = request.get('idempotency-key');
  if (key === undefined) throw new CountersignError('IDEMPOTENCY_KEY_REQUIRED');
  if (!keyForm.test(key)) throw new CountersignError('VALIDATION_FAILED', { paths: ['header.idempotency-key'] });
  // The path without query: no route that changes something reads its query.
  const path = request.path;
  const sent: unknown = request.body;
  const version = request.get('if-match');
  const body = Buffer.isBuffer(sent) ? { raw: sha256Hex(sent) } : { json: sent ?? null };
  return replyKey(key, { method: request.method, path, body: { ...body, version: version ?? null } });
};

/** The `:id` of a request's path when it is a uuid. */
export const entityIdOf = ({ params: { id } }: Request): string | undefined =>
  typeof id === 'string' && uuid.test(id) ? id : undefined;

const askOf = (request: Request, key: ReplyKey | null): Ask => {
  return {
    principal: callerOf(request).principal,
    route: routeOf(request),
    entityId: entityIdOf(request),
    replyKey: key,
    ifMatch: request.get('if-match'),
    response: request.res as Response,
  };
};

/** The request, for a route that only reads or that may safely be repeated. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): Ask =>
  askOf(requestOf(context), null),
);

const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: true,
  description: '8 to 200 printable ASCII characters; the same key with the same request gets the same answer',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
});

const documentedBy =
  (header: MethodDecorator): ParameterDecorator =>
  (target, name) => {
    const method = name === undefined ? undefined : Object.getOwnPropertyDescriptor(target, name);
    if (name !== undefined && method) header(target, name, method);
  };

/** The request, for a route that changes something: its Idempotency-Key is required, so that a retry changes nothing. */
export const AskedOnce = createParamDecorator(
  (_: unknown, context: ExecutionContext): Ask => askOf(requestOf(context), keyOf(requestOf(context))),
  [documentedBy(idempotencyHeader)],
);

/** Declares that a route needs If-Match; read it with {@link versionOf}. */
export const Versioned = (): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'the ETag of what was shown, such as "3"',
    schema: { type: 'string', pattern: versionForm.source },
  });

/** The version in If-Match. Throws VERSION_REQUIRED without it, VALIDATION_FAILED when it is not one strong ETag of ours. */
export const versionOf = ({ ifMatch }: Ask): number => {
  if (ifMatch === undefined) throw new CountersignError('VERSION_REQUIRED');
  const version = versionForm.exec(ifMatch)?.[1];
  if (version === undefined) throw new CountersignError('VALIDATION_FAILED', { paths: ['header.if-match'] });
  return Number(version);
};
