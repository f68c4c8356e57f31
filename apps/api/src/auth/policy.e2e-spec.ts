import { Controller, Get } from '@nestjs/common';
import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { roles, scopes } from '#libs/auth/roles';
import { secretHash } from '#libs/auth/session';
import { formatServiceToken, newServiceToken } from '#libs/auth/token';
import { v7 as uuidv7 } from 'uuid';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantKiosk } from '../../../../test/support/test-kiosk';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession } from '../../../../test/support/test-session';
import { rawRoutes } from '../http/body';
import { createApi } from '../create-api';
import { type Access, policy } from './policy';
import { servedRoutes } from './routes';

@Controller('api/undeclared')
class UndeclaredController {
  @Get()
  answer() {
    return {};
  }
}

const pathOf = (route: string): string => (route.split(' ')[1] ?? '').replaceAll(/:[A-Za-z]+/g, uuidv7());
const endsTheSession = 'POST /api/auth/logout';
/* Signing out comes last, so that one session serves for all. */
const guarded = Object.entries(policy)
  .filter(([route, access]) => access !== 'public' && route !== 'GET /api/events')
  .toSorted(([a], [b]) => Number(a === endsTheSession) - Number(b === endsTheSession));
const refusedByPolicy = (status: number): boolean => status === 401 || status === 403;

