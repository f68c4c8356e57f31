import { stringifySetCookie } from 'cookie';
import { type Response } from 'express';
import { sessionCookie } from '#libs/auth/session';

const attributes = { name: sessionCookie, path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

/**
 * Gives the browser its session; ends with the browser, and with the session on the server whatever the browser keeps.
 * Browsers and curl (7.79 or later) treat http on the loopback address as secure, so the demo needs no TLS for it.
 */
export const setSessionCookie = (response: Response, token: string): void => {
  response.setHeader('Set-Cookie', stringifySetCookie({ ...attributes, value: token }));
};

/** Takes the session back. */
export const clearSessionCookie = (response: Response): void => {
  response.setHeader('Set-Cookie', stringifySetCookie({ ...attributes, value: '', maxAge: 0 }));
};
