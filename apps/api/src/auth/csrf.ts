import { type Request } from 'express';
import { isSecret } from '#libs/auth/session';
import { refuse, type Refusal } from '#libs/review/refusal';
import { type Identified } from './identify';

const sameOrigin = (request: Request, origin: string): boolean => {
  try {
    return new URL(origin).host === request.host;
  } catch {
    return false; // "null" and other origins that are no address
  }
};

/** Refuses a state-changing request which the browser says comes from another site. */
export const crossSiteRefusal = (request: Request): Refusal | null => {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return refuse('CSRF_REJECTED');
  const origin = request.get('origin');
  return origin === undefined || sameOrigin(request, origin) ? null : refuse('CSRF_REJECTED');
};

/** Refuses a state-changing request of a cookie session without its CSRF token; a bearer token needs none. */
export const csrfRefusal = (request: Request, { csrfSha256 }: Identified): Refusal | null => {
  if (csrfSha256 === null) return null;
  const token = request.get('x-csrf-token');
  return token !== undefined && isSecret(csrfSha256, token) ? null : refuse('CSRF_REJECTED');
};
