import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import express from 'express';
import { compressLongJson } from './compress';

describe('answers', () => {
  const server = createServer();
  let url: string;
  const long = { rows: Array.from({ length: 2000 }, (_, n) => ({ ticket: `A${n}`, complaint: '胸痛两小时' })) };

  beforeAll(async () => {
    const app = express().use(compressLongJson);
    app.get('/long', (_request, response) => void response.json(long));
    app.get('/short', (_request, response) => void response.json({ ticket: 'A1' }));
    app.get('/events', (_request, response) => {
      response.type('text/event-stream').write(`data: ${'x'.repeat(40_000)}\n\n`);
      setTimeout(() => response.end(), 200);
    });
    server.on('request', app);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const get = (path: string, accepted: string) => fetch(url + path, { headers: { 'accept-encoding': accepted } });

  it('are compressed when they are long, for who can read that', async () => {
    const answer = await get('/long', 'gzip');
    expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding']);
    expect(await answer.json()).toEqual(long);
    const plain = await get('/long', 'identity');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.json()).toEqual(long);
  });

  it('are as they are when they are short, or a stream that must not wait', async () => {
    for (const path of ['/short', '/events']) {
      const answer = await get(path, 'gzip');
      expect([path, answer.headers.get('content-encoding')]).toEqual([path, null]);
      await answer.body?.cancel();
    }
  });
});
