import { createServer, type RequestListener, type Server } from 'node:http';
import { answersOk, statusOf } from './http-ready';

describe('the readiness of a service', () => {
  let server: Server;
  let url: string;
  const answer = async (listener: RequestListener): Promise<void> => {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}/healthz/readiness`;
  };
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is its status', async () => {
    await answer((request, response) => response.writeHead(request.url === '/healthz/readiness' ? 200 : 404).end());
    expect(await statusOf(url)).toBe(200);
    expect(await statusOf(url.replace('readiness', 'other'))).toBe(404);
  });

  it('is waited for through refusals', async () => {
    let asked = 0;
    await answer((_request, response) => response.writeHead(++asked < 4 ? 503 : 200).end());
    await answersOk(url, AbortSignal.timeout(10_000));
    expect(asked).toBe(4);
  });

  it('is none when nobody listens', async () => {
    await answer(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect(await statusOf(url)).toBeNull();
  });

  it('is none when somebody listens and never answers', async () => {
    await answer(() => undefined);
    expect(await statusOf(url)).toBeNull();
  });

  it('is none when the connection breaks', async () => {
    await answer((request) => request.socket.destroy());
    expect(await statusOf(url)).toBeNull();
  });

  it('is no longer asked for when it is over', async () => {
    let asked = 0;
    await answer((_request, response) => {
      asked++;
      response.writeHead(503).end();
    });
    await answersOk(url, AbortSignal.timeout(200));
    const atTheEnd = asked;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked).toBe(atTheEnd);
  });
});
