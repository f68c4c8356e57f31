import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The cookie of a session: bound to this host and to https by its prefix. */
export const sessionCookie = '__Host-countersign';

/** What a browser holds: a 256-bit session token (cookie) and the CSRF token derived from it (header). */
export interface SessionSecrets {
  readonly token: string;
  readonly csrfToken: string;
}

const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** Fresh secrets; only their hashes are stored. */
export const newSessionSecrets = (): SessionSecrets => {
  const token = randomBytes(32).toString('base64url');
  return { token, csrfToken: csrfTokenOf(token) };
};

/** The CSRF token of a session token, so that a page that was reloaded can be told it again without storing it. */
export const csrfTokenOf = (token: string): string =>
  createHmac('sha256', token).update('countersign/csrf/v1').digest('base64url');

/** Whether text has the form of a token, before anything looks it up. */
export const isSessionToken = (text: string): boolean => tokenForm.test(text);

/** The stored form of a secret (32 bytes). A plain hash suffices: the secret has 256 random bits. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Whether a secret is the one that was stored; in constant time. */
export const isSecret = (stored: Uint8Array, secret: string): boolean => {
  const given = secretHash(secret);
  return stored.length === given.length && timingSafeEqual(stored, given);
};
