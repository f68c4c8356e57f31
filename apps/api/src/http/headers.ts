import { type RequestHandler } from 'express';
import helmet from 'helmet';

const none = ["'none'"];

const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: none, frameAncestors: none, baseUri: none, formAction: none },
  },
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
  frameguard: { action: 'deny' },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
});

const stayEncrypted = helmet.strictTransportSecurity({ maxAge: 63_072_000, includeSubDomains: true });

/**
 * The security headers of every answer (ASVS 5.0 §3.4), and that no cache keeps it: answers are about patients and
 * people. The API serves data only, so its content security policy allows nothing. HSTS is for what came encrypted, to us
 * or to a trusted proxy (RFC 6797 §7.2).
 */
export const securityHeaders: RequestHandler = (request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  if (request.secure) stayEncrypted(request, response, () => undefined);
  protect(request, response, next);
};

/** The same headers as a list, for what is answered before there is a request. */
export const securityHeaderList = (of: { readonly secure: boolean }): readonly (readonly [string, string])[] => {
  const found = new Map<string, string>();
  const response = {
    setHeader: (name: string, value: string) => found.set(name, value),
    removeHeader: () => undefined,
  };
  void securityHeaders(of as never, response as never, () => undefined);
  return [...found];
};
