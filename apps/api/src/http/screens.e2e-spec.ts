import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { securityHeaders } from './headers';
import { serveScreens } from './screens';

describe('the screens', () => {
  let folder: string;
  let url: string;
  const server = createServer();
  const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-screens-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="%NONCE%">the page');
    writeFileSync(join(folder, 'kiosk.html'), 'the board');
    writeFileSync(join(folder, 'icon.svg'), '<svg/>');
    writeFileSync(join(folder, 'assets/index-1.js'), 'let a');
    writeFileSync(join(folder, 'assets/index-1.js.gz'), gzipSync('let a'));
    writeFileSync(join(folder, '..', 'outside.txt'), 'secret');
    const app = express().use(securityHeaders);
    serveScreens(app as never, folder);
    app.use((_request, response) => void response.status(404).json({ code: 'NOT_FOUND' }));
    server.on('request', app);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = async (path: string, headers: Record<string, string> = html) => {
    const answer = await fetch(url + path, { headers });
    return { answer, text: await answer.text(), policy: answer.headers.get('content-security-policy') ?? '' };
  };

  it('are one page for every address that is not the API’s, kept by no cache', async () => {
    for (const path of ['/', '/queue', '/reviews/01a2', '/apidocs']) {
      const { answer, text } = await get(path);
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
      expect(text).toContain('the page');
    }
  });

  it('let in styles of their own nonce alone, another one each time', async () => {
    const [first, second] = [await get('/queue'), await get('/queue')];
    const nonce = /content="([^"]+)"/.exec(first.text)?.[1] ?? '';
    expect(nonce).toMatch(/^[\w+/]{24}$/);
    expect(first.policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(first.policy).toContain(`default-src 'none'`);
    expect(first.policy).not.toMatch(/unsafe|https?:|\*/);
    expect(second.text).not.toContain(nonce);
  });

  it('leave the API, its health and what is no question for a page alone', async () => {
    for (const path of ['/api/nothing', '/healthz', '/healthz/readiness', '/assets/none.js'])
      expect([path, (await get(path)).answer.status]).toEqual([path, 404]);
    expect((await get('/queue', { accept: 'application/json' })).answer.status).toBe(404);
    expect((await get('/queue', { accept: '*/*' })).answer.status).toBe(404);
    expect((await fetch(`${url}/queue`, { method: 'POST', headers: html })).status).toBe(404);
  });

  it('keep assets for a year, under a policy that lets a worker listen to the API', async () => {
    const { answer, text, policy } = await get('/assets/index-1.js', {});
    expect([answer.status, text]).toEqual([200, 'let a']);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(policy).toBe(`default-src 'none'; connect-src 'self'`);
  });

  it('send an asset compressed to whoever can read it, and as it is to whoever cannot', async () => {
    for (const [encoding, sent] of [
      ['gzip, deflate, br', 'gzip'],
      ['identity', null],
    ] as const) {
      const { answer, text } = await get('/assets/index-1.js', { 'accept-encoding': encoding });
      expect([answer.headers.get('content-encoding'), text]).toEqual([sent, 'let a']);
      expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });

  it('have the boards beside them, and nothing from outside their folder', async () => {
    expect((await get('/kiosk.html')).text).toBe('the board');
    expect((await get('/assets/..%2f..%2foutside.txt', {})).text).not.toContain('secret');
  });
});
