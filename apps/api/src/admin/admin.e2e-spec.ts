import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, signInAt, type TestSession } from '../../../../test/support/test-session';

interface Handed {
  readonly id: string;
  readonly temporaryPassword: string;
}

interface ListedUser {
  readonly login: string;
  readonly passwordExpiresAt: string | null;
}

describe('administration', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;
  let security: TestSession;
  let system: TestSession;
  let auditor: TestSession;
  let securityId: string;

  const once = (session: TestSession, path: string, body: object) =>
    session.post(path).set('idempotency-key', uuidv7()).send(body);

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url)));
    const people = {
      security: await hospital.person('security', [['security_admin', null]]),
      system: await hospital.person('system', [['system_admin', null]]),
      auditor: await hospital.person('auditor', [['auditor', null]]),
    };
    securityId = people.security.id;
    security = await plantSession(url, postgres.migrationUrl, people.security.id);
    system = await plantSession(url, postgres.migrationUrl, people.system.id);
    auditor = await plantSession(url, postgres.migrationUrl, people.auditor.id);
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  describe('of people', () => {
    it('adds somebody who can sign in with the password that was shown once', async () => {
      const added = await once(security, '/api/admin/users', { login: 'New.Nurse', displayName: '新护士' }).expect(201);
      const { id, temporaryPassword } = added.body as { id: string; temporaryPassword: string };
      expect(temporaryPassword).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
      await once(security, `/api/admin/users/${id}/grants`, { role: 'triage_nurse', wardId: hospital.wards[0] }).expect(
        201,
      );
      const session = await signInAt(url, { id, login: 'new.nurse', password: temporaryPassword });
      const { body } = await session.get('/api/auth/session').expect(200);
      expect(body.grants).toEqual([{ role: 'triage_nurse', wardId: hospital.wards[0] }]);
      expect(body.mustChangePassword).toBe(true);
      const taken = await once(security, '/api/admin/users', { login: 'new.nurse', displayName: '另一人' });
      expect([taken.status, taken.body.code, taken.body.paths]).toEqual([409, 'CONFLICT', ['login']]);
    });

    it('takes roles away from the next request on, and ends the sessions of whoever is disabled', async () => {
      const person = await hospital.person('leaving', []);
      const session = await plantSession(url, postgres.migrationUrl, person.id);
      const path = `/api/admin/users/${person.id}`;
      const grant = await once(security, `${path}/grants`, { role: 'charge_nurse' }).expect(201);
      await session.get('/api/admin/rollouts/triage').expect(200);
      await security.delete(`${path}/grants/${grant.body.id as string}`).expect(204);
      await session.get('/api/admin/rollouts/triage').expect(403);
      await security.delete(`${path}/grants/${grant.body.id as string}`).expect(404);
      expect((await security.post(`${path}/disable`).expect(200)).body.disabledAt).toMatch(/Z$/);
      await session.get('/api/auth/session').expect(401);
      expect((await security.post(`${path}/enable`).expect(200)).body.disabledAt).toBeNull();
      await session.get('/api/auth/session').expect(401);
    });

    it('keeps the three administrators apart, also when two roles are given at once', async () => {
      const person = await hospital.person('ambitious', [['auditor', null]]);
      const path = `/api/admin/users/${person.id}/grants`;
      const second = await once(security, path, { role: 'system_admin' });
      expect([second.status, second.body.code, second.body.holds]).toEqual([409, 'CONFLICT', 'auditor']);
      const fresh = await hospital.person('fresh', []);
      const racing = (['system_admin', 'security_admin', 'auditor'] as const).map((role) =>
        once(security, `/api/admin/users/${fresh.id}/grants`, { role }),
      );
      const statuses = (await Promise.all(racing)).map(({ status }) => status);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    });

    it('lets nobody change their own roles, password or account, nor bind an administrator to a ward', async () => {
      const own = `/api/admin/users/${securityId}`;
      for (const answer of [
        await once(security, `${own}/grants`, { role: 'coder' }),
        await once(security, `${own}/password`, {}),
        await security.post(`${own}/disable`),
      ])
        expect([answer.status, answer.body.code]).toEqual([403, 'SEPARATION_OF_DUTIES']);
      const person = await hospital.person('bound', []);
      const bound = await once(security, `/api/admin/users/${person.id}/grants`, {
        role: 'auditor',
        wardId: hospital.wards[0],
      });
      expect([bound.status, bound.body.paths]).toEqual([400, ['wardId']]);
    });

    it('gives a new temporary password and ends the sessions', async () => {
      const person = await hospital.person('forgetful', []);
      const session = await plantSession(url, postgres.migrationUrl, person.id);
      const { body } = await once(security, `/api/admin/users/${person.id}/password`, {}).expect(201);
      await session.get('/api/auth/session').expect(401);
      await signInAt(url, { ...person, password: (body as { temporaryPassword: string }).temporaryPassword });
    });

    it('lets a temporary password open nothing until its person has chosen their own', async () => {
      const body = { login: 'first.day', displayName: '第一天' };
      const { id, temporaryPassword } = (await once(security, '/api/admin/users', body).expect(201)).body as Handed;
      await once(security, `/api/admin/users/${id}/grants`, { role: 'triage_nurse' }).expect(201);
      const session = await signInAt(url, { id, login: body.login, password: temporaryPassword });
      const refused = await session.get('/api/triage/queue');
      expect([refused.status, refused.body.code]).toEqual([403, 'PASSWORD_CHANGE_REQUIRED']);
      const change = (next: string) => session.post('/api/auth/password').send({ current: temporaryPassword, next });
      const same = await change(temporaryPassword);
      expect([same.status, same.body.code, same.body.rules]).toEqual([400, 'VALIDATION_FAILED', ['not-current']]);
      await session.get('/api/triage/queue').expect(403);
      await change('own words of hers').expect(204);
      await session.get('/api/triage/queue').expect(200);
      expect((await session.get('/api/auth/session')).body.mustChangePassword).toBe(false);
      const { items } = (await security.get('/api/admin/users?limit=200')).body as { items: ListedUser[] };
      expect(items.find((user) => user.login === body.login)?.passwordExpiresAt).toBeNull();
    });

    it('takes no temporary password after three days, and says so to nobody who does not know it', async () => {
      const person = await hospital.person('late', []);
      const { body } = await once(security, `/api/admin/users/${person.id}/password`, {}).expect(201);
      const { temporaryPassword } = body as Handed;
      const opened = await signInAt(url, { ...person, password: temporaryPassword });
      const { items } = (await security.get('/api/admin/users?limit=200')).body as { items: ListedUser[] };
      const expires = Date.parse(items.find((user) => user.login === 'late')?.passwordExpiresAt ?? '');
      expect(Math.abs(expires - Date.now() - 72 * 3_600_000)).toBeLessThan(60_000);
      await sqlAs(
        postgres.migrationUrl,
        `update app_user set password_temporary_since = now() - interval '72 h 1 s' where id = $1`,
        [person.id],
      );
      const login = async (password: string) => {
        const answer = await request(url).post('/api/auth/login').send({ login: 'late', password });
        return [answer.status, answer.body.code as string];
      };
      expect(await login(temporaryPassword)).toEqual([401, 'PASSWORD_EXPIRED']);
      expect(await login('wrong password')).toEqual([401, 'UNAUTHENTICATED']);
      const late = await opened
        .post('/api/auth/password')
        .send({ current: temporaryPassword, next: 'too late by now' });
      expect([late.status, late.body.code]).toEqual([401, 'PASSWORD_EXPIRED']);
      const again = await once(security, `/api/admin/users/${person.id}/password`, {}).expect(201);
      await signInAt(url, { ...person, password: (again.body as Handed).temporaryPassword });
    });

    it('shows nobody of another hospital', async () => {
      const other = await makeHospital(postgres.migrationUrl, '另一家医院');
      const stranger = await other.person('stranger', []);
      await once(security, `/api/admin/users/${stranger.id}/grants`, { role: 'coder' }).expect(404);
      await security.post(`/api/admin/users/${stranger.id}/disable`).expect(404);
      const foreignWard = await once(security, `/api/admin/users/${(await hospital.person('here', [])).id}/grants`, {
        role: 'coder',
        wardId: other.wards[0],
      });
      expect(foreignWard.status).toBe(404);
      const { body } = await security.get('/api/admin/users?limit=200').expect(200);
      expect(JSON.stringify(body)).not.toContain('stranger');
    });

    it('lists by pages whose cursors hold for this list only', async () => {
      const logins: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const path: string = `/api/admin/users?limit=2${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`;
        const { body } = await security.get(path).expect(200);
        const page = body as { items: { login: string }[]; next: string | null };
        expect(page.items.length).toBeLessThanOrEqual(2);
        logins.push(...page.items.map(({ login }) => login));
        next = page.next;
      }
      expect(logins).toEqual([...new Set(logins)].toSorted());
      expect(logins.length).toBeGreaterThan(5);
      const cursor = (await security.get('/api/admin/users?limit=1')).body.next as string;
      for (const bad of ['x', `${cursor}x`, cursor.replace(/^./, (first) => (first === '0' ? '1' : '0'))])
        await security.get(`/api/admin/users?cursor=${encodeURIComponent(bad)}`).expect(400);
      await security.get(`/api/admin/service-accounts?cursor=${encodeURIComponent(cursor)}`).expect(400);
      await security.get('/api/admin/users?limit=201').expect(400);
    });
  });

  it('makes machines whose token is shown once, stored as a hash, and revoked at once', async () => {
    const body = { name: 'HIS 接口', scopes: ['ops:read'], days: 30 };
    const made = await once(security, '/api/admin/service-accounts', body).expect(201);
    const { id, token } = made.body as { id: string; token: string };
    const ask = () => request(url).get('/api/admin/outbox/dead').set('authorization', `Bearer ${token}`);
    await ask().expect(200);
    const rows = await sqlAs<{ row: string }>(
      postgres.migrationUrl,
      'select service_account::text as row from service_account',
    );
    expect(rows.some(({ row }) => row.includes(token) || row.includes(token.split('_')[2]!))).toBe(false);
    const list = await security.get('/api/admin/service-accounts').expect(200);
    expect(JSON.stringify(list.body)).not.toContain(token);
    expect((await once(security, '/api/admin/service-accounts', body)).body.code).toBe('CONFLICT');
    await security.delete(`/api/admin/service-accounts/${id}`).expect(204);
    await ask().expect(401);
    await once(security, '/api/admin/service-accounts', { ...body, name: 'x', scopes: ['decide'] }).expect(400);
  });

  it('sets a rollout from the version that was shown, and a switch over it for a while', async () => {
    const path = '/api/admin/rollouts/triage';
    const shown = await system.get(path).expect(200);
    expect([shown.headers['etag'], shown.body.effective]).toEqual([
      '"0"',
      { mode: 'draft', because: 'default', until: null, blindPercent: 0 },
    ]);
    await system.put(path).send({ mode: 'shadow' }).expect(428);
    const set = await system.put(path).set('if-match', '"0"').send({ mode: 'shadow', blindPercent: 5 }).expect(200);
    expect([set.headers['etag'], set.body.blindPercent, set.body.effective.mode]).toEqual(['"1"', 5, 'shadow']);
    expect([shown.body.set, set.body.set.name]).toEqual([null, expect.any(String)]);
    for (const blindPercent of [-1, 101, 2.5, '5'])
      await system.put(path).set('if-match', '"1"').send({ mode: 'shadow', blindPercent }).expect(400);
    const late = await system.put(path).set('if-match', '"0"').send({ mode: 'draft' });
    expect([late.status, late.body.code, late.body.current]).toEqual([412, 'VERSION_MISMATCH', 1]);

    const charge = await hospital.person('charge', [['charge_nurse', hospital.wards[0]]]);
    const nurse = await plantSession(url, postgres.migrationUrl, charge.id);
    const off = await once(nurse, '/api/admin/manual-switches', {
      process: 'triage',
      reason: '模型输出异常',
      hours: 2,
    });
    expect([off.status, off.body.setByName]).toEqual([201, expect.any(String)]);
    expect((await system.get(path)).body.effective).toEqual({
      mode: 'off',
      because: 'manual-switch',
      until: off.body.expiresAt,
      blindPercent: 5,
    });
    await once(nurse, '/api/admin/manual-switches', { process: 'triage', reason: 'x', hours: 25 }).expect(400);
    await once(nurse, '/api/admin/manual-switches', { process: 'nothing', reason: 'x', hours: 1 }).expect(400);
    await nurse.delete(`/api/admin/manual-switches/${off.body.id as string}`).expect(204);
    await nurse.delete(`/api/admin/manual-switches/${off.body.id as string}`).expect(404);
    expect((await system.get(path)).body.effective.mode).toBe('shadow');
  });

  it('lets exactly one of many set a rollout from the same version', async () => {
    const version = (await system.get('/api/admin/rollouts/triage')).headers['etag'] as string;
    const set = () => system.put('/api/admin/rollouts/triage').set('if-match', version).send({ mode: 'draft' });
    const statuses = (await Promise.all(Array.from({ length: 8 }, set))).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
  });

  it('searches the audit by case, actor, action and time, and audits the search', async () => {
    const search = (query: string) => auditor.get(`/api/admin/audit?${query}`);
    const mine = await search(`actorId=${securityId}&action=user.added`).expect(200);
    expect(mine.body.items.length).toBeGreaterThan(0);
    for (const row of mine.body.items) expect(row).toMatchObject({ action: 'user.added', actorName: 'security 姓名' });
    const all: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await search(`limit=7&to=${new Date(Date.now() - 1000).toISOString()}${next && `&cursor=${next}`}`);
      all.push(...(page.body.items as { at: string; id: string }[]).map(({ at, id }) => `${at} ${id}`));
      next = page.body.next as string | null;
    }
    expect(all).toEqual([...new Set(all)].toSorted().toReversed());
    expect((await search(`caseId=${uuidv7()}`)).body.items).toEqual([]);
    await search('actorId=nobody').expect(400);
    await search('order=at').expect(400);
    const searches = await search('action=audit.shown');
    expect(searches.body.items[0]).toMatchObject({ outcome: 'shown', actorName: 'auditor 姓名' });
  });

  it('shows what was given up and what was not carried out', async () => {
    const dead = await system.get('/api/admin/outbox/dead').expect(200);
    expect(dead.body).toEqual({ items: [], next: null });
    const { body } = await system.get('/api/admin/reconciliation').expect(200);
    expect(body).toEqual({ uncommitted: [], alarms: [], dead: 0, oldestUnsentSeconds: 0 });
    const repair = await once(system, `/api/admin/cases/${uuidv7()}/repairs`, { repair: 'wake' });
    expect([repair.status, repair.body.code]).toEqual([404, 'NOT_FOUND']);
  });
});
