import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, testApiConfig } from '../../../../test/support/test-api';
import { type Api, createApi } from '../create-api';
import { serveMetrics } from './metrics';

describe('health', () => {
  let postgres: TestPostgres;
  let api: Api;
  let url: string;
  let metrics: Server;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    api = await createApi(testApiConfig(postgres.url));
    await api.app.listen(0, '127.0.0.1');
    url = await api.app.getUrl();
    metrics = await serveMetrics(api.registry, 0);
  });

  afterAll(async () => {
    metrics?.close();
    await api?.app.close();
    await postgres?.stop();
  });

  it('is ready with a migrated database, whatever Temporal does', async () => {
    const { body } = await request(url).get('/healthz/readiness').expect(200);
    expect(body).toMatchObject({
      status: 'ok',
      details: { database: { status: 'up' }, temporal: { state: 'reached' } },
    });
    await sqlAs(
      postgres.migrationUrl,
      `insert into outbox (id, kind, workflow_id, name, args, created_at)
       values ($1, 'signal', 'triage:x', 'decided', '[]', now() - interval '2 minutes')`,
      [uuidv7()],
    );
    const late = await request(url).get('/healthz/readiness').expect(200);
    expect(late.body.details.temporal).toMatchObject({ status: 'up', state: 'degraded' });
    expect(late.body.details.temporal.waitingSeconds).toBeGreaterThanOrEqual(119);
  });

  it('is not ready while a migration is missing, and the process is still up', async () => {
    const [last] = await sqlAs<{ id: number; name: string; timestamp: string }>(
      postgres.migrationUrl,
      'delete from migrations where id = (select max(id) from migrations) returning *',
    );
    const answer = await request(url).get('/healthz/readiness');
    expect([answer.status, answer.body.error]).toEqual([
      503,
      { database: { status: 'down', reason: 'not migrated', missing: 1 } },
    ]);
    await request(url).get('/healthz').expect(200, { status: 'up' });
    const { timestamp, name } = last!;
    await sqlAs(postgres.migrationUrl, 'insert into migrations (timestamp, name) values ($1, $2)', [timestamp, name]);
    await request(url).get('/healthz/readiness').expect(200);
  });

  it('tells its figures on a port of their own, by pattern, and nothing else there', async () => {
    const id = uuidv7();
    await request(url).get(`/api/reviews/${id}?name=%E5%BC%A0`);
    await request(url).get(`/nobody/${id}`);
    const { port, address } = metrics.address() as AddressInfo;
    expect(address).toBe('127.0.0.1');
    const { text } = await request(`http://127.0.0.1:${port}`).get('/metrics').expect(200);
    expect(text).toMatch(
      /countersign_http_request_seconds_count\{method="GET",route="\/healthz\/readiness",status="200"\} [1-9]/,
    );
    expect(text).toContain('route="unmatched",status="404"');
    expect(text).toMatch(/countersign_database_connections\{state="idle"\} \d/);
    expect(Number(/countersign_outbox_oldest_seconds (\d+)/.exec(text)?.[1])).toBeGreaterThan(100);
    expect(text).not.toContain(id);
    await request(`http://127.0.0.1:${port}`).get('/').expect(404);
    await request(`http://127.0.0.1:${port}`).post('/metrics').expect(404);
  });
});
