import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantMachine, type TestMachine } from '../../../../test/support/test-machine';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';
import { caseViewSchema } from './case-view.schema';
import { evaluationAnswerSchema } from './evaluate.schema';
import { preNoticeAnswerSchema, preNoticeListSchema, preNoticeViewSchema } from './pre-notice.schema';
import {
  acknowledgedSchema,
  assessmentAnswerSchema,
  moveAnswerSchema,
  noticesAnswerSchema,
  patientAnswerSchema,
  precautionAnswerSchema,
  queueAnswerSchema,
  registrationAnswerSchema,
  tasksAnswerSchema,
} from './triage.answers';

const canary = '令狐冲';

describe('the triage desk over HTTP', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let log: string[];
  let hospital: TestHospital;
  let nurse: TestSession;
  let coder: TestSession;
  let machine: TestMachine;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url, log } = await startTestApi(testApiConfig(postgres.url)));
    const plant = async (login: string, role: 'triage_nurse' | 'coder') =>
      plantSession(url, postgres.migrationUrl, (await hospital.person(login, [[role, hospital.wards[0]]])).id);
    nurse = await plant('nurse', 'triage_nurse');
    coder = await plant('coder', 'coder');
    const { organisationId } = hospital;
    machine = await plantMachine(url, postgres.migrationUrl, { organisationId, scopes: ['triage:write'] });
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const once = <T extends request.Test>(call: T): T => call.set('idempotency-key', uuidv7());
  const patch = (path: string): request.Test =>
    request(url).patch(path).set('cookie', nurse.cookie).set('x-csrf-token', nurse.csrfToken);
  const patient = { name: canary, sex: 'male', birthDate: '1980-05-05' };
  const assessment = (vitals: object = { spo2: 97, pulse: 80 }) => ({
    complaint: `${canary}胸痛`,
    vitals,
    measuredAt: new Date().toISOString(),
  });
  const arrive = async (more: object = {}) => {
    const answer = await once(nurse.post('/api/triage/cases')).send({ wardId: hospital.wards[0], patient, ...more });
    expect(answer.status).toBe(201);
    return registrationAnswerSchema.parse(answer.body);
  };

  it('registers, and a retry with the same key is the same arrival', async () => {
    const body = { wardId: hospital.wards[0], patient, assessment: assessment() };
    const send = () => nurse.post('/api/triage/cases').set('idempotency-key', 'arrival-0001').send(body);
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(registrationAnswerSchema.parse(first.body)).toMatchObject({ state: 'assessing', ticketNo: 1 });
    expect(first.headers['etag']).toBe(`"${first.body.version as number}"`);
    const rows = await sqlAs(postgres.migrationUrl, 'select from cases');
    expect(rows).toHaveLength(1);
    const refused = await nurse
      .post('/api/triage/cases')
      .set('idempotency-key', 'arrival-0001')
      .send({ ...body, patient: { ...patient, name: '乙' } });
    expect([refused.status, refused.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('takes an assessment from a nurse and a reading from a machine', async () => {
    const { caseId } = await arrive();
    const byNurse = await once(nurse.post(`/api/triage/cases/${caseId}/assessments`)).send(assessment({ spo2: 88 }));
    expect(byNurse.status).toBe(201);
    expect(assessmentAnswerSchema.parse(byNurse.body)).toMatchObject({ floor: 'II', level: 'II' });
    const reading = { complaint: '', vitals: { pulse: 90 }, measuredAt: new Date().toISOString() };
    const byMachine = await once(machine.post(`/api/triage/cases/${caseId}/assessments`)).send(reading);
    expect(byMachine.status).toBe(201);
    const moved = await once(machine.post(`/api/triage/cases/${caseId}/moves`))
      .set('if-match', '"2"')
      .send({ move: 'leave' });
    expect([moved.status, moved.body.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('tells a form what the rules say of it, for the desk alone', async () => {
    const body = {
      assessment: assessment({ spo2: 85 }),
      patient: { sex: 'male', ageEstimated: false, ageDays: 16_000 },
    };
    const answer = await nurse.post('/api/triage/evaluations').send(body);
    expect(answer.status).toBe(200);
    expect(evaluationAnswerSchema.parse(answer.body).evaluation.floor).toBe('II');
    expect(answer.text).not.toContain(canary);
    expect((await coder.post('/api/triage/evaluations').send(body)).status).toBe(403);
    expect((await nurse.get('/api/triage/evaluations')).status).toBe(404);
    const wrong = { ...body, assessment: assessment({ spo2: 850 }) };
    expect((await nurse.post('/api/triage/evaluations').send(wrong)).body.code).toBe('VALIDATION_FAILED');
  });

  it('rushes somebody in with one request that names only the desk', async () => {
    const answer = await once(nurse.post('/api/triage/resus')).send({ wardId: hospital.wards[0] });
    expect(answer.status).toBe(201);
    expect(registrationAnswerSchema.parse(answer.body)).toMatchObject({
      state: 'called',
      room: 'RESUS',
      assessment: { level: 'I' },
    });
  });

  it('moves and undoes by the ETag of the case', async () => {
    const { caseId, version } = await arrive({ assessment: assessment() });
    const path = `/api/triage/cases/${caseId}/moves`;
    const call = (etag?: string) => {
      const sent = once(nurse.post(path));
      return (etag === undefined ? sent : sent.set('if-match', etag)).send({ move: 'call', room: '3' });
    };
    expect((await call()).body.code).toBe('VERSION_REQUIRED');
    expect((await call(`"${version + 5}"`)).status).toBe(412);
    const called = await call(`"${version}"`);
    expect(moveAnswerSchema.parse(called.body)).toMatchObject({ state: 'called', room: '3' });
    const undone = await once(nurse.post(`${path}/undo`))
      .set('if-match', called.headers['etag'] as string)
      .send({});
    expect(undone.status).toBe(200);
    expect(moveAnswerSchema.parse(undone.body)).toMatchObject({ state: 'assessing', room: null });
    const refused = await once(nurse.post(path))
      .set('if-match', undone.headers['etag'] as string)
      .send({ move: 'see' });
    expect([refused.status, refused.body.code, refused.body.possible]).toEqual([
      409,
      'TRANSITION_NOT_ALLOWED',
      ['call', 'leave', 'cancel'],
    ]);
  });

  it.each([
    ['a call without a room', { move: 'call' }],
    ['a close without an outcome', { move: 'close' }],
    ['a close as left', { move: 'close', disposition: 'left' }],
    ['a cancel without a reason', { move: 'cancel' }],
    ['a room to leave to', { move: 'leave', room: '1' }],
    ['a move nobody knows', { move: 'approve' }],
  ])('refuses %s', async (_what, body) => {
    const { caseId, version } = await arrive({ assessment: assessment() });
    const answer = await once(nurse.post(`/api/triage/cases/${caseId}/moves`))
      .set('if-match', `"${version}"`)
      .send(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('shows the case, and identifies its patient by the version of the patient', async () => {
    const { caseId } = await arrive({ patient: { unidentified: true }, assessment: assessment() });
    const shown = await nurse.get(`/api/triage/cases/${caseId}`);
    const view = caseViewSchema.parse(shown.body);
    expect(shown.headers['etag']).toBe(`"${view.version}"`);
    const path = `/api/triage/cases/${caseId}/patient`;
    const named = await once(patch(path)).set('if-match', `"${view.patient.version}"`).send({ name: canary });
    expect(named.status).toBe(200);
    expect(patientAnswerSchema.parse(named.body)).toMatchObject({
      unidentified: false,
      version: view.patient.version + 1,
    });
    const late = await once(patch(path)).set('if-match', `"${view.patient.version}"`).send({ name: '乙' });
    expect([late.status, late.body.current]).toEqual([412, view.patient.version + 1]);
    expect((await once(patch(path)).set('if-match', '"2"').send({})).status).toBe(400);
    expect((await nurse.get(`/api/triage/cases/${caseId}`)).body.patient.name).toBe(canary);
  });

  it('shows the queue, narrowed by its query', async () => {
    const answer = await nurse.get(`/api/triage/queue?wardId=${hospital.wards[0]}&state=assessing,called&level=I`);
    const { rows } = queueAnswerSchema.parse(answer.body);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ level }) => level === 'I')).toBe(true);
    const first = queueAnswerSchema.parse((await nurse.get('/api/triage/queue?limit=1')).body);
    const second = await nurse.get(`/api/triage/queue?limit=1&cursor=${first.next}`);
    expect(queueAnswerSchema.parse(second.body).rows[0]?.caseId).not.toBe(first.rows[0]?.caseId);
    const masked = await nurse.get('/api/triage/queue?masked=true');
    expect(masked.text).not.toContain(canary);
    expect(masked.text).toContain('令*冲');
    for (const wrong of ['state=cancelled', 'level=V', 'masked=yes', 'page=2', 'limit=0', 'cursor=1', 'wardId=1'])
      expect((await nurse.get(`/api/triage/queue?${wrong}`)).status).toBe(400);
  });

  it('lists and acknowledges notices, and lists tasks', async () => {
    const { caseId } = await arrive({ assessment: assessment() });
    await once(nurse.post(`/api/triage/cases/${caseId}/assessments`)).send(assessment({ spo2: 85 }));
    const { items } = noticesAnswerSchema.parse((await nurse.get('/api/notices')).body);
    const risen = items.find((item) => item.caseId === caseId);
    expect(risen).toMatchObject({ kind: 'floor-raised', audience: 'triage_nurse' });
    const answer = await once(nurse.post(`/api/notices/${risen!.id}/acknowledge`)).send();
    expect(answer.status).toBe(200);
    expect(acknowledgedSchema.parse(answer.body).acknowledgedBy).toBe('nurse 姓名');
    expect((await nurse.get('/api/notices')).text).not.toContain(risen!.id);
    expect(tasksAnswerSchema.parse((await nurse.get('/api/tasks')).body).items).toEqual([]);
  });

  it('takes announced patients in once, and one answer serves two clicks under one key', async () => {
    const [wardId] = hospital.wards;
    const report = { ...assessment({ spo2: 88 }), sex: 'male', mechanism: '坠落' };
    const body = { wardId, expectedAt: new Date().toISOString(), announcer: { service: '120' }, report };
    const told = await once(machine.post('/api/triage/pre-notices')).send(body).expect(201);
    const { preNoticeId, version } = preNoticeAnswerSchema.parse(told.body);
    const path = `/api/triage/pre-notices/${preNoticeId}`;
    const corrections = once(nurse.post(`${path}/corrections`)).set('if-match', `"${version}"`);
    const corrected = await corrections.send({ expectedAt: new Date(Date.now() + 600_000).toISOString() }).expect(200);
    expect(corrected.headers['etag']).toBe(`"${version + 1}"`);
    const list = preNoticeListSchema.parse((await nurse.get('/api/triage/pre-notices')).body);
    expect(list.items).toMatchObject([{ preNoticeId, provisionalFloor: 'II', version: version + 1 }]);
    const key = uuidv7();
    const click = () => nurse.post(`${path}/arrivals`).set('idempotency-key', key).send({});
    const [first, second] = await Promise.all([click(), click()]);
    expect([first.status, second.status]).toEqual([201, 201]);
    const { caseId } = registrationAnswerSchema.parse(first.body);
    expect(second.body).toEqual(first.body);
    const late = await once(nurse.post(`${path}/arrivals`)).send({});
    expect(late.body).toMatchObject({ status: 409, code: 'TRANSITION_NOT_ALLOWED', caseId });
    expect(preNoticeViewSchema.parse((await nurse.get(path)).body)).toMatchObject({ state: 'arrived', caseId });
    expect((await nurse.get('/api/triage/pre-notices')).body.items).toEqual([]);
    const ending = { outcome: 'cancelled', reason: '重复' };
    const end = await once(nurse.post(`${path}/endings`))
      .set('if-match', '"1"')
      .send(ending);
    expect(end.body.code).toBe('TRANSITION_NOT_ALLOWED');
    const override = { precaution: 'enteric-isolation', holds: true, reason: '家属告知' };
    const set = await once(nurse.post(`/api/triage/cases/${caseId}/precautions`))
      .send(override)
      .expect(201);
    expect(precautionAnswerSchema.parse(set.body).infection.precautions).toMatchObject([{ override: 'raised' }]);
  });

  it('prints the list of a ward as a page that loads nothing, audited with whom it shows', async () => {
    const { caseId } = await arrive();
    const [wardId] = hospital.wards;
    const page = await nurse.get(`/api/triage/downtime-list?wardId=${wardId}`).expect(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-.+frame-ancestors 'none'$/,
    );
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.text).toContain(canary);
    const [row] = await sqlAs<{ case_ids: string[] }>(
      postgres.migrationUrl,
      `select case_ids from audit where action = 'downtime-list.shown' and entity_id = $1`,
      [wardId],
    );
    expect(row!.case_ids).toContain(caseId);
    expect((await nurse.get('/api/triage/downtime-list')).status).toBe(400);
    expect((await coder.get(`/api/triage/downtime-list?wardId=${wardId}`)).status).toBe(403);
  });

  it('is closed to other roles and to GET where something would change', async () => {
    const { caseId } = await arrive();
    for (const call of [
      once(coder.post('/api/triage/cases')).send({ wardId: hospital.wards[0], patient }),
      once(coder.post(`/api/triage/cases/${caseId}/moves`))
        .set('if-match', '"1"')
        .send({ move: 'leave' }),
      coder.get(`/api/triage/cases/${caseId}`),
      coder.get('/api/triage/queue'),
    ])
      expect((await call).status).toBe(403);
    expect((await nurse.get(`/api/triage/cases/${caseId}/moves`)).status).toBe(404);
    expect((await nurse.get('/api/triage/cases/not-an-id')).status).toBe(400);
    expect((await nurse.get(`/api/triage/cases/${uuidv7()}`)).body.code).toBe('NOT_FOUND');
  });

  it('lets no patient data into logs, problems or addresses', async () => {
    const bad = await once(nurse.post('/api/triage/cases')).send({
      wardId: uuidv7(),
      patient: { ...patient, [canary]: 1 },
    });
    const foreign = await once(nurse.post('/api/triage/cases')).send({ wardId: uuidv7(), patient });
    expect([bad.status, foreign.status]).toEqual([400, 404]);
    expect(bad.text + foreign.text).not.toContain(canary);
    expect(log.join('')).not.toContain(canary);
  });
});
