import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type DataSource } from 'typeorm';
import { poolOf } from '#libs/db/data-source';
import { outboxOldestSeconds } from '#libs/db/stores/outbox-watch.store';
import { type AnsweredRequest } from '../http/log';
import { createMllpMetrics, type MllpMetrics } from '../interop/mllp-metrics';

/** The API's figures for Prometheus. */
export interface Metrics {
  readonly registry: Registry;
  readonly observe: (answered: AnsweredRequest) => void;
  readonly mllp: MllpMetrics;
}

/** Makes the figures of an application, in a registry of its own. */
export const createMetrics = (source: DataSource): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'countersign_api_' });
  const duration = new Histogram({
    name: 'countersign_http_request_seconds',
    help: 'Time from request to answer, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  addPoolGauges(registry, source);
  addOutboxGauge(registry, source);
  const observe = ({ method, route, status, ms }: AnsweredRequest): void =>
    // A stream's duration is how long somebody watched, not how long an answer took.
    void (route === '/api/events' || duration.observe({ method, route, status: String(status) }, ms / 1000));
  return { registry, observe, mllp: createMllpMetrics(registry) };
};

const addPoolGauges = (registry: Registry, source: DataSource): void => {
  new Gauge({
    name: 'countersign_database_connections',
    help: 'Connections of the pool by state, and requests that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = poolOf(source);
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
};

const addOutboxGauge = (registry: Registry, source: DataSource): void => {
  new Gauge({
    name: 'countersign_outbox_oldest_seconds',
    help: 'Age of the oldest start or signal that Temporal has not been told; NaN while PostgreSQL is away',
    registers: [registry],
    async collect() {
      this.set(await outboxOldestSeconds(source).catch(() => Number.NaN));
    },
  });
};

/** Serves /metrics on a port of its own, loopback only: figures are for the operator, not for the network. */
export const serveMetrics = async (registry: Registry, port: number): Promise<Server> => {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    void registry.metrics().then((text) => {
      response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(text);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return server;
};
