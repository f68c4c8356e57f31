import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { type NestExpressApplication } from '@nestjs/platform-express';
import express, { type Request, type RequestHandler, type Response } from 'express';

/* From the source as well as from what was built of it. */
const above = join(__dirname, '../../../..');
const builtInto = basename(above) === 'dist' ? join(above, 'web') : join(above, 'dist/web');

const directives = (nonce: string): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    // The component kit writes its styles at run time; only the page's own may.
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');

const sendPage = (response: Response, page: string): void => {
  const nonce = randomBytes(18).toString('base64');
  response.setHeader('Content-Security-Policy', directives(nonce));
  response.type('html').send(page.replace('%NONCE%', nonce));
};

const served = /^\/(?!api\/|healthz(\/|$)|assets\/)/;

/** Whether a browser asks for a page: every address that is not the API's is one of the screens'. */
const asksForPage = (request: Request): boolean =>
  ['GET', 'HEAD'].includes(request.method) && served.test(request.path) && request.accepts(['json', 'html']) === 'html';

const pagesOf = (folder: string): RequestHandler => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const kioskFile = join(folder, 'kiosk.html');
  const kiosk = existsSync(kioskFile) ? readFileSync(kioskFile, 'utf8') : null;
  return (request, response, next) => {
    if (!asksForPage(request)) return next();
    return sendPage(response, request.path === '/kiosk.html' && kiosk !== null ? kiosk : page);
  };
};

const kept =
  (caching: string) =>
  (response: Response): void => {
    response.setHeader('Cache-Control', caching);
    // A worker is bound by the policy of its own script.
    response.setHeader('Content-Security-Policy', `default-src 'none'; connect-src 'self'`);
  };

const files = (caching: string) =>
  ({ index: false, redirect: false, cacheControl: false, setHeaders: kept(caching) }) as const;

/* The same asset, compressed when it was built: scripts of everybody hold no secret that its length could give away. */
const compressed = (folder: string): RequestHandler => {
  const names = new Set(readdirSync(folder));
  return (request, response, next) => {
    const name = `${request.path.slice(1)}.gz`;
    response.vary('Accept-Encoding');
    if (names.has(name) && request.acceptsEncodings('gzip') !== false) {
      response.setHeader('Content-Encoding', 'gzip');
      response.type(extname(request.path));
      request.url = `/${name}`;
    }
    next();
  };
};

/**
 * Serves the built screens from the origin of the API: assets for good, pages with a policy of their own that lets in
 * nothing from elsewhere. Where they were not built (a test of the API alone) there are none.
 */
export const serveScreens = (app: NestExpressApplication, folder = builtInto): void => {
  if (!existsSync(join(folder, 'index.html'))) return;
  // The names of assets change with their content.
  app.use('/assets', compressed(join(folder, 'assets')));
  app.use('/assets', express.static(join(folder, 'assets'), files('public, max-age=31536000, immutable')));
  app.use('/icon.svg', express.static(join(folder, 'icon.svg'), files('public, max-age=86400')));
  app.use(pagesOf(folder));
};
