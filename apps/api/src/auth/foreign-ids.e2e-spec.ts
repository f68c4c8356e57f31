import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { type Role } from '#libs/auth/roles';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { sqlAs, migrateTestDatabase, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantMachine } from '../../../../test/support/test-machine';
import { plantKiosk } from '../../../../test/support/test-kiosk';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';
import { policy } from './policy';

const desk: readonly Role[] = ['triage_nurse', 'charge_nurse', 'physician'];
const canary = '令狐冲';
const password = 'correct horse battery staple';
const content = { level: 'I', department: null, note: '' };
const manual = { action: 'manual', content, shownSha256: 'a'.repeat(64) };

/* What each route is sent, so that only the id decides; whoever adds a route with an id says it here. */
const bodies: Readonly<Record<string, object>> = {
  'POST /api/triage/cases/:id/assessments': { complaint: '腹痛', vitals: {}, measuredAt: new Date().toISOString() },
  'POST /api/triage/cases/:id/precautions': { precaution: 'enteric-isolation', holds: true, reason: '家属告知' },
  'GET /api/triage/pre-notices/:id': {},
  'POST /api/triage/pre-notices/:id/corrections': { expectedAt: new Date().toISOString() },
  'POST /api/triage/pre-notices/:id/endings': { outcome: 'cancelled', reason: '转送他院' },
  'POST /api/triage/pre-notices/:id/arrivals': {},
  'POST /api/triage/cases/:id/moves': { move: 'call', room: '1' },
  'POST /api/triage/cases/:id/moves/undo': {},
  'PATCH /api/triage/cases/:id/patient': { name: '孙权' },
  'GET /api/triage/cases/:id': {},
  'POST /api/notices/:id/acknowledge': {},
  'GET /api/reviews/:id': {},
  'POST /api/reviews/:id/claim': {},
  'POST /api/reviews/:id/release': {},
  'GET /api/reviews/:id/receivers': {},
  'POST /api/reviews/:id/reassign': { userId: uuidv7() },
  'POST /api/reviews/:id/judgements': { content: { level: 'I', note: '' } },
  'POST /api/reviews/:id/decisions': manual,
  'POST /api/reviews/:id/second-signatures': { signatureId: uuidv7(), contentSha256: 'a'.repeat(64), password },
  'POST /api/reviews/:id/declines': { signatureId: uuidv7(), contentSha256: 'a'.repeat(64), reason: '不同意' },
  'POST /api/reviews/:id/signature-withdrawals': { signatureId: uuidv7(), reason: '撤回' },
  'POST /api/reviews/:id/redrafts': { notes: [{ text: '请补充' }] },
  'POST /api/reviews/:id/deferrals': { until: new Date(Date.now() + 60_000).toISOString(), reason: '等待检验结果' },
  'POST /api/reviews/:id/escalations': { reason: '需要上级判断' },
  'GET /api/reviews/:id/amendment': {},
  'PUT /api/reviews/:id/amendment': { content },
  'POST /api/me/handovers/:id/acknowledgements': { answer: 'accept' },
  'PUT /api/me/filters/:id': { name: '夜班', query: {} },
  'DELETE /api/me/filters/:id': {},
  'GET /api/admin/cases/:id/timeline': {},
  'POST /api/admin/cases/:id/repairs': { repair: 'wake' },
  'GET /api/interop/messages/:id': {},
  'POST /api/interop/messages/:id/replays': {},
  'POST /api/interop/messages/:id/dismissals': { because: 'not-for-us' },
  'POST /api/admin/users/:id/password': { password },
  'POST /api/admin/users/:id/disable': {},
  'POST /api/admin/users/:id/enable': {},
  'POST /api/admin/users/:id/grants': { role: 'coder', wardId: null },
  'DELETE /api/admin/users/:id/grants/:grantId': {},
  'DELETE /api/admin/service-accounts/:id': {},
  'DELETE /api/admin/kiosks/:id': {},
  'DELETE /api/admin/manual-switches/:id': {},
  'GET /api/admin/rule-packs/:id': {},
  'POST /api/admin/rule-packs/:id/dry-runs': {},
  'POST /api/admin/rule-packs/:id/approvals': { sha256: 'a'.repeat(64) },
  'POST /api/admin/rule-packs/:id/rollbacks': { note: '恢复' },
};
const ofDesk = Object.keys(bodies).filter((route) => /\/api\/(triage|notices|reviews|me)\//.test(route));

describe('A-2 ids of another ward and of another hospital', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;
  let here: TestSession;
  let there: TestSession;
  /** With a session for each group of roles that one person may hold together. */
  let foreign: Readonly<Record<'desk' | 'system' | 'security' | 'audit' | 'lead', TestSession>>;
  let hidden: Readonly<
    Record<
      | 'cases'
      | 'reviews'
      | 'notices'
      | 'pre-notices'
      | 'handovers'
      | 'filters'
      | 'messages'
      | 'users'
      | 'service-accounts'
      | 'kiosks'
      | 'rule-packs',
      string
    >
  >;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    const other = await makeHospital(postgres.migrationUrl, '另一家医院');
    ({ app, url } = await startTestApi(testApiConfig(postgres.url)));
    here = await session(hospital, 'here', desk, hospital.wards[0]);
    there = await session(hospital, 'there', desk, hospital.wards[1]);
    foreign = {
      desk: await session(other, 'foreign', desk, null),
      system: await session(other, 'foreign-system', ['system_admin'], null),
      security: await session(other, 'foreign-security', ['security_admin'], null),
      audit: await session(other, 'foreign-audit', ['auditor'], null),
      lead: await session(other, 'foreign-lead', ['clinical_lead'], null),
    };
    hidden = await fill();
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const session = async (of: TestHospital, login: string, roles: readonly Role[], ward: string | null) => {
    const { id } = await of.person(
      login,
      roles.map((role) => [role, ward]),
    );
    return plantSession(url, postgres.migrationUrl, id);
  };
  const ids = async <Name extends string>(sql: string): Promise<Record<Name, string>> =>
    (await sqlAs<Record<Name, string>>(postgres.migrationUrl, sql))[0]!;
  const fill = async (): Promise<typeof hidden> => {
    const registration = {
      wardId: hospital.wards[0],
      patient: { name: canary, sex: 'male', birthDate: '1980-05-05' },
      assessment: { complaint: `${canary}胸痛`, vitals: { spo2: 80 }, measuredAt: new Date().toISOString() },
    };
    await call(here, 'POST /api/triage/cases', { body: registration }).expect(201);
    const { reviews } = await ids<'reviews'>('select id reviews from review');
    await call(here, 'POST /api/reviews/:id/escalations', { id: reviews, body: { reason: '需要上级判断' } }).expect(
      201,
    );
    const colleague = await session(hospital, 'colleague', desk, hospital.wards[0]);
    const { receiverId } = await ids<'receiverId'>(`select id "receiverId" from app_user where login = 'here'`);
    await call(colleague, 'POST /api/reviews/:id/claim', { id: reviews }).expect(200);
    await call(colleague, 'POST /api/me/handovers', { body: { receiverId } }).expect(201);
    const report = { complaint: `${canary}车祸`, vitals: { spo2: 80 }, measuredAt: new Date().toISOString() };
    const announced = {
      wardId: hospital.wards[0],
      expectedAt: new Date().toISOString(),
      announcer: { service: '120' },
    };
    await call(here, 'POST /api/triage/pre-notices', { body: { ...announced, report } }).expect(201);
    await call(here, 'POST /api/me/filters', {
      body: { screen: 'worklist', name: canary, query: { q: canary } },
    }).expect(201);
    const { organisationId } = hospital;
    const his = await plantMachine(url, postgres.migrationUrl, { organisationId, scopes: ['hl7v2:write'] });
    await his.post('/api/interop/hl7v2').set('content-type', 'x-application/hl7-v2+er7').send('MSH|^~\\&|no message');
    await sqlAs(
      postgres.migrationUrl,
      `insert into rule_pack_set (id, organisation_id, number, content, sha256, note, edited_by)
       select $1, organisation_id, 1, '{}', repeat('a', 64), 'x', id from app_user where login = 'here'`,
      [uuidv7()],
    );
    await plantKiosk(url, postgres.migrationUrl, {
      organisationId,
      wardId: hospital.wards[0],
      kind: 'staff-wallboard',
    });
    return ids(`select c.id cases, r.id reviews, n.id notices, h.id handovers, m.id messages, u.id users, s.id "service-accounts",
      p.id "rule-packs", a.id "pre-notices", f.id filters, k.id kiosks from cases c, review r, notice n, shift_handover h, inbound_message m, app_user u,
        service_account s, rule_pack_set p, pre_notice a, saved_filter f, kiosk k
      where u.login = 'here' and n.case_id = c.id and n.kind <> 'handover' limit 1`);
  };

  const call = (as: TestSession, route: string, { id = '', body = bodies[route] ?? {} } = {}): request.Test => {
    const [method = '', path = ''] = route.split(' ');
    const sent = request(url)
      [method.toLowerCase() as 'get'](path.replace(':id', id).replace(':grantId', uuidv7()))
      .set({ cookie: as.cookie, 'x-csrf-token': as.csrfToken, 'idempotency-key': uuidv7(), 'if-match': '"1"' });
    return method === 'GET' ? sent : sent.send(body);
  };
  /* A number of an answer's own in each; the rest must be the same. */
  const told = ({ status, body }: request.Response) => {
    const { requestId: _own, ...rest } = body as Record<string, unknown>;
    return { status, ...rest };
  };
  const hiddenFor = (route: string): string =>
    hidden[(/\/(\w[\w-]*)\/:id/.exec(route)?.[1] ?? '') as keyof typeof hidden] ?? uuidv7();
  /** An id that exists out of reach is answered as one that does not exist. */
  const expectHidden = async (as: TestSession, route: string): Promise<void> => {
    const unknown = told(await call(as, route, { id: uuidv7() }));
    expect([route, told(await call(as, route, { id: hiddenFor(route) }))]).toEqual([route, unknown]);
    expect([route, unknown.status]).toEqual([route, 404]);
  };

  it('are tried on every route that takes one', () => {
    // A process, its step and a file's name are no ids: they are the same for everybody.
    const withId = Object.keys(policy).filter((route) => /:(?!(process|step|name)\b)/.test(route));
    expect(Object.keys(bodies).toSorted()).toEqual(withId.toSorted());
  });

  it('do not exist for the other ward, nor for the other hospital', async () => {
    for (const route of ofDesk) {
      await expectHidden(there, route);
      await expectHidden(foreign.desk, route);
    }
  });

  it('do not exist for the administrators of the other hospital', async () => {
    const administrator = (route: string) => {
      if (/users|service-accounts/.test(route)) return foreign.security;
      return /rule-packs/.test(route) ? foreign.lead : foreign.system;
    };
    for (const route of Object.keys(bodies).filter((one) => !ofDesk.includes(one)))
      await expectHidden(administrator(route), route);
  });

  it('do not exist in a body or a query either', async () => {
    const patient = { name: '孙权' };
    for (const as of [there, foreign.desk]) {
      const ward = as === there ? hospital.wards[1] : undefined;
      const tried = async (of: { wardId: string; caseId: string; reviewId: string }) => {
        const { wardId, caseId, reviewId } = of;
        const corrects = { caseId, reason: 'duplicate' };
        return [
          told(await call(as, 'POST /api/triage/cases', { body: { wardId, patient } })),
          told(await call(as, 'POST /api/triage/resus', { body: { wardId } })),
          told(await as.get(`/api/triage/pre-notices?wardId=${wardId}`)),
          told(await as.get(`/api/triage/downtime-list?wardId=${wardId}`)),
          told(await call(as, 'POST /api/triage/cases', { body: { wardId: ward ?? wardId, patient, corrects } })),
          told(await as.get(`/api/triage/queue?wardId=${wardId}`)),
          told(await call(as, 'POST /api/triage/search', { body: { q: canary, wardId } })),
          JSON.stringify(
            told(await call(as, 'POST /api/reviews/claims', { body: { reviewIds: [reviewId] } })),
          ).replaceAll(reviewId, 'the id'),
        ];
      };
      const unknown = await tried({ wardId: uuidv7(), caseId: uuidv7(), reviewId: uuidv7() });
      expect(await tried({ wardId: hospital.wards[0], caseId: hidden.cases, reviewId: hidden.reviews })).toEqual(
        unknown,
      );
      expect(unknown.slice(0, 7).map((answer) => (answer as { status: number }).status)).toEqual(Array(7).fill(404));
    }
  });

  it('of a ward open no board on it for the administrators of the other hospital', async () => {
    const add = async (wardId: string) =>
      told(
        await call(foreign.system, 'POST /api/admin/kiosks', { body: { name: '大屏', kind: 'public-queue', wardId } }),
      );
    expect(await add(hospital.wards[0])).toEqual(await add(uuidv7()));
    expect(await add(hospital.wards[0])).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('are found by no search and counted by no export of another ward or hospital', async () => {
    for (const as of [there, foreign.desk]) {
      const { body } = await call(as, 'POST /api/triage/search', { body: { q: canary } }).expect(200);
      expect(body.items).toEqual([]);
    }
    const own = await call(here, 'POST /api/triage/search', { body: { q: 'lhc' } }).expect(200);
    expect(own.body.items).toEqual([expect.objectContaining({ caseId: hidden.cases })]);
    const searched = await call(foreign.audit, 'POST /api/admin/audit/searches', { body: { caseId: hidden.cases } });
    expect([searched.status, searched.body.items]).toEqual([200, []]);
    const counted = (as: TestSession, body: object) => call(as, 'POST /api/admin/exports/counts', { body });
    const audit = await counted(foreign.audit, { kind: 'audit', filter: { caseId: hidden.cases } });
    const queue = await counted(foreign.system, { kind: 'queue-history', filter: {} });
    expect([audit.body.rows, queue.body.rows]).toEqual([0, 0]);
    const wards = [hospital.wards[0], uuidv7()].map((wardId) =>
      counted(foreign.system, { kind: 'queue-history', filter: { wardId } }),
    );
    const [hiddenWard, unknownWard] = (await Promise.all(wards)).map(told);
    expect(hiddenWard).toEqual(unknownWard);
    expect(hiddenWard).toMatchObject({ status: 404 });
  });

  it('are in no list', async () => {
    const lists: readonly (readonly [TestSession, string])[] = [
      ...[there, foreign.desk].flatMap((as) =>
        ['triage/queue', 'triage/pre-notices', 'reviews', 'notices', 'tasks', 'me/handovers', 'me/filters'].map(
          (path) => [as, path] as const,
        ),
      ),
      [foreign.system, 'interop/messages'],
      [foreign.system, 'interop/dead-letters'],
      [foreign.system, 'admin/outbox/dead'],
      [foreign.system, 'admin/reconciliation'],
      [foreign.audit, `admin/audit?caseId=${hidden.cases}`],
      [foreign.lead, 'admin/rule-packs'],
      [foreign.system, 'admin/kiosks'],
      [foreign.security, 'admin/users'],
      [foreign.security, 'admin/service-accounts'],
    ];
    for (const [as, path] of lists) {
      const { text } = await as.get(`/api/${path}`).expect(200);
      for (const secret of [canary, ...Object.values(hidden), hospital.wards[0]])
        expect([path, text]).toEqual([path, expect.not.stringContaining(secret)]);
    }
    const { text } = await here.get('/api/triage/queue').expect(200);
    expect(text).toContain(hidden.cases);
    expect(text).toContain(canary);
  });

  it('are there for whoever works on the ward', async () => {
    for (const route of ofDesk) {
      const { status } = await call(here, route, { id: hiddenFor(route) });
      expect([route, status]).not.toEqual([route, 404]);
    }
  });
});
