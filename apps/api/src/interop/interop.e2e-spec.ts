import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { encodeBytes } from '#libs/interop/hl7v2/charset';
import { asBytes } from '../../../../test/support/as-bytes';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { freshArrival } from '../../../../test/support/hl7-feed';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantMachine, type TestMachine } from '../../../../test/support/test-machine';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';
import { messagesAnswerSchema } from './interop.schema';

describe('HL7 v2 over HTTP', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let log: string[];
  let hospital: TestHospital;
  let his: TestMachine;
  let admin: TestSession;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url, log } = await startTestApi(testApiConfig(postgres.url)));
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
  const message = (event: string, fields: Readonly<Record<string, string>> = {}): string => {
    last += 1;
    return exampleAdt(event, { ...freshArrival().fields, 'PV1-3': 'W0', 'MSH-10': `H${last}`, ...fields });
  };
  const send = (type: string, body: string | Buffer) =>
    his.post('/api/interop/hl7v2').set('content-type', type).buffer(true).parse(asBytes).send(body);
  const textOf = (answer: request.Response): string => (answer.body as Buffer).toString('utf8');

  it.each(['text/plain', 'application/hl7-v2', 'x-application/hl7-v2+er7; charset=utf-8'])(
    'takes %s and answers an acknowledgement',
    async (type) => {
      const answer = await send(type, Buffer.from(message('A04')));
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('application/hl7-v2');
      expect(textOf(answer)).toContain(`MSA|AA|H${last}\r`);
    },
  );

  it('takes GB 18030 by the charset of the request, and answers 200 to AE and AR as well', async () => {
    const text = message('A04', { 'MSH-18': '', 'PID-5': '欧阳^娜' });
    const gb = await send('text/plain; charset=GB18030', encodeBytes(text, 'gb18030'));
    expect(textOf(gb)).toContain('MSA|AA');
    const ae = await send('text/plain', Buffer.from(message('A04', { 'PV1-3': '月球' })));
    expect([ae.status, textOf(ae).includes('MSA|AE')]).toEqual([200, true]);
    const ar = await send('text/plain', Buffer.from(message('A04', { 'MSH-9': 'X' })));
    expect([ar.status, textOf(ar).includes('MSA|AR')]).toEqual([200, true]);
  });

  it('refuses other types and character sets before reading', async () => {
    const json = await his.post('/api/interop/hl7v2').send({ message: 'MSH|' });
    expect([json.status, json.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    const latin = await his.post('/api/interop/hl7v2').set('content-type', 'text/plain; charset=latin1').send('MSH|');
    expect([latin.status, latin.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('is for machines with the scope only', async () => {
    const { organisationId } = hospital;
    const other = await plantMachine(url, postgres.migrationUrl, { organisationId, scopes: ['triage:write'] });
    const body = Buffer.from(message('A04'));
    for (const caller of [other, admin])
      expect((await caller.post('/api/interop/hl7v2').set('content-type', 'text/plain').send(body)).status).toBe(403);
    expect((await request(url).post('/api/interop/hl7v2').set('content-type', 'text/plain').send(body)).status).toBe(
      401,
    );
    expect((await his.get('/api/interop/hl7v2')).status).toBe(404);
  });

  it('lists what became of messages, page by page, without their text', async () => {
    const rows = await sqlAs<{ n: number }>(postgres.migrationUrl, 'select count(*)::int n from inbound_message');
    const ids: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const page = messagesAnswerSchema.parse((await admin.get(`/api/interop/messages?limit=2${cursor}`)).body);
      ids.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(new Set(ids).size).toBe(rows[0]!.n);
    expect(ids).toEqual(ids.toSorted().toReversed());
    const dead = await admin.get('/api/interop/messages?outcome=dead');
    const { items } = messagesAnswerSchema.parse(dead.body);
    expect(items.map(({ reason }) => reason)).toContain('204 location-unknown PV1-3');
    expect(items.every(({ outcome }) => outcome === 'dead')).toBe(true);
    expect(dead.text).not.toMatch(/张三|欧阳|月球/);
    expect((await his.get('/api/interop/messages')).status).toBe(403);
  });

  it('logs nothing of a message', () => {
    expect(log.join('')).not.toMatch(/张三|欧阳|MSH|P000|月球/);
  });

  it('answers a problem while the database is away, so that the sender comes again', async () => {
    await postgres.postgres.part.stop();
    const answer = await his.post('/api/interop/hl7v2').set('content-type', 'text/plain').send(message('A04'));
    expect([answer.status, answer.body.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
  });
});
