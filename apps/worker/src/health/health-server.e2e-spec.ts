import { Counter, Registry } from 'prom-client';
import { type DataSource } from 'typeorm';
import { type TemporalLink, type TemporalState } from '#libs/temporal/temporal-link';
import { type HealthServer, serveHealth } from './health-server';
import { newStanding, type Standing } from './standing';

describe('the health server of the worker', () => {
  let server: HealthServer;
  let standing: Standing;
  const registry = new Registry();

  const link = (state: () => Promise<TemporalState>): TemporalLink => ({ state }) as unknown as TemporalLink;
  const source = (query: () => Promise<unknown[]>): DataSource => ({ migrations: [], query }) as unknown as DataSource;
  const database = source(() => Promise.resolve([{ there: true }]));
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') };
  };
  const readiness = async () => {
    const { status, text } = await ask('/healthz/readiness');
    return [status, (JSON.parse(text) as { checks: unknown }).checks];
  };

  beforeAll(async () => {
    new Counter({ name: 'a_figure', help: 'x', registers: [registry] }).inc();
    standing = newStanding();
    server = await serveHealth(0, { standing, registry });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    Object.assign(standing, newStanding());
  });

  it('is up before anything else is there, and says what is waited for', async () => {
    expect(await ask('/healthz')).toMatchObject({ status: 200, text: '{"status":"up"}' });
    expect(await readiness()).toEqual([503, { database: 'waiting', temporal: 'waiting', workers: 'waiting' }]);
  });

  it('is ready when database, Temporal and workers are', async () => {
    Object.assign(standing, { source: database, link: link(async () => 'ready'), workers: 'running' });
    expect(await readiness()).toEqual([200, { database: 'ready', temporal: 'ready', workers: 'running' }]);
    standing.workers = 'stopped';
    expect((await readiness())[0]).toBe(503);
  });

  it('names what is away, and waits no longer than a second or so for the answer', async () => {
    const silent = source(() => new Promise(() => undefined));
    Object.assign(standing, { source: silent, link: link(async () => 'denied'), workers: 'running' });
    const since = performance.now();
    expect(await readiness()).toEqual([503, { database: 'unavailable', temporal: 'denied', workers: 'running' }]);
    expect(performance.now() - since).toBeLessThan(2000);
    standing.source = source(() => Promise.reject(new Error('away')));
    standing.link = link(() => Promise.reject(new Error('away')));
    expect((await readiness())[1]).toMatchObject({ database: 'unavailable', temporal: 'unavailable' });
  });

  it('serves the figures, and nothing else', async () => {
    expect(await ask('/metrics')).toMatchObject({ status: 200, text: expect.stringContaining('a_figure 1') as string });
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/metrics?x')).status).toBe(404);
    expect((await ask('/metrics', { method: 'POST' })).status).toBe(404);
  });

  it('fails when its port is taken', async () => {
    await expect(serveHealth(server.port, { standing, registry })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
