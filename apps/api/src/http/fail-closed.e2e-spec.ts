import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { canary, TestController, testPolicy } from '../../../../test/support/test-controller';
import { makeHospital, type TestPerson } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';

describe('T-3 while the audit cannot be written', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let nurse: TestPerson;
  let session: TestSession;
  let coder: TestSession;

  const count = async (sql: string): Promise<number> =>
    (await sqlAs<{ n: number }>(postgres.migrationUrl, `select count(*)::int n from ${sql}`))[0]!.n;
  const post = (path: string, key: string, body: object) => session.post(path).set('idempotency-key', key).send(body);

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    const hospital = await makeHospital(postgres.migrationUrl);
    nurse = await hospital.person('nurse', [['triage_nurse', null]]);
    const other = await hospital.person('coder', [['coder', null]]);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url), {
      controllers: [TestController],
      policy: testPolicy,
    }));
    session = await plantSession(url, postgres.migrationUrl, nurse.id);
    coder = await plantSession(url, postgres.migrationUrl, other.id);
    await post('/api/test/shown', 'show-me-this', {}).expect(201);
    await sqlAs(postgres.migrationUrl, 'revoke insert on audit from countersign_app');
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  it('every change is 503, and nothing changes', async () => {
    const before = await count('setting');
    for (let n = 0; n < 5; n += 1) {
      const answer = await post('/api/test/things', `unaudited-${n}`, { text: 'a' });
      expect([answer.status, answer.body.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
    }
    expect(await count('setting')).toBe(before);
    expect(await count(`stored_reply where idempotency_key like 'unaudited-%'`)).toBe(0);
  });

  it('whatever shows patients is 503, first time or again, and shows nothing', async () => {
    for (const answer of [await session.get('/api/test/patients'), await post('/api/test/shown', 'show-me-this', {})]) {
      expect([answer.status, answer.body.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
      expect(answer.text).not.toContain(canary);
    }
  });

  it('signing in, out and being denied are 503, and no session opens or ends', async () => {
    const before = await count('session where ended_at is null');
    const { login, password } = nurse;
    const opened = await request(url).post('/api/auth/login').send({ login, password });
    expect([opened.status, opened.body.code, opened.get('Set-Cookie')]).toEqual([503, 'AUDIT_UNAVAILABLE', undefined]);
    expect((await session.post('/api/auth/logout')).body.code).toBe('AUDIT_UNAVAILABLE');
    expect((await coder.get('/api/test/broken')).body.code).toBe('AUDIT_UNAVAILABLE');
    expect(await count('session where ended_at is null')).toBe(before);
  });

  it('all of it works again once it can', async () => {
    await sqlAs(postgres.migrationUrl, 'grant insert on audit to countersign_app');
    await post('/api/test/things', 'unaudited-0', { text: 'a' }).expect(201);
    expect((await session.get('/api/test/patients').expect(200)).body.name).toBe(canary);
  });
});
