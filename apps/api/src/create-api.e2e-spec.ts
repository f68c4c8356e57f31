import request from 'supertest';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { startTestPostgres, type TestPostgres } from '../../../test/support/embedded';
import { readEvents } from '../../../test/support/event-stream';
import { migrateTestDatabase, startTestApi, testApiConfig } from '../../../test/support/test-api';
import { makeHospital } from '../../../test/support/test-people';
import { plantSession } from '../../../test/support/test-session';
import { createApi } from './create-api';

describe('the API', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    ({ app } = await startTestApi(testApiConfig(postgres.url)));
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  it('says it is up', async () => {
    const answer = await request(app.getHttpServer()).get('/healthz');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('that is told to leave says so first, ends its streams, and goes when the time is over', async () => {
    const hospital = await makeHospital(postgres.migrationUrl);
    const nurse = await hospital.person('nurse', [['triage_nurse', null]]);
    const { app: leaver, leave } = await createApi(testApiConfig(postgres.url));
    await leaver.listen(0, '127.0.0.1');
    const url = await leaver.getUrl();
    const { cookie } = await plantSession(url, postgres.migrationUrl, nurse.id);
    const reader = await readEvents(`${url}/api/events`, { cookie });
    const before = await request(url).get('/healthz/readiness').set('connection', 'keep-alive');
    expect([before.status, before.headers['connection']]).toEqual([200, 'keep-alive']);

    const left = leave(1500);
    const ready = await request(url).get('/healthz/readiness').set('connection', 'keep-alive');
    expect([ready.status, ready.body.status, ready.headers['connection']]).toEqual([503, 'shutting_down', 'close']);
    const served = await request(url).get('/api/auth/session').set('cookie', cookie).set('connection', 'keep-alive');
    expect([served.status, served.headers['connection']]).toEqual([200, 'close']);
    expect(reader.events.map(({ event }) => event)).toEqual(['ready']);
    await left;
    await reader.ended();
    expect(reader.events.map(({ event }) => event)).toEqual(['ready', 'reconnect']);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('answers an unknown route as a problem', async () => {
    const answer = await request(app.getHttpServer()).get('/api/nothing').set('accept-language', 'en');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  });
});
