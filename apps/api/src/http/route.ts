import { type Request } from 'express';

/** The path pattern that matched, such as `/api/reviews/:id`; never the path itself, which has ids in it. */
export const patternOf = (request: Request): string =>
  (request.route as { path?: string } | undefined)?.path ?? 'unmatched';

/** Names a route as the policy does: `GET /api/reviews/:id`; HEAD counts as GET. */
export const routeOf = (request: Request): string =>
  `${request.method === 'HEAD' ? 'GET' : request.method} ${patternOf(request)}`;

/** Whether a method may change something. */
export const changesState = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);
