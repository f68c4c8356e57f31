import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Feed, openFeed } from '../../../../test/support/hl7-feed';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';

const root = process.env['COUNTERSIGN_DATA_DIR'] ?? resolve(__dirname, '../../../../../shared/data');
const hasData = existsSync(join(root, 'manifest.json'));
// A suite that is skipped as a whole prints no title of its own.
if (!hasData)
  process.stderr.write('the intake of real HL7 v2 messages: shared data not found: set COUNTERSIGN_DATA_DIR\n');

const samples = (): Buffer[] =>
  ['hl7v2_fhirconverter', 'hapi_hl7v2'].flatMap((folder) =>
    readdirSync(join(root, 'hl7fhir', folder))
      .filter((file) => /\.(hl7|txt)$/.test(file))
      .map((file) => readFileSync(join(root, 'hl7fhir', folder, file))),
  );

(hasData ? describe : describe.skip)('the intake of real HL7 v2 messages', () => {
  let ledger: Ledger;
  let feed: Feed;

  beforeAll(async () => {
    ledger = await startLedger();
    feed = openFeed(ledger, await ledger.service(['hl7v2:write']), { testMessages: 'apply' });
  });

  afterAll(() => ledger?.stop());

  it('stores and answers every one, none by a fault of ours, and a repetition changes nothing', async () => {
    const counts = () =>
      ledger.sql('select outcome, answer, count(*)::int n from inbound_message group by 1, 2 order by 1, 2');
    for (const bytes of samples()) expect((await feed.raw(bytes)).code).toMatch(/^A[AER]$/);
    const reasons = await ledger.sql<{ reason: string | null }>('select distinct reason from inbound_message');
    expect(reasons.filter(({ reason }) => reason?.startsWith('207'))).toEqual([]);
    const before = await counts();
    expect(before.length).toBeGreaterThan(1);
    for (const bytes of samples()) await feed.raw(bytes);
    expect(await counts()).toEqual(before);
    expect(feed.log).toEqual([]);
  });

  it('makes no patient, visit or case of anything but an arrival it can place', async () => {
    const [applied] = await ledger.sql<{ n: number }>(
      `select count(*)::int n from inbound_message where outcome = 'applied' and event = 'A04'`,
    );
    for (const table of ['cases', 'visit']) expect(await ledger.sql(`select from ${table}`)).toHaveLength(applied!.n);
  });
});
