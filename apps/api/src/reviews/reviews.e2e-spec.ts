import { randomUUID } from 'node:crypto';
import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { type DataSource } from 'typeorm';
import { digestOf } from '#libs/crypto/digest';
import { connectDataSource } from '#libs/db/data-source';
import { createFieldCipher } from '#libs/db/field-cipher';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { createInTransaction, type InTransaction } from '#libs/db/transaction';
import { acuity } from '#libs/processes/triage/triage.contract';
import { overrideReasons, replayReason } from '#libs/review/gate';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { acuityDraft, assessment, level, offerDraft } from '../../../../test/support/review-desk';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { makeHospital, type TestHospital, type TestPerson } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';

describe('reviews over HTTP', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let source: DataSource;
  let inTransaction: InTransaction;
  let hospital: TestHospital;
  let nurse: TestSession;
  let doctor: TestSession & { readonly person: TestPerson };
  let stranger: TestSession;

  const sql = <Row>(text: string, parameters: unknown[] = []) => sqlAs<Row>(postgres.migrationUrl, text, parameters);
  type Sent = [who: TestSession, path: string, body?: object, headers?: Record<string, string>];
  const post = (...[who, path, body = {}, headers = {}]: Sent) =>
    who
      .post(`/api/${path}`)
      .set({ 'idempotency-key': randomUUID(), ...headers })
      .send(body);
  const arrive = async (): Promise<string> => {
    const patient = { name: '李明', sex: 'male', birthDate: '1970-01-02' };
    const answer = await post(nurse, 'triage/cases', { wardId: hospital.wards[0], patient, assessment: assessment() });
    return (answer.body as { assessment: { reviewId: string } }).assessment.reviewId;
  };
  const draft = (reviewId: string) =>
    offerDraft(
      { inTransaction, worker: { kind: 'system', name: 'worker', organisationId: hospital.organisationId } } as never,
      reviewId,
      { draft: acuityDraft('II'), gate: acuity },
    );

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    const config = testApiConfig(postgres.url);
    ({ app, url } = await startTestApi(config));
    source = await connectDataSource({ url: postgres.url, poolSize: 2 });
    inTransaction = createInTransaction(
      source,
      createFieldCipher(await loadKeyRing(source, config.kek, { create: false })),
    );
    const session = async (login: string, role: 'triage_nurse' | 'physician', ward: string) => {
      const person = await hospital.person(login, [[role, ward]]);
      return { person, ...(await plantSession(url, postgres.migrationUrl, person.id)) };
    };
    nurse = await session('nurse', 'triage_nurse', hospital.wards[0]);
    doctor = await session('doctor', 'physician', hospital.wards[0]);
    stranger = await session('stranger', 'triage_nurse', hospital.wards[1]);
  });

  afterAll(async () => {
    await app?.close();
    await source?.destroy();
    await postgres?.stop();
  });

  it('describes the form of a gate to those who review, by the shapes that it checks with', async () => {
    const { body } = await nurse.get('/api/gates/triage/acuity/form').expect(200);
    expect(body).toMatchObject({ process: 'triage', step: 'acuity' });
    expect(body.content).toMatchObject({ type: 'object', required: ['level', 'department'] });
    expect(body.content.properties.note).toEqual({ type: 'string', maxLength: 2000, default: '' });
    expect(Object.keys(body.judgement.properties as object)).toEqual(['level', 'note']);
    for (const gate of ['triage/nothing', 'nothing/acuity'])
      expect((await nurse.get(`/api/gates/${gate}/form`).expect(404)).body.code).toBe('NOT_FOUND');
    await nurse.get('/api/gates/..%2f/acuity/form').expect(400);
  });

  it('go from the list over judgement and draft to a decision, each answer with its version', async () => {
    const reviewId = await arrive();
    await draft(reviewId);
    const list = await nurse.get('/api/reviews?limit=200').expect(200);
    expect((list.body as { items: { reviewId: string }[] }).items.map((item) => item.reviewId)).toContain(reviewId);
    const hidden = await nurse.get(`/api/reviews/${reviewId}`).expect(200);
    expect([hidden.headers['etag'], hidden.body.draft, hidden.body.mode]).toEqual(['"1"', null, 'draft']);
    await post(nurse, `reviews/${reviewId}/judgements`, { content: { level: 'II', note: '' } }).expect(201);
    const { body: view } = await nurse.get(`/api/reviews/${reviewId}`).expect(200);
    const { viewSha256, ...shown } = view as { viewSha256: string; draft: { version: number; sha256: string } };
    expect(viewSha256).toBe(digestOf(shown));
    const approval = {
      action: 'approve',
      draftVersion: shown.draft.version,
      draftSha256: shown.draft.sha256,
      shownSha256: viewSha256,
    };
    const decided = await post(nurse, `reviews/${reviewId}/decisions`, approval, { 'if-match': '"1"' }).expect(201);
    expect(decided.body).toMatchObject({ state: 'decided', version: 2, effect: { level: 'II' } });
    expect(decided.headers['etag']).toBe('"2"');
  });

  it('answer a repeated decision as the first time, and the key with another body not at all (E-1)', async () => {
    const reviewId = await arrive();
    const headers = { 'if-match': '"1"', 'idempotency-key': randomUUID() };
    const send = (body: object) => post(nurse, `reviews/${reviewId}/decisions`, body, headers);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send({ action: 'manual', content: level('II') })),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    const other = await send({ action: 'manual', content: level('I') });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await sql('select 1 from decision where review_id = $1', [reviewId])).toHaveLength(1);
  });

  it('are told apart by code, never by text (R18)', async () => {
    const reviewId = await arrive();
    const path = `reviews/${reviewId}/decisions`;
    const body = { action: 'manual', content: level('II') };
    const cases: [request.Test, number, string][] = [
      [post(nurse, path, body), 428, 'VERSION_REQUIRED'],
      [nurse.post(`/api/${path}`).set('if-match', '"1"').send(body), 428, 'IDEMPOTENCY_KEY_REQUIRED'],
      [post(nurse, path, body, { 'if-match': '"7"' }), 412, 'VERSION_MISMATCH'],
      [post(nurse, path, { ...body, approved: 'true' }, { 'if-match': '"1"' }), 400, 'VALIDATION_FAILED'],
      [
        post(nurse, path, { action: 'manual', content: { level: 'II' } }, { 'if-match': '"1"' }),
        400,
        'VALIDATION_FAILED',
      ],
      [
        post(nurse, path, { action: 'approve', draftVersion: 1, draftSha256: 'a'.repeat(64) }, { 'if-match': '"1"' }),
        409,
        'NO_DRAFT',
      ],
      [post(nurse, path, { action: 'manual', content: level('IV') }, { 'if-match': '"1"' }), 422, 'REASON_REQUIRED'],
      [post(stranger, path, body, { 'if-match': '"1"' }), 404, 'NOT_FOUND'],
      [stranger.get(`/api/reviews/${reviewId}`), 404, 'NOT_FOUND'],
      [nurse.get('/api/reviews/not-a-uuid'), 400, 'VALIDATION_FAILED'],
      [request(url).get(`/api/reviews/${reviewId}`), 401, 'UNAUTHENTICATED'],
    ];
    for (const [call, status, code] of cases) {
      const answer = await call;
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
    const [zh, en] = [
      await post(nurse, path, body).set('accept-language', 'zh'),
      await post(nurse, path, body).set('accept-language', 'en'),
    ];
    expect(zh.body.title).not.toBe(en.body.title);
    expect(zh.body.code).toBe(en.body.code);
  });

  it('take the reason of a replay in the demo profile, and never at a hospital', async () => {
    const production = await startTestApi(testApiConfig(postgres.url, { profile: 'production' }));
    try {
      const [{ id }] = (await sql<{ id: string }>(`select id from app_user where login = 'nurse'`)) as [{ id: string }];
      const atHospital = await plantSession(production.url, postgres.migrationUrl, id);
      const reviewId = await arrive();
      const send = (who: TestSession) => {
        const body = { action: 'manual', content: level('II'), reasonCode: replayReason };
        return post(who, `reviews/${reviewId}/decisions`, body, { 'if-match': '"1"' });
      };
      const offered = await atHospital.get(`/api/reviews/${reviewId}`).expect(200);
      expect(offered.body.gate.reasonCodes).toEqual([...overrideReasons]);
      const refused = await send(atHospital);
      expect([refused.status, refused.body.code]).toEqual([422, 'REASON_UNKNOWN']);
      expect(refused.body.allowed).toEqual([...overrideReasons]);
      const shown = await nurse.get(`/api/reviews/${reviewId}`).expect(200);
      expect(shown.body.gate.reasonCodes).toEqual([...overrideReasons, replayReason]);
      await send(nurse).expect(201);
    } finally {
      await production.app.close();
    }
  });

  it('change by no GET or HEAD of any of their addresses (R7)', async () => {
    const reviewId = await arrive();
    const row = async () => {
      const [found] = await sql(
        `select to_jsonb(r) review, (select count(*)::int from review_event where review_id = r.id) events,
        (select count(*)::int from signature where review_id = r.id) signatures, (select count(*)::int from judgement where review_id = r.id) judgements,
        (select count(*)::int from outbox) told from review r where id = $1`,
        [reviewId],
      );
      return found;
    };
    const before = await row();
    const doors = [
      'claim',
      'release',
      'reassign',
      'judgements',
      'decisions',
      'second-signatures',
      'declines',
      'signature-withdrawals',
      'redrafts',
      'deferrals',
      'escalations',
    ];
    for (const door of doors) {
      expect((await nurse.get(`/api/reviews/${reviewId}/${door}?action=manual`)).status).toBe(404);
      expect((await request(url).head(`/api/reviews/${reviewId}/${door}`).set('cookie', nurse.cookie)).status).toBe(
        404,
      );
    }
    for (const readable of ['', '/amendment']) {
      await nurse.get(`/api/reviews/${reviewId}${readable}`).expect(200);
      await request(url).head(`/api/reviews/${reviewId}${readable}`).set('cookie', nurse.cookie).expect(200);
    }
    expect(await row()).toEqual(before);
  });

  it('ask the second signer for the password, and count what is wrong', async () => {
    const reviewId = await arrive();
    const below = { action: 'manual', content: level('IV'), reasonCode: 'clinical-judgement' };
    const first = await post(nurse, `reviews/${reviewId}/decisions`, below, { 'if-match': '"1"' }).expect(201);
    const { signatureId, contentSha256 } = first.body as { signatureId: string; contentSha256: string };
    await doctor.get(`/api/reviews/${reviewId}`).expect(200);
    const sign = (password: string) =>
      post(
        doctor,
        `reviews/${reviewId}/second-signatures`,
        { signatureId, contentSha256, password },
        { 'if-match': '"2"' },
      );
    const wrong = await sign('not my password');
    expect([wrong.status, wrong.body.code]).toEqual([401, 'STEP_UP_REQUIRED']);
    const right = await sign(doctor.person.password);
    expect([right.status, right.body.state]).toEqual([201, 'decided']);
    expect(right.text).not.toContain(doctor.person.password);
    const denied = await sql(`select action, code from audit where outcome = 'refused' and entity_id = $1`, [reviewId]);
    expect(denied).toEqual([{ action: 'POST /api/reviews/:id/second-signatures', code: 'STEP_UP_REQUIRED' }]);
  });

  it('are claimed, handed back, claimed in bulk and amended through their routes', async () => {
    const reviewId = await arrive();
    const claimed = await post(nurse, `reviews/${reviewId}/claim`).expect(200);
    expect(claimed.body).toMatchObject({ version: 1, claim: { name: 'nurse 姓名' } });
    const held = await post(doctor, `reviews/${reviewId}/claim`);
    expect([held.status, held.body.code, held.body.holderName]).toEqual([409, 'CLAIM_HELD', 'nurse 姓名']);
    await post(nurse, `reviews/${reviewId}/release`).expect(200);
    const bulk = await post(doctor, 'reviews/claims', { reviewIds: [reviewId] }).expect(200);
    expect(bulk.body).toMatchObject({ results: [{ reviewId, outcome: 'claimed' }] });
    const put = (version: string) =>
      nurse
        .put(`/api/reviews/${reviewId}/amendment`)
        .set({ 'idempotency-key': randomUUID(), 'if-match': version })
        .send({ content: { level: 'II' } });
    expect((await put('"0"').expect(200)).headers['etag']).toBe('"1"');
    expect((await put('"0"')).body).toMatchObject({ code: 'VERSION_MISMATCH', current: 1 });
    expect((await nurse.get(`/api/reviews/${reviewId}/amendment`).expect(200)).body).toMatchObject({
      version: 1,
      content: { level: 'II' },
    });
    const until = new Date(Date.now() + 60_000).toISOString();
    await post(doctor, `reviews/${reviewId}/deferrals`, { until, reason: '等待' }).expect(201);
    await post(nurse, `reviews/${reviewId}/escalations`, { reason: '请看' }).expect(201);
    await post(nurse, `reviews/${reviewId}/redrafts`, { notes: [] }).expect(201);
  });
});
