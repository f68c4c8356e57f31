import { type NestExpressApplication } from '@nestjs/platform-express';
import { v7 as uuidv7 } from 'uuid';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { canary, shownCaseId, TestController, testPolicy } from '../../../../test/support/test-controller';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';

describe('an answer', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let log: string[];
  let hospital: TestHospital;
  let session: TestSession;
  let other: TestSession;

  const count = async (sql: string): Promise<number> =>
    (await sqlAs<{ n: number }>(postgres.migrationUrl, `select count(*)::int n from ${sql}`))[0]!.n;
  const post = (path: string, key: string, body: object = { text: 'a' }) =>
    session.post(path).set('idempotency-key', key).send(body);

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    const nurse = await hospital.person('nurse', [['triage_nurse', null]]);
    const coder = await hospital.person('coder', [['coder', null]]);
    const started = await startTestApi(testApiConfig(postgres.url), {
      controllers: [TestController],
      policy: testPolicy,
    });
    ({ app, log } = started);
    const { url } = started;
    session = await plantSession(url, postgres.migrationUrl, nurse.id);
    other = await plantSession(url, postgres.migrationUrl, coder.id);
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  describe('to a repeated request (E-1)', () => {
    it('is the same for 20 at once, and the change is made once', async () => {
      for (let round = 0; round < 10; round += 1) {
        const before = await count(`setting where name like 'thing.%'`);
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => post('/api/test/things', `key-number-${round}`)),
        );
        expect(new Set(answers.map(({ status, text, headers }) => `${status} ${text} ${headers['etag']}`)).size).toBe(
          1,
        );
        expect([answers[0]!.status, answers[0]!.headers['etag']]).toEqual([201, '"1"']);
        expect(await count(`setting where name like 'thing.%'`)).toBe(before + 1);
      }
      expect(await count(`audit where action = 'test.stored'`)).toBe(10);
    });

    it('is the same for 20 at once where whoever is late is refused', async () => {
      for (let round = 0; round < 10; round += 1) {
        const name = `taken.${round}`;
        const insert = 'insert into setting (organisation_id, name, value) values ($1, $2, $3)';
        await sqlAs(postgres.migrationUrl, insert, [hospital.organisationId, name, '{}']);
        const path = `/api/test/things/${name}/takes`;
        const answers = await Promise.all(Array.from({ length: 20 }, () => post(path, `take-number-${round}`)));
        expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
        expect([answers[0]!.status, answers[0]!.headers['etag']]).toEqual([200, '"2"']);
        const late = await post(path, `take-later-${round}`);
        expect([late.status, late.body.code, late.body.by]).toEqual([409, 'ALREADY_DECIDED', 'somebody']);
      }
      expect(await count(`audit where action = 'test.taken'`)).toBe(10);
    });

    it('is refused when the key came with another body, path or version', async () => {
      await post('/api/test/things', 'same-key-1', { text: 'a' }).expect(201);
      const [body, path, version] = [
        await post('/api/test/things', 'same-key-1', { text: 'b' }),
        await post('/api/test/things/x/takes', 'same-key-1', { text: 'a' }),
        await post('/api/test/things', 'same-key-1', { text: 'a' }).set('if-match', '"1"'),
      ];
      for (const answer of [body, path, version])
        expect([answer.status, answer.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      expect(await count(`setting where value = '{"text": "b"}'`)).toBe(0);
    });

    it('is another one for another person', async () => {
      const mine = await post('/api/test/things', 'shared-key', { text: 'a' }).expect(201);
      const theirs = await other.post('/api/test/things').set('idempotency-key', 'shared-key').send({ text: 'c' });
      expect(theirs.status).toBe(201);
      expect(theirs.body.id).not.toBe(mine.body.id);
    });

    it('needs a key of the right form', async () => {
      const none = await session.post('/api/test/things').send({ text: 'a' });
      expect([none.status, none.body.code]).toEqual([428, 'IDEMPOTENCY_KEY_REQUIRED']);
      const short = await post('/api/test/things', 'short');
      expect([short.status, short.body.paths]).toEqual([400, ['header.idempotency-key']]);
    });

    it('is not kept when it was a refusal', async () => {
      const path = '/api/test/things/late.one/takes';
      expect((await post(path, 'came-too-early')).body.code).toBe('NOT_FOUND');
      const insert = 'insert into setting (organisation_id, name, value) values ($1, $2, $3)';
      await sqlAs(postgres.migrationUrl, insert, [hospital.organisationId, 'late.one', '{}']);
      await post(path, 'came-too-early').expect(200);
    });

    it('is kept encrypted, and audited again when it shows patients again', async () => {
      const first = await post('/api/test/shown', 'show-me-this', {}).expect(201);
      const again = await post('/api/test/shown', 'show-me-this', {}).expect(201);
      expect(again.text).toBe(first.text);
      expect(await count(`audit where action = 'case.shown' and case_ids = array['${shownCaseId}']::uuid[]`)).toBe(2);
      expect(await count(`stored_reply where position(convert_to('${canary}', 'utf8') in body_ct) > 0`)).toBe(0);
    });
  });

  it('leaves nothing of a refused change', async () => {
    const answer = await session.post('/api/test/half-done');
    expect([answer.status, answer.body.code]).toEqual([409, 'CONFLICT']);
    expect(await count(`setting where name = 'half.done'`)).toBe(0);
  });

  it('audits a denied attempt, with whom and why', async () => {
    const id = uuidv7();
    const answer = await session.post(`/api/test/things/${id}/held`);
    expect([answer.status, answer.body.holder]).toEqual([409, '王医生']);
    await other.get('/api/test/broken').expect(403);
    const rows = await sqlAs(
      postgres.migrationUrl,
      `select action, code, entity_id, actor_name, request_id from audit where outcome = 'refused' order by at`,
    );
    expect(rows).toEqual([
      {
        action: 'POST /api/test/things/:id/held',
        code: 'CLAIM_HELD',
        entity_id: id,
        actor_name: 'nurse 姓名',
        request_id: answer.headers['x-request-id'],
      },
      expect.objectContaining({ action: 'GET /api/test/broken', code: 'FORBIDDEN', actor_name: 'coder 姓名' }),
    ]);
  });

  it('needs If-Match where a version is checked', async () => {
    const del = (header?: string) => {
      const call = session.delete('/api/test/versioned');
      return header === undefined ? call : call.set('if-match', header);
    };
    expect((await del()).body.code).toBe('VERSION_REQUIRED');
    for (const wrong of ['3', 'W/"3"', '*', '"a"', '"1", "2"']) expect((await del(wrong)).status).toBe(400);
    expect((await del('"3"').expect(200)).body.seen).toBe(3);
  });

  it('says nothing of a fault of ours but its code and request id, in two languages', async () => {
    const answer = await session.get('/api/test/broken').set('accept-language', 'fr, en;q=0.8, zh;q=0.5');
    expect(answer.status).toBe(500);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toEqual({
      type: 'urn:countersign:problem:internal',
      title: 'a fault of ours; the log has the request id',
      status: 500,
      code: 'INTERNAL',
      requestId: answer.headers['x-request-id'],
    });
    const zh = await session.get('/api/test/broken');
    expect(zh.body.title).toBe('系统内部错误，请告知管理员请求编号');
    const line = log.find(
      (entry) => entry.includes(answer.headers['x-request-id'] as string) && entry.includes('frames'),
    );
    expect(line).toContain('"name":"Error"');
    expect(log.join('') + answer.text).not.toContain(canary);
  });
});
