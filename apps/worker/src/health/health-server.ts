import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Registry } from 'prom-client';
import { readinessOf, type Standing } from './standing';

/** Health and figures over HTTP on the loopback address, for supervisor and operator. */
export interface HealthServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
};

const routes = (
  standing: Standing,
  registry: Registry,
): Record<string, (response: ServerResponse) => Promise<void>> => ({
  '/healthz': async (response) => answer(response, 200, { status: 'up' }),
  '/healthz/readiness': async (response) => {
    const { ready, checks } = await readinessOf(standing);
    answer(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not-ready', checks });
  },
  '/metrics': async (response) => {
    const text = await registry.metrics();
    response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(text);
  },
});

const listening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Serves `/healthz`, `/healthz/readiness` (503 names what is awaited) and `/metrics`; port 0 takes a free one. */
export const serveHealth = async (
  port: number,
  of: { standing: Standing; registry: Registry },
): Promise<HealthServer> => {
  const known = routes(of.standing, of.registry);
  const server = createServer((request, response) => {
    const route = request.method === 'GET' ? known[request.url ?? ''] : undefined;
    if (!route) return answer(response, 404, { status: 'not-found' });
    route(response).catch(() => answer(response, 500, { status: 'failed' }));
  });
  const bound = await listening(server, port);
  return {
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