describe('A-1 the policy in force', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url)));
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const call = (route: string): request.Test => {
    const path = pathOf(route);
    const agent = request(url);
    // A body of a wrong type is refused before anybody asks who sends it.
    if (rawRoutes[path]) return agent.post(path).set('content-type', 'text/plain').send('MSH|');
    const calls: Record<string, () => request.Test> = {
      GET: () => agent.get(path),
      POST: () => agent.post(path).send({}),
      PUT: () => agent.put(path).send({}),
      PATCH: () => agent.patch(path).send({}),
      DELETE: () => agent.delete(path),
    };
    return calls[route.split(' ')[0] ?? '']!().set('idempotency-key', uuidv7());
  };

  it('covers every route that is served, and no other', () => {
    expect(servedRoutes(app).toSorted()).toEqual(Object.keys(policy).toSorted());
  });

  it('ends the boot over a route that is not declared, and over one that is not served', async () => {
    const config = testApiConfig(postgres.url);
    await expect(createApi(config, { controllers: [UndeclaredController] })).rejects.toThrow(
      'GET /api/undeclared is served but not declared',
    );
    await expect(createApi(config, { policy: { 'GET /api/ghost': 'public' } })).rejects.toThrow(
      'GET /api/ghost is declared but not served',
    );
  });

  it('turns away whoever is not signed in, everywhere', async () => {
    for (const [route] of guarded) {
      const answer = await call(route);
      expect([route, answer.status, answer.body.code]).toEqual([route, 401, 'UNAUTHENTICATED']);
    }
  });

  const mayRole = (access: Access, role: string): boolean =>
    typeof access === 'string' || ('roles' in access && access.roles.some((allowed) => allowed === role));

  it.each(roles)('lets %s in exactly where it is declared', async (role) => {
    const person = await hospital.person(`a.${role.replace('_', '.')}`, [[role, null]]);
    const { cookie, csrfToken } = await plantSession(url, postgres.migrationUrl, person.id);
    for (const [route, access] of guarded) {
      const answer = await call(route).set('cookie', cookie).set('x-csrf-token', csrfToken);
      const expected = mayRole(access, role);
      expect([route, refusedByPolicy(answer.status) ? answer.body.code : 'in']).toEqual([
        route,
        expected ? 'in' : 'FORBIDDEN',
      ]);
    }
  });

  it.each(scopes)('lets a machine with %s in exactly where it is declared', async (scope) => {
    const token = newServiceToken(uuidv7());
    await sqlAs(
      postgres.migrationUrl,
      `insert into service_account (id, organisation_id, name, token_sha256, scopes, expires_at)
       values ($1, $2, $3, $4, $5, now() + interval '1 hour')`,
      [token.accountId, hospital.organisationId, scope, secretHash(token.secret), [scope]],
    );
    for (const [route, access] of guarded) {
      const answer = await call(route).set('authorization', `Bearer ${formatServiceToken(token)}`);
      const expected = typeof access === 'object' && 'roles' in access && access.scopes?.includes(scope) === true;
      expect([route, refusedByPolicy(answer.status) ? answer.body.code : 'in']).toEqual([
        route,
        expected ? 'in' : 'FORBIDDEN',
      ]);
    }
  });

  it.each(['public-queue', 'staff-wallboard'] as const)('lets a %s in nowhere but at its own routes', async (kind) => {
    const { organisationId, wards } = hospital;
    const kiosk = await plantKiosk(url, postgres.migrationUrl, { organisationId, wardId: wards[0], kind });
    for (const [route] of guarded.filter(([, access]) => typeof access === 'string' || !('kiosk' in access))) {
      const answer = await call(route).set('authorization', `Bearer ${kiosk.token}`);
      expect([route, answer.status, answer.body.code]).toEqual([route, 403, 'FORBIDDEN']);
      expect([route, answer.headers['set-cookie']]).toEqual([route, undefined]);
    }
    await kiosk.get('/api/events').expect(403);
    await kiosk.get('/api/kiosk/board').expect(200);
  });

  it('turns away a disabled person and one without roles, everywhere but their own session', async () => {
    const bare = await hospital.person('no.roles', []);
    const gone = await hospital.person(
      'gone',
      roles.slice(0, 5).map((role) => [role, null] as const),
    );
    await sqlAs(postgres.migrationUrl, 'update app_user set disabled_at = now() where id = $1', [gone.id]);
    const without = await plantSession(url, postgres.migrationUrl, bare.id);
    const dead = await plantSession(url, postgres.migrationUrl, gone.id);
    for (const [route, access] of guarded) {
      const answer = await call(route).set('cookie', without.cookie).set('x-csrf-token', without.csrfToken);
      expect([route, refusedByPolicy(answer.status)]).toEqual([route, typeof access !== 'string']);
      await call(route).set('cookie', dead.cookie).set('x-csrf-token', dead.csrfToken).expect(401);
    }
  });

  it('lets nobody with a temporary password do anything but change it and sign out, whatever they may do', async () => {
    const person = await hospital.person(
      'new.here',
      roles.map((role) => [role, null] as const).filter(([role]) => role !== 'system_admin' && role !== 'auditor'),
    );
    await sqlAs(postgres.migrationUrl, 'update app_user set password_temporary_since = now() where id = $1', [
      person.id,
    ]);
    const { cookie, csrfToken } = await plantSession(url, postgres.migrationUrl, person.id);
    const stream = await request(url).get('/api/events').set('cookie', cookie);
    expect([stream.status, stream.body.code]).toEqual([403, 'PASSWORD_CHANGE_REQUIRED']);
    for (const [route, access] of guarded) {
      const answer = await call(route).set('cookie', cookie).set('x-csrf-token', csrfToken);
      const open = access === 'session' || access === 'own-password';
      expect([route, refusedByPolicy(answer.status) ? answer.body.code : 'in']).toEqual([
        route,
        open ? 'in' : 'PASSWORD_CHANGE_REQUIRED',
      ]);
    }
  });

  it('refuses forged, expired and revoked tokens, and another scheme', async () => {
    const made = async (state: string) => {
      const token = newServiceToken(uuidv7());
      await sqlAs(
        postgres.migrationUrl,
        `insert into service_account (id, organisation_id, name, token_sha256, scopes, expires_at, revoked_at)
         values ($1, $2, $3, $4, '{ops:read}', now() + ${state === 'expired' ? '' : '1 *'} interval '${
           state === 'expired' ? '-1 hour' : '1 hour'
         }', ${state === 'revoked' ? 'now()' : 'null'})`,
        [token.accountId, hospital.organisationId, state, secretHash(token.secret)],
      );
      return token;
    };
    const ask = (authorization: string) =>
      request(url).get('/api/admin/reconciliation').set('authorization', authorization);
    const live = await made('live');
    await ask(`Bearer ${formatServiceToken(live)}`).expect(200);
    const forged = { ...live, secret: newServiceToken(live.accountId).secret };
    for (const token of [forged, await made('expired'), await made('revoked'), newServiceToken(uuidv7())])
      await ask(`Bearer ${formatServiceToken(token)}`).expect(401);
    for (const header of ['Basic dTpw', 'Bearer', 'Bearer cs_x', formatServiceToken(live)])
      await ask(header).expect(401);
  });
});
