import { createHash } from 'node:crypto';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { parse } from 'csv-parse/sync';
import { v7 as uuidv7 } from 'uuid';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';

const canary = '令狐冲';

describe('exports', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;
  let auditor: TestSession;
  let system: TestSession;
  let nurse: TestSession;
  let caseId: string;

  const signIn = async (login: string, grants: Parameters<TestHospital['person']>[1]) =>
    plantSession(url, postgres.migrationUrl, (await hospital.person(login, grants)).id);
  const sql = <Row>(text: string, values: unknown[] = []) => sqlAs<Row>(postgres.migrationUrl, text, values);
  const count = (as: TestSession, body: object) => as.post('/api/admin/exports/counts').send(body);
  const take = (as: TestSession, body: object) => as.post('/api/admin/exports').send(body);
  const search = async (body: object) => {
    const answer = await auditor.post('/api/admin/audit/searches').send(body).expect(200);
    return answer.body.items as Record<string, unknown>[];
  };
  const countedAudit = async (filter: object) => (await count(auditor, { kind: 'audit', filter }).expect(200)).body;
  const confirmed = ({ kind, filter, rows }: { kind: string; filter: object; rows: number }) => ({
    kind,
    filter,
    language: 'zh',
    purpose: 'inspection',
    expectedRows: rows,
  });
  const rowsIn = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true });

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url)));
    auditor = await signIn('auditor', [['auditor', null]]);
    system = await signIn('system', [['system_admin', null]]);
    nurse = await signIn('nurse', [['triage_nurse', hospital.wards[0]]]);
    const registered = await nurse
      .post('/api/triage/cases')
      .set('idempotency-key', uuidv7())
      .send({
        wardId: hospital.wards[0],
        patient: { name: canary, sex: 'male' },
        visitNumber: 'V-778899',
        assessment: { complaint: `${canary}胸痛`, vitals: { spo2: 80 }, measuredAt: new Date().toISOString() },
      })
      .expect(201);
    caseId = registered.body.caseId as string;
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  describe('the audit searched', () => {
    it('by login or name of whoever acted', async () => {
      const byLogin = await search({ actor: 'nurse' });
      expect(byLogin.length).toBeGreaterThan(0);
      for (const row of byLogin) expect(row).toMatchObject({ actorName: 'nurse 姓名' });
      expect(await search({ actor: 'nurse 姓名' })).toEqual(byLogin);
      expect(await search({ actor: 'nurs' })).toEqual([]);
    });

    it('by ticket and day, by visit number and by kind of entity and action', async () => {
      const [{ no, day } = { no: 0, day: '' }] = await sql<{ no: number; day: string }>(
        'select ticket_no no, ticket_day::text "day" from triage_case where case_id = $1',
        [caseId],
      );
      const byVisit = await search({ visitNumber: 'V 778899' });
      expect(byVisit.length).toBeGreaterThan(0);
      for (const row of byVisit) expect(row.caseIds).toContain(caseId);
      expect(await search({ ticketNo: no, ticketDay: day })).toEqual(byVisit);
      await auditor.get(`/api/admin/audit?ticketNo=${no}&ticketDay=${day}`).expect(400);
      expect(await search({ ticketNo: no, ticketDay: '2020-01-01' })).toEqual([]);
      expect(await search({ visitNumber: 'V-0' })).toEqual([]);
      expect(await search({ visitNumber: 'V-778899', caseId: uuidv7() })).toEqual([]);
      const kinds = await search({ entityType: 'audit', actionPrefix: 'audit.' });
      expect(kinds.length).toBeGreaterThan(0);
      expect(kinds.every(({ action }) => String(action).startsWith('audit.'))).toBe(true);
      expect(await search({ entityType: 'audit', actionPrefix: 'triage.' })).toEqual([]);
      expect(byVisit.some(({ action }) => action === 'triage.assess')).toBe(true);
      expect(kinds[0]).toHaveProperty('afterSha256');
      await auditor.post('/api/admin/audit/searches').send({ ticketNo: 1 }).expect(400);
      await auditor.get('/api/admin/audit?visitNumber=V-778899').expect(400);
    });

    it('page by page, and audited without what was typed', async () => {
      const first = await auditor.post('/api/admin/audit/searches').send({ limit: 1, visitNumber: 'V-778899' });
      const body = { limit: 1, visitNumber: 'V-778899', cursor: first.body.next as string };
      const second = await auditor.post('/api/admin/audit/searches').send(body).expect(200);
      expect(second.body.items).toHaveLength(1);
      expect(second.body.items).not.toEqual(first.body.items);
      const [row] = await search({ action: 'audit.shown' });
      expect(row).toMatchObject({ outcome: 'shown', detail: { caseIds: [caseId], by: ['visitNumber'] } });
      const [{ n } = { n: -1 }] = await sql<{ n: number }>(
        `select count(*)::int n from audit where audit::text like '%778899%'`,
      );
      expect(n).toBe(0);
    });
  });

  it('are refused without a purpose, and to whoever may not take these rows', async () => {
    const counted = await countedAudit({});
    const { purpose: _, ...aimless } = confirmed(counted);
    const refused = await take(auditor, aimless);
    expect([refused.status, refused.body.paths]).toEqual([400, ['purpose']]);
    const wordless = await take(auditor, { ...aimless, purpose: 'other' });
    expect([wordless.status, wordless.body.paths]).toEqual([400, ['purposeText']]);
    for (const [as, kind, status] of [
      [system, 'audit', 403],
      [auditor, 'queue-history', 403],
      [nurse, 'audit', 403],
      [nurse, 'queue-history', 403],
    ] as const) {
      expect([kind, (await count(as, { kind, filter: {} })).status]).toEqual([kind, status]);
      expect((await take(as, { ...confirmed({ ...counted, kind }), filter: {} })).status).toBe(status);
    }
    expect(await search({ action: 'export.sent' })).toEqual([]);
  });

  it('have as many rows as were counted, read back the same, with no formula in them', async () => {
    const detail = { note: '=1+1', more: '张三' };
    await sql(
      `insert into audit (id, organisation_id, actor_kind, actor_name, action, entity_type, outcome, code, detail)
       values (gen_random_uuid(), $1, 'system', '=1+1', 'test.formula', 'test', 'done', '@SUM(1)', $2)`,
      [hospital.organisationId, JSON.stringify(detail)],
    );
    const counted = await countedAudit({});
    const answer = await take(auditor, confirmed(counted)).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; filename="countersign-audit-\d{8}T\d{6}Z\.csv"$/),
    });
    expect([...Buffer.from(answer.text).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = rowsIn(answer.text);
    expect(rows).toHaveLength(counted.rows as number);
    const columns = counted.columns as { key: string; zh: string; en: string }[];
    expect(Object.keys(rows[0]!)).toEqual(columns.map(({ zh }) => zh));
    const planted = rows.find((row) => row['操作'] === 'test.formula')!;
    expect(planted).toMatchObject({ 操作者: `'=1+1`, 代码: `'@SUM(1)` });
    expect(JSON.parse(planted['详情']!)).toEqual(detail);
    expect(rows.some((row) => row['操作者'] === 'nurse 姓名')).toBe(true);
    const english = await take(auditor, { ...confirmed(counted), language: 'en' }).expect(200);
    expect(Object.keys(rowsIn(english.text)[0]!)).toEqual(columns.map(({ en }) => en));
    expect(answer.text).not.toContain(canary);
  });

  it('are audited with purpose, rows and the digest of what was sent, without patient data', async () => {
    const purposeText = `${canary}家属投诉`;
    const counted = await countedAudit({ visitNumber: 'V-778899' });
    const body = { ...confirmed(counted), purpose: 'other', purposeText };
    const { text, headers } = await take(auditor, body).expect(200);
    const digest = createHash('sha256').update(Buffer.from(text)).digest();
    expect(headers['repr-digest']).toBe(`sha-256=:${digest.toString('base64')}:`);
    const [row] = await search({ action: 'export.sent', limit: 1 });
    expect(row).toMatchObject({
      actorName: 'auditor 姓名',
      entityType: 'export',
      outcome: 'shown',
      afterSha256: digest.toString('hex'),
      detail: { kind: 'audit', purpose: 'other', purposeText, rows: counted.rows, filter: { caseIds: [caseId] } },
    });
    const stored = await sql<{ row: string }>(`select audit::text "row" from audit where action like 'export.%'`);
    for (const one of stored) expect(one.row).not.toMatch(/令狐冲|778899/);
    const again = await countedAudit({ action: 'export.sent' });
    const exported = await take(auditor, confirmed(again)).expect(200);
    expect(exported.text).not.toMatch(/令狐冲|purposeText/);
  });

  it('are refused where the number of rows is not the one that was shown', async () => {
    const counted = await countedAudit({});
    const answer = await take(auditor, { ...confirmed(counted), expectedRows: (counted.rows as number) - 1 });
    expect([answer.status, answer.body.code, answer.body.rows]).toEqual([409, 'EXPORT_CHANGED', counted.rows]);
    await take(auditor, confirmed(counted)).expect(200);
  });

  it('show times and levels of the queue, and nobody', async () => {
    const { body } = await count(system, { kind: 'queue-history', filter: {} }).expect(200);
    expect(body).toMatchObject({ rows: 1, tooMany: false });
    const { text } = await take(system, { ...confirmed(body), language: 'en' }).expect(200);
    expect(rowsIn(text)).toEqual([
      expect.objectContaining({ 'Case id': caseId, State: 'assessing', Ticket: '1', 'Straight to resus': 'false' }),
    ]);
    expect(text).not.toMatch(/令狐冲|胸痛|778899/);
    const agreement = await count(system, { kind: 'agreement', filter: { process: 'triage' } }).expect(200);
    const rows = rowsIn((await take(system, confirmed(agreement.body)).expect(200)).text);
    expect(rows).toHaveLength(agreement.body.rows as number);
  });

  it('do not leave while the audit cannot be written', async () => {
    const counted = await countedAudit({});
    await sql('revoke insert on audit from countersign_app');
    try {
      const answer = await take(auditor, confirmed(counted));
      expect([answer.status, answer.body.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
      expect((await count(auditor, { kind: 'audit', filter: {} })).status).toBe(503);
    } finally {
      await sql('grant insert on audit to countersign_app');
    }
  });
});
