import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { csrfTokenOf } from '#libs/auth/session';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { makeHospital, type TestHospital, type TestPerson } from '../../../../test/support/test-people';
import { cookieOf, sessionOf, signInAt } from '../../../../test/support/test-session';

describe('A-4 sessions', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let log: string[];
  let hospital: TestHospital;
  let nurse: TestPerson;

  const audits = (action: string) =>
    sqlAs<{ outcome: string; code: string | null; detail: unknown; entity_id: string | null }>(
      postgres.adminUrl.replace(/\/[^/]*$/, '/countersign'),
      'select outcome, code, detail, entity_id from audit where action = $1 order by at',
      [action],
    );

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    nurse = await hospital.person('li.na', [['triage_nurse', hospital.wards[0]]]);
    ({ app, url, log } = await startTestApi(testApiConfig(postgres.url)));
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const login = (body: object) => request(url).post('/api/auth/login').send(body);

  it('opens with a cookie that only this host, only https and no script gets', async () => {
    const answer = await login(nurse).expect(400);
    expect(answer.body.paths).toEqual(['']);
    const opened = await login({ login: 'Li.Na', password: nurse.password }).expect(200);
    const [cookie] = opened.get('Set-Cookie') ?? [];
    expect(cookie).toMatch(/^__Host-countersign=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(opened.body).toMatchObject({
      user: { id: nurse.id, login: 'li.na' },
      grants: [{ role: 'triage_nurse', wardId: hospital.wards[0] }],
      wards: [{ id: hospital.wards[0] }],
      idleSeconds: 600,
      locked: false,
    });
    expect(opened.headers['cache-control']).toBe('no-store');
  });

  it('never adopts a planted session id, and ends the one it replaces', async () => {
    const first = await signInAt(url, nurse);
    const planted = `__Host-countersign=${'A'.repeat(43)}`;
    const again = await request(url)
      .post('/api/auth/login')
      .set('cookie', planted)
      .send({ login: nurse.login, password: nurse.password });
    expect(cookieOf(again)).not.toBe(planted);
    await request(url).get('/api/auth/session').set('cookie', planted).expect(401);
    const renewed = await request(url)
      .post('/api/auth/login')
      .set('cookie', first.cookie)
      .send({ login: nurse.login, password: nurse.password });
    expect(cookieOf(renewed)).not.toBe(first.cookie);
    await first.get('/api/auth/session').expect(401);
  });

  it('is useless after signing out', async () => {
    const session = await signInAt(url, nurse);
    await session.get('/api/auth/session').expect(200);
    const out = await session.post('/api/auth/logout').expect(204);
    expect(out.get('Set-Cookie')?.[0]).toMatch(/Max-Age=0/);
    await session.get('/api/auth/session').expect(401);
    await session.post('/api/auth/logout').expect(401);
    expect((await audits('auth.logout')).length).toBe(1);
  });

  it('ends at once when its person is disabled', async () => {
    const person = await hospital.person('zhao.min', [['triage_nurse', null]]);
    const session = await signInAt(url, person);
    await session.get('/api/auth/session').expect(200);
    await sqlAs(postgres.migrationUrl, 'update app_user set disabled_at = now() where id = $1', [person.id]);
    await session.get('/api/auth/session').expect(401);
    const answer = await login({ login: person.login, password: person.password }).expect(401);
    expect(answer.body.code).toBe('UNAUTHENTICATED');
  });

  it('gives its CSRF token again to its own page, and stores no secret', async () => {
    const session = await signInAt(url, nurse);
    const { body } = await session.get('/api/auth/session').expect(200);
    expect(body.csrfToken).toBe(session.csrfToken);
    const token = session.cookie.split('=')[1] ?? '';
    expect(csrfTokenOf(token)).toBe(session.csrfToken);
    const rows = await sqlAs<{ row: string }>(postgres.migrationUrl, 'select session::text as row from session');
    expect(rows.some(({ row }) => row.includes(token) || row.includes(session.csrfToken))).toBe(false);
  });

  describe('CSRF', () => {
    it('refuses changes without the token, with a wrong one, and with that of another session', async () => {
      const [session, other] = [await signInAt(url, nurse), await signInAt(url, nurse)];
      const logout = () => request(url).post('/api/auth/logout').set('cookie', session.cookie);
      for (const token of [undefined, '', 'x'.repeat(43), other.csrfToken]) {
        const answer = await (token === undefined ? logout() : logout().set('x-csrf-token', token));
        expect([answer.status, answer.body.code]).toEqual([403, 'CSRF_REJECTED']);
      }
      await session.get('/api/auth/session').expect(200);
      expect((await audits('POST /api/auth/logout')).length).toBeGreaterThanOrEqual(4);
    });

    it.each([
      ['origin', 'https://evil.example'],
      ['origin', 'null'],
      ['sec-fetch-site', 'cross-site'],
      ['sec-fetch-site', 'same-site'],
    ])('refuses changes from another site: %s %s', async (header, value) => {
      const session = await signInAt(url, nurse);
      const answer = await session.post('/api/auth/logout').set(header, value);
      expect([answer.status, answer.body.code]).toEqual([403, 'CSRF_REJECTED']);
      const planted = await login({ login: nurse.login, password: nurse.password }).set(header, value);
      expect(planted.status).toBe(403);
      expect(planted.get('Set-Cookie')).toBeUndefined();
      await session.get('/api/auth/session').expect(200);
    });

    it('accepts its own origin', async () => {
      const session = await signInAt(url, nurse);
      await session.post('/api/auth/logout').set('origin', url).set('sec-fetch-site', 'same-origin').expect(204);
    });

    it('refuses JSON that says it is a form or plain text', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
        const text = JSON.stringify({ login: nurse.login, password: nurse.password });
        const answer = await request(url).post('/api/auth/login').set('content-type', type).send(text);
        expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
      }
    });

    it('answers no cross-origin question', async () => {
      const answer = await request(url)
        .options('/api/auth/login')
        .set('origin', 'https://evil.example')
        .set('access-control-request-method', 'POST');
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    });
  });

  describe('wrong passwords', () => {
    it('say the same for a login that exists and one that does not, and lock both alike', async () => {
      await hospital.person('wang.wei', [['coder', null]]);
      const seen: Record<string, unknown[]> = {};
      for (const name of ['wang.wei', 'nobody.at.all']) {
        const answers = [];
        for (let n = 0; n < 7; n += 1) answers.push(await login({ login: name, password: 'wrong password' }));
        seen[name] = answers.map(({ status, body }) => [status, body.code, body.title]);
        expect(Number(answers[6]?.headers['retry-after'])).toBeGreaterThan(50);
      }
      expect(seen['nobody.at.all']).toEqual(seen['wang.wei']);
      expect((seen['wang.wei'] ?? []).map((answer) => (answer as number[])[0])).toEqual([
        401, 401, 401, 401, 401, 429, 429,
      ]);
      const known = (await audits('auth.login')).filter(({ outcome }) => outcome === 'refused');
      expect(known.filter(({ detail }) => (detail as { why: string }).why === 'wrong-password')).toHaveLength(5);
    });

    it('lock even when they all come at once, and then the right one is refused too', async () => {
      const person = await hospital.person('sun.li', [['coder', null]]);
      const guesses = Array.from({ length: 20 }, (_, n) =>
        login({ login: person.login, password: `guess number ${n}` }),
      );
      const statuses = (await Promise.all(guesses)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(15);
      await login({ login: person.login, password: person.password }).expect(429);
    });

    it('do not add up over right ones, however many come at once', async () => {
      const person = await hospital.person('zhou.jie', [['coder', null]]);
      for (let n = 0; n < 4; n += 1) await login({ login: person.login, password: 'wrong password' }).expect(401);
      const right = Array.from({ length: 20 }, () => login({ login: person.login, password: person.password }));
      expect((await Promise.all(right)).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
      for (let n = 0; n < 4; n += 1) await login({ login: person.login, password: 'wrong password' }).expect(401);
    });
  });

  describe('time', () => {
    it('locks an idle session until its password, ends it for good after its life', async () => {
      const config = testApiConfig(postgres.url, { sessions: { idleMs: 600, absoluteMs: 2500 } });
      const short = await startTestApi(config, {});
      try {
        const person = await hospital.person('wu.fang', [['physician', null]]);
        const session = await signInAt(short.url, person);
        await session.get('/api/auth/session').expect(200);
        await new Promise((resolve) => setTimeout(resolve, 700));
        const idle = await session.post('/api/auth/password').send({ current: 'x', next: 'y' });
        expect([idle.status, idle.body.code]).toEqual([401, 'SESSION_LOCKED']);
        expect((await session.get('/api/auth/session')).body.locked).toBe(true);
        const wrong = await session.post('/api/auth/unlock').send({ password: 'wrong password' });
        expect([wrong.status, wrong.body.code]).toEqual([401, 'SESSION_LOCKED']);
        const right = await session.post('/api/auth/unlock').send({ password: person.password }).expect(200);
        const renewed = sessionOf(short.url, cookieOf(right), right.body.csrfToken as string);
        expect(renewed.cookie).not.toBe(session.cookie);
        await session.get('/api/auth/session').expect(401);
        expect((await renewed.get('/api/auth/session').expect(200)).body.locked).toBe(false);
        await new Promise((resolve) => setTimeout(resolve, 2000));
        await renewed.get('/api/auth/session').expect(401);
      } finally {
        await short.app.close();
      }
    });
  });

  it('changes a password by the present one, and ends the other sessions', async () => {
    const person = await hospital.person('xu.dan', [['coder', null]]);
    const [here, there] = [await signInAt(url, person), await signInAt(url, person)];
    const change = (current: string, next: string) => here.post('/api/auth/password').send({ current, next });
    expect((await change('wrong password', 'another fine password')).body.code).toBe('STEP_UP_REQUIRED');
    expect((await change(person.password, 'short')).body.code).toBe('VALIDATION_FAILED');
    await there.get('/api/auth/session').expect(200);
    await change(person.password, 'another fine password').expect(204);
    await there.get('/api/auth/session').expect(401);
    await here.get('/api/auth/session').expect(200);
    await login({ login: person.login, password: person.password }).expect(401);
    await login({ login: person.login, password: 'another fine password' }).expect(200);
  });

  it('tells the log neither logins, passwords, tokens nor paths', async () => {
    await request(url).get(`/api/nothing/${nurse.login}?name=${nurse.login}`).expect(404);
    const text = log.join('');
    expect(text).toContain('"route":"/api/auth/login"');
    expect(text).toContain('"route":"unmatched"');
    for (const secret of [nurse.login, nurse.password, 'wrong password', '__Host-', 'csrf'])
      expect(text).not.toContain(secret);
  });
});
