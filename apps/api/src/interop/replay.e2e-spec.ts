import { randomUUID } from 'node:crypto';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { encodeBytes } from '#libs/interop/hl7v2/charset';
import { asBytes } from '../../../../test/support/as-bytes';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { freshArrival, minutesFromNow } from '../../../../test/support/hl7-feed';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantMachine, type TestMachine } from '../../../../test/support/test-machine';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';
import { messagesAnswerSchema, messageSchema, type Replayed, replayedSchema } from './interop.schema';

describe('dead letters', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;
  let his: TestMachine;
  let admin: TestSession;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url)));
    const { organisationId } = hospital;
    his = await plantMachine(url, postgres.migrationUrl, { organisationId, scopes: ['hl7v2:write'] });
    const person = await hospital.person('admin', [['system_admin', null]]);
    admin = await plantSession(url, postgres.migrationUrl, person.id);
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  let last = 0;
  const sql = <Row>(text: string, parameters: readonly unknown[] = []) =>
    sqlAs<Row>(postgres.migrationUrl, text, parameters);
  const count = async (table: string): Promise<number> =>
    (await sql<{ n: number }>(`select count(*)::int n from ${table}`))[0]!.n;
  const send = async (
    event: string,
    fields: Readonly<Record<string, string>>,
    charset: 'utf-8' | 'gb18030' = 'utf-8',
  ): Promise<string> => {
    last += 1;
    const now = minutesFromNow(0);
    const own = { 'PV1-3': 'W0', 'MSH-10': `D${last}`, 'MSH-7': now, 'EVN-2': now, 'EVN-6': now, 'PV1-44': '' };
    const bytes = encodeBytes(exampleAdt(event, { ...own, ...fields }), charset);
    const answer = await his
      .post('/api/interop/hl7v2')
      .set('content-type', `text/plain; charset=${charset}`)
      .buffer(true)
      .parse(asBytes)
      .send(bytes);
    return /MSA\|(A[AER])/.exec((answer.body as Buffer).toString('latin1'))?.[1] ?? '';
  };
  const letters = async () => messagesAnswerSchema.parse((await admin.get('/api/interop/dead-letters')).body).items;
  const newest = async (): Promise<string> => (await letters())[0]!.id;
  const ask = (id: string, by = admin, key: string = randomUUID()) =>
    by.post(`/api/interop/messages/${id}/replays`).set('idempotency-key', key);
  const replay = async (id: string): Promise<Replayed> => {
    const answer = await ask(id);
    expect(answer.status).toBe(201);
    return replayedSchema.parse(answer.body);
  };

  it('are taken again once what they lacked is there, on behalf of their sender, and leave the list', async () => {
    const { fields } = freshArrival();
    expect(await send('A04', { ...fields, 'PV1-3': '新区', 'PID-5': '欧阳^娜', 'MSH-18': '' }, 'gb18030')).toBe('AE');
    const id = await newest();
    expect(await replay(id)).toEqual({ outcome: 'dead', reason: '204 location-unknown PV1-3', answer: 'AE' });
    expect(await newest()).toBe(id);
    const { organisationId } = hospital;
    await sql(`insert into ward (id, organisation_id, code, name) values ($1, $2, 'NEW', '新区')`, [
      randomUUID(),
      organisationId,
    ]);
    const before = await count('cases');
    expect(await replay(id)).toEqual({ outcome: 'applied', reason: null, answer: 'AA' });
    expect(await count('cases')).toBe(before + 1);
    expect((await letters()).map((letter) => letter.id)).not.toContain(id);
    const told = await sql<{ action: string; actor_kind: string; detail: { outcome?: string } }>(
      `select action, actor_kind, detail from audit where action like 'interop.%' order by id desc limit 2`,
    );
    expect(told.map(({ action, actor_kind: by }) => [action, by])).toEqual([
      ['interop.replay', 'user'],
      ['interop.applied', 'service'],
    ]);
    expect(told[0]!.detail).toMatchObject({ outcome: 'applied', was: '204 location-unknown PV1-3' });
  });

  it('came too early: an update and a cancellation are applied behind the arrival', async () => {
    const { fields } = freshArrival();
    expect(await send('A08', { ...fields, 'PID-5': '新^名', 'EVN-6': minutesFromNow(1) })).toBe('AE');
    const update = await newest();
    expect(await send('A11', { ...fields, 'EVN-6': minutesFromNow(2) })).toBe('AE');
    const cancel = await newest();
    expect(await send('A04', fields)).toBe('AA');
    expect((await replay(update)).outcome).toBe('applied');
    expect((await replay(cancel)).outcome).toBe('applied');
    const [of] = await sql<{ state: string }>('select state from cases order by id desc limit 1');
    expect(of!.state).toBe('cancelled');
  });

  it('are settled as well when the sender sends them again', async () => {
    const { fields } = freshArrival();
    const early = { ...fields, 'MSH-10': 'EARLY', 'MSH-7': minutesFromNow(1), 'EVN-2': minutesFromNow(1), 'EVN-6': '' };
    expect(await send('A08', early)).toBe('AE');
    const id = await newest();
    await send('A04', fields);
    expect(await send('A08', early)).toBe('AA');
    expect((await letters()).map((letter) => letter.id)).not.toContain(id);
    const again = await ask(id);
    expect([again.status, again.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
  });

  it('are replayed once, however often it is asked', async () => {
    const { fields } = freshArrival();
    await send('A08', { ...fields, 'EVN-6': minutesFromNow(1) });
    const id = await newest();
    await send('A04', fields);
    const before = await count('inbound_message');
    const key = randomUUID();
    const [first, second] = [await ask(id, admin, key), await ask(id, admin, key)];
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
    expect(await count('inbound_message')).toBe(before + 1);
  });

  it('are shown with their header and nothing of the patient', async () => {
    const { fields } = freshArrival();
    await send('A08', { ...fields, 'PID-5': '司马^光' });
    const answer = await admin.get(`/api/interop/messages/${await newest()}`);
    expect(messageSchema.parse(answer.body)).toMatchObject({
      outcome: 'dead',
      resolvedAt: null,
      defaultCharset: 'utf-8',
      header: { sendingApplication: 'HIS', messageType: 'ADT^A08', controlId: `D${last}`, version: '2.5.1' },
    });
    expect(answer.text).not.toMatch(/司马|V\d+X|P\d+X/);
    expect((await admin.get(`/api/interop/messages/${randomUUID()}`)).status).toBe(404);
  });

  it('are for the system administrator only', async () => {
    const id = await newest();
    const nurse = await hospital.person('nurse', [['triage_nurse', null]]);
    const session = await plantSession(url, postgres.migrationUrl, nurse.id);
    for (const caller of [session, his]) {
      expect((await caller.get('/api/interop/dead-letters')).status).toBe(403);
      expect((await caller.get(`/api/interop/messages/${id}`)).status).toBe(403);
    }
    expect((await ask(id, session)).status).toBe(403);
  });

  it('are told of once a day for each reason, to the system administrator', async () => {
    const { fields } = freshArrival();
    for (let again = 0; again < 3; again++)
      await send('A04', { ...fields, 'MSH-10': `N${again}`, 'PV1-3': `nowhere-${again}` });
    const { body } = await admin.get('/api/notices');
    const told = (body.items as { kind: string; data: { reason: string } }[]).filter(
      ({ kind, data }) => kind === 'dead-letters' && data.reason === '204 location-unknown PV1-3',
    );
    expect(told).toHaveLength(1);
  });

  it('are dismissed with a reason, leave the list, and come no second time', async () => {
    const { fields } = freshArrival();
    const lost = {
      ...fields,
      'MSH-10': 'GONE',
      'PV1-3': 'never',
      'MSH-7': minutesFromNow(-5),
      'EVN-2': minutesFromNow(-5),
    };
    await send('A04', lost);
    const id = await newest();
    const dismiss = (body: object, key: string = randomUUID()) =>
      admin.post(`/api/interop/messages/${id}/dismissals`).set('idempotency-key', key).send(body);
    expect((await dismiss({ because: 'no idea' })).status).toBe(400);
    const key = randomUUID();
    expect((await dismiss({ because: 'not-for-us' }, key)).body).toEqual({ settled: 1 });
    expect((await dismiss({ because: 'not-for-us' }, key)).body).toEqual({ settled: 1 });
    expect((await dismiss({ because: 'not-for-us' })).body).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
    expect((await letters()).map((letter) => letter.id)).not.toContain(id);
    expect((await ask(id)).status).toBe(409);
    await send('A04', lost);
    expect((await letters()).map((letter) => letter.id)).not.toContain(id);
    expect(await count(`audit where action = 'interop.dismiss' and entity_id = '${id}'`)).toBe(1);
  });
});
