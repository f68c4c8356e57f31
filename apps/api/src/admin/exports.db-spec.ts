import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { type UserPrincipal } from '#libs/auth/principal';
import { done, type Ledger, refused, startLedger, within } from '../../../../test/support/ledger-fixture';
import { readCsv } from './csv-file';
import { countExport, writeExport } from './exports';
import { type ExportBody } from './exports.schema';

/* More than two fetches of the cursor. */
const planted = 2500;

describe('the most rows of an export', () => {
  let ledger: Ledger;
  let auditor: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    auditor = await ledger.person(['auditor'], { ward: null });
    // Three at each moment, so that a page that ends between them loses or doubles none.
    await ledger.sql(
      `insert into audit (id, organisation_id, at, actor_kind, actor_name, action, entity_type, outcome, code)
       select gen_random_uuid(), $1, '2026-01-01T00:00:00Z'::timestamptz + (n / 3) * interval '1 second', 'system', 'x',
         'test.many', 'test', 'done', n::text from generate_series(1, ${planted}) n`,
      [ledger.organisationId],
    );
  });

  afterAll(() => ledger?.stop());

  const asked = { kind: 'audit', filter: { action: 'test.many' } } as const;
  const count = (most: number) => done(within(ledger, auditor)(countExport(asked, most)));
  const take = (expectedRows: number, most: number) => {
    const body: ExportBody = { ...asked, language: 'en', purpose: 'statistics', expectedRows };
    return within(ledger, auditor)(writeExport(body, most));
  };
  const sent = () => ledger.sql(`select id from audit where action = 'export.sent'`);

  it('are told before, and more are refused and leave no trace of having been sent', async () => {
    const most = planted - 1;
    expect(await count(most)).toMatchObject({ rows: planted, mostRows: most, tooMany: true });
    expect(await refused(take(planted, most))).toMatchObject({ code: 'EXPORT_TOO_LARGE', detail: { mostRows: most } });
    expect(await sent()).toEqual([]);
  });

  it('are all in the file, each once and newest first', async () => {
    expect(await count(planted)).toMatchObject({ rows: planted, tooMany: false });
    const file = await done(take(planted, planted));
    const bytes = await buffer(readCsv(file));
    expect(file).toMatchObject({ rows: planted, bytes: bytes.length });
    expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const lines = bytes.toString('utf8').trimEnd().split('\r\n').slice(1);
    const times = lines.map((line) => line.split(',')[0]!);
    expect(times).toEqual(times.toSorted().toReversed());
    const codes = lines.map((line) => Number(line.split(',')[11]));
    expect(codes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: planted }, (_, n) => n + 1));
    expect(await sent()).toHaveLength(1);
  });
});
