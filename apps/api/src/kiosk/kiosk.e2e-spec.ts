import { get, type IncomingMessage } from 'node:http';
import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { type KioskToken, newKioskToken, formatKioskToken, parseKioskToken } from '#libs/auth/token';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { type EventReader, readEvents } from '../../../../test/support/event-stream';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantKiosk } from '../../../../test/support/test-kiosk';
import { plantMachine } from '../../../../test/support/test-machine';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';
import { boardSchema } from './board.schema';

const [proxy, elsewhere] = ['127.0.0.2', '127.0.0.3'];
const [name, phone, identity, complaint, allergy] = ['令狐冲儿', '13800138000', 'MR-778899', '剧烈胸痛呕血', '青霉素'];

/** Every key of an answer, wherever it stands. */
const keysOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
};
const uniqueKeys = (value: unknown): string[] => [...new Set(keysOf(value))].toSorted();

describe('boards on a wall', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let log: string[];
  let hospital: TestHospital;
  let system: TestSession;
  let nurse: TestSession;
  let colleague: TestSession;
  const readers: EventReader[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    const config = { events: { beatMs: 200, recheckMs: 60_000 }, trustedProxies: [`${proxy}/32`] };
    ({ app, url, log } = await startTestApi(testApiConfig(postgres.url, config)));
    const session = async (login: string, role: 'system_admin' | 'triage_nurse', ward: string | null) =>
      plantSession(url, postgres.migrationUrl, (await hospital.person(login, [[role, ward]])).id);
    system = await session('system', 'system_admin', null);
    nurse = await session('nurse', 'triage_nurse', hospital.wards[0]);
    colleague = await session('colleague', 'triage_nurse', hospital.wards[1]);
    await arrive(nurse, hospital.wards[0]);
    const called = await arrive(nurse, hospital.wards[0]);
    await nurse
      .post(`/api/triage/cases/${called.caseId}/moves`)
      .set({ 'idempotency-key': uuidv7(), 'if-match': `"${called.version}"` })
      .send({ move: 'call', room: '3' })
      .expect(200);
    await sqlAs(
      postgres.migrationUrl,
      `set countersign.organisation = '00000000-0000-0000-0000-000000000000';
       update triage_case set clock_started_at = now() - interval '2 hours', last_assessed_at = now() - interval '2 hours'`,
    );
  });

  afterEach(() => {
    for (const reader of readers.splice(0)) reader.close();
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const arrive = async (as: TestSession, wardId: string): Promise<{ caseId: string; version: number }> => {
    const identifiers = [{ authority: 'HIS', type: 'MR', value: `${identity}-${uuidv7()}` }];
    const patient = { name, sex: 'male', birthDate: '1980-05-05', phone, identifiers };
    const measuredAt = new Date().toISOString();
    const assessment = { complaint, vitals: { spo2: 88, pulse: 90 }, measuredAt, allergies: [allergy] };
    const answer = await as
      .post('/api/triage/cases')
      .set('idempotency-key', uuidv7())
      .send({ wardId, patient, assessment });
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    return answer.body as { caseId: string; version: number };
  };
  const add = (body: object, as = system) => as.post('/api/admin/kiosks').set('idempotency-key', uuidv7()).send(body);
  const made = async (body: object = {}) => {
    const answer = await add({ name: uuidv7(), wardId: hospital.wards[0], kind: 'staff-wallboard', ...body });
    expect([answer.status, answer.body.code]).toEqual([201, undefined]);
    return answer.body as { id: string; token: string };
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const look = (token: string) => request(url).get('/api/kiosk/board').set(bearer(token));
  const watch = async (token: string): Promise<EventReader> => {
    const reader = await readEvents(`${url}/api/kiosk/events`, bearer(token));
    readers.push(reader);
    return reader;
  };
  const from = (address: string, token: string, headers: Readonly<Record<string, string>> = {}) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const options = { localAddress: address, agent: false, headers: { ...headers, ...bearer(token) } } as const;
      get(`${url}/api/kiosk/board`, options, (answer: IncomingMessage) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
      }).once('error', reject);
    });
  const secrets = async (): Promise<string[]> => {
    const ids = await sqlAs<{ id: string }>(
      postgres.migrationUrl,
      'select id from cases union select id from patient union select id from visit union select id from review',
    );
    return [
      name,
      name.slice(1),
      phone,
      identity,
      complaint,
      complaint.slice(0, 2),
      allergy,
      ...ids.map(({ id }) => id),
    ];
  };

  it('are made by the system administrator, with a token shown once and stored as a hash', async () => {
    const body = { name: '候诊区大屏', wardId: hospital.wards[0], kind: 'public-queue', addresses: ['10.0.0.0/8'] };
    const answer = await add(body);
    expect(answer.status).toBe(201);
    const { id, token, ...shown } = answer.body as { id: string; token: string };
    expect(parseKioskToken(token)?.kioskId).toBe(id);
    const times = { createdAt: expect.any(String), expiresAt: null, revokedAt: null };
    expect(shown).toEqual({ ...body, names: 'number-only', ...times });
    const { secret } = parseKioskToken(token) as KioskToken;
    const [row] = await sqlAs<{ row: string }>(
      postgres.migrationUrl,
      'select kiosk::text as row from kiosk where id = $1',
      [id],
    );
    expect(row!.row).not.toContain(secret);
    const list = await system.get('/api/admin/kiosks').expect(200);
    expect(list.body.items).toContainEqual({ id, ...shown });
    expect(list.text).not.toContain(secret);
    expect(log.join('')).not.toContain(secret);
    expect((await add(body)).body).toMatchObject({ code: 'CONFLICT', paths: ['name'] });
    await add({ ...body, name: 'x' }, nurse).expect(403);
    const told = await sqlAs<{ action: string; detail: object }>(
      postgres.migrationUrl,
      `select action, detail from audit where entity_type = 'kiosk' and entity_id = $1`,
      [id],
    );
    expect(told).toEqual([{ action: 'kiosk.added', detail: expect.objectContaining({ wardId: hospital.wards[0] }) }]);
    expect(JSON.stringify(told)).not.toContain(secret);
  });

  it.each([
    ['a wrong range', { addresses: ['10.0.0.0/0'] }],
    ['a name for an address', { addresses: ['localhost'] }],
    ['names on a staff board', { names: 'masked' }],
    ['another kind', { kind: 'beds' }],
    ['no time', { days: 0 }],
    ['a scope', { scopes: ['triage:write'] }],
  ])('are not made with %s', async (_what, wrong) => {
    const answer = await add({ name: 'x', wardId: hospital.wards[0], kind: 'staff-wallboard', ...wrong });
    expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('show the public tickets and rooms, and nothing else', async () => {
    const { token } = await made({ kind: 'public-queue' });
    const answer = await look(token).expect(200);
    const board = boardSchema.parse(answer.body);
    expect(uniqueKeys(answer.body)).toEqual(
      [
        'asOf',
        'at',
        'calling',
        'kind',
        'level',
        'minutes',
        'name',
        'next',
        'room',
        'ticketNo',
        'waits',
        'ward',
      ].toSorted(),
    );
    expect(board).toMatchObject({
      kind: 'public-queue',
      ward: '0区',
      calling: [{ ticketNo: 2, room: '3', name: null }],
      next: [{ ticketNo: 1, name: null }],
    });
    for (const secret of [...(await secrets()), '令']) expect(answer.text).not.toContain(secret);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('mask names where the board shows them', async () => {
    const { token } = await made({ kind: 'public-queue', names: 'masked' });
    const answer = await look(token).expect(200);
    expect(answer.body.calling).toEqual([{ ticketNo: 2, room: '3', name: '令**儿' }]);
    for (const secret of await secrets()) expect(answer.text).not.toContain(secret);
  });

  it('show the staff where the desk stands, without complaints, ids or whole names', async () => {
    const { token } = await made();
    const answer = await look(token).expect(200);
    const board = boardSchema.parse(answer.body);
    const counts = ['I', 'II', 'III', 'IV', 'IVa', 'IVb', 'none'];
    const lists = ['byLevel', 'called', 'overLimit', 'reassess', 'reviews', 'waiting'];
    const fields = [
      'calledAt',
      'dueAt',
      'level',
      'limitMinutes',
      'name',
      'overdue',
      'process',
      'room',
      'step',
      'ticketNo',
    ];
    expect(uniqueKeys(answer.body)).toEqual(
      ['asOf', 'at', 'kind', 'ward', 'waitedMinutes', ...counts, ...lists, ...fields].toSorted(),
    );
    const row = { ticketNo: 2, name: '令**儿', level: 'II', room: '3' };
    expect(board).toMatchObject({ kind: 'staff-wallboard', waiting: 2, called: [row] });
    const waitedMinutes = expect.any(Number) as number;
    expect(answer.body.overLimit).toContainEqual({ ...row, waitedMinutes, limitMinutes: 10 });
    for (const secret of await secrets()) expect(answer.text).not.toContain(secret);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('show nobody of another ward', async () => {
    await arrive(colleague, hospital.wards[1]);
    const { token } = await made({ wardId: hospital.wards[1] });
    const there = await look(token).expect(200);
    expect(there.body).toMatchObject({ ward: '1区', waiting: 1, called: [] });
    const here = await look((await made()).token).expect(200);
    expect(here.body).toMatchObject({ ward: '0区', waiting: 2 });
  });

  it('are for nobody else: neither people nor machines read them', async () => {
    const { organisationId } = hospital;
    const machine = await plantMachine(url, postgres.migrationUrl, { organisationId, scopes: ['triage:read'] });
    for (const path of ['/api/kiosk/board', '/api/kiosk/events']) {
      for (const caller of [nurse, system, machine])
        expect((await caller.get(path)).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      await request(url).get(path).expect(401);
    }
  });

  it('take no token that is forged, unknown, expired or revoked', async () => {
    const { id, token } = await made();
    const expiring = await made({ days: 1 });
    await look(expiring.token).expect(200);
    await sqlAs(postgres.migrationUrl, `update kiosk set expires_at = now() - interval '1 second' where id = $1`, [
      expiring.id,
    ]);
    const forged = formatKioskToken(newKioskToken(id));
    for (const dead of [forged, formatKioskToken(newKioskToken(uuidv7())), expiring.token, `${token}x`, 'ck_'])
      expect((await look(dead)).body).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    await look(token).expect(200);
    await system.delete(`/api/admin/kiosks/${id}`).expect(204);
    await system.delete(`/api/admin/kiosks/${id}`).expect(404);
    expect((await look(token)).body).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect((await watch(token)).status).toBe(401);
  });

  it('take the token only from the addresses that are named, as a trusted proxy tells them', async () => {
    const of = { organisationId: hospital.organisationId, wardId: hospital.wards[0], kind: 'staff-wallboard' } as const;
    const kiosk = await plantKiosk(url, postgres.migrationUrl, { ...of, addresses: ['10.20.0.0/16', elsewhere] });
    const told = { 'x-forwarded-for': '10.20.3.4' };
    expect((await from(elsewhere, kiosk.token)).status).toBe(200);
    expect((await from(proxy, kiosk.token, told)).status).toBe(200);
    const forging = { 'x-forwarded-for': elsewhere };
    for (const [address, headers] of [
      ['127.0.0.1', {}],
      ['127.0.0.1', forging],
      [proxy, { 'x-forwarded-for': '10.21.3.4' }],
    ] as const) {
      const { status, text } = await from(address, kiosk.token, headers);
      expect([status, JSON.parse(text)]).toEqual([403, expect.objectContaining({ code: 'ADDRESS_REFUSED' })]);
      expect(text).not.toMatch(/ticketNo|0区/);
    }
    const audited = await sqlAs(
      postgres.migrationUrl,
      `select actor_kind, outcome, code from audit where actor_id = $1 and outcome = 'refused' limit 1`,
      [kiosk.id],
    );
    expect(audited).toEqual([{ actor_kind: 'kiosk', outcome: 'refused', code: 'ADDRESS_REFUSED' }]);
  });

  it('hear that something changed on their ward, never what, and that the line lives', async () => {
    const here = await watch((await made({ kind: 'public-queue' })).token);
    const there = await watch((await made({ wardId: hospital.wards[1] })).token);
    const count = (reader: EventReader, event: string) => reader.events.filter((one) => one.event === event).length;
    await Promise.all([here, there].map((reader) => reader.until((events) => events[0]?.event === 'ready')));
    const publish = (wardId: string) =>
      sqlAs(
        postgres.migrationUrl,
        `set countersign.organisation = '00000000-0000-0000-0000-000000000000';
         insert into change_feed (id, feed_seq, organisation_id, ward_id, topic, entity_id)
           select gen_random_uuid(), nextval('change_feed_number'), '${hospital.organisationId}', '${wardId}', 'review',
             gen_random_uuid() from generate_series(1, 20);
         notify countersign_feed`,
      );
    await publish(hospital.wards[0]);
    await here.until(() => count(here, 'changed') > 0);
    const beats = count(there, 'beat');
    await there.until(() => count(there, 'beat') > beats + 3);
    expect([count(here, 'changed'), count(there, 'changed')]).toEqual([1, 0]);
    for (const { id, event, data } of [...here.events, ...there.events]) {
      expect(['ready', 'changed', 'beat']).toContain(event);
      expect([id, data]).toEqual(['', {}]);
    }
  });

  it('have five streams of one token at most', async () => {
    const { token } = await made();
    for (let n = 0; n < 5; n += 1) expect((await watch(token)).status).toBe(200);
    expect((await watch(token)).status).toBe(429);
    expect((await watch((await made()).token)).status).toBe(200);
  });

  it('lose their streams when the token is revoked, and only that one’s', async () => {
    const [gone, kept] = [await made(), await made()];
    const [first, second] = [await watch(gone.token), await watch(kept.token)];
    await first.until((events) => events.some(({ event }) => event === 'beat'));
    await system.delete(`/api/admin/kiosks/${gone.id}`).expect(204);
    await first.ended();
    expect(first.events.at(-1)).toMatchObject({ event: 'closed', data: { code: 'UNAUTHENTICATED' } });
    const heard = second.events.length;
    await second.until((events) => events.length > heard);
    expect(second.events.map(({ event }) => event)).not.toContain('closed');
  });

  it('are told to come again when the process stops', async () => {
    const other = await startTestApi(testApiConfig(postgres.url));
    const { token } = await made();
    const reader = await readEvents(`${other.url}/api/kiosk/events`, bearer(token));
    await reader.until((events) => events.length > 0);
    await other.app.close();
    await reader.ended();
    expect(reader.events.at(-1)).toMatchObject({ event: 'reconnect', data: {} });
  });
});
