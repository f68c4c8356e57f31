import { randomUUID } from 'node:crypto';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { type FeedSite, openFeedSite } from '../../../../test/support/feed-site';
import { freshArrival, minutesFromNow } from '../../../../test/support/hl7-feed';
import { sqlAs } from '../../../../test/support/test-api';
import { plantSession, type TestSession } from '../../../../test/support/test-session';
import { messagesAnswerSchema } from './interop.schema';

type Fields = Readonly<Record<string, string>>;

/** The events of a patient in every order there is. */
const orders = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, at) => orders(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));

describe('a feed whose messages come in any order', () => {
  let postgres: TestPostgres;
  let site: FeedSite;
  let admin: TestSession;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    site = await openFeedSite(await postgres.database('anyorder'), ['ED']);
    const person = await site.hospital.person('admin', [['system_admin', null]]);
    admin = await plantSession(site.url, site.migrationUrl, person.id);
  });

  afterAll(async () => {
    await site?.close();
    await postgres?.stop();
  });

  const sql = <Row>(text: string) => sqlAs<Row>(site.migrationUrl, text);
  const count = async (table: string): Promise<number> =>
    (await sql<{ n: number }>(`select count(*)::int n from ${table}`))[0]!.n;
  const sent: Buffer[] = [];
  /** Sends an event that happened so many minutes ago. */
  const send = async (event: string, fields: Fields, minutesAgo: number): Promise<string> => {
    const at = minutesFromNow(-minutesAgo);
    const times = { 'MSH-7': at, 'EVN-2': at, 'EVN-6': at, 'PV1-44': '' };
    const bytes = Buffer.from(exampleAdt(event, { 'MSH-10': `S${sent.length}`, ...times, ...fields }));
    sent.push(bytes);
    return site.send(bytes);
  };
  /** What a system administrator does once the patient is there: the dead letters again, as they happened. */
  const replayAll = async (): Promise<void> => {
    const { items } = messagesAnswerSchema.parse((await admin.get('/api/interop/dead-letters')).body);
    for (const { id } of items.toSorted((a, b) => (a.occurredAt ?? '').localeCompare(b.occurredAt ?? ''))) {
      const answer = await admin.post(`/api/interop/messages/${id}/replays`).set('idempotency-key', randomUUID());
      expect(answer.body).toEqual({ outcome: 'applied', reason: null, answer: 'AA' });
    }
  };

  it('ends applied: arrival, update, cancellation and merge of 24 patients, in each of the 24 orders', async () => {
    for (const order of orders(['A04', 'A08', 'A11', 'A40'])) {
      const [stays, goes] = [freshArrival().fields, freshArrival().fields];
      expect(await send('A04', { ...stays, 'PID-5': '留^下' }, 60)).toBe('AA');
      for (const [at, event] of order.entries()) {
        const early = order.indexOf('A04') > at && event !== 'A40';
        if (event === 'A40')
          expect(await send('A40', { 'PID-3': stays['PID-3']!, 'MRG-1': goes['PID-3']! }, 30 - at)).toBe('AA');
        // The arrival happened first, whenever its message comes.
        else expect(await send(event, goes, event === 'A04' ? 40 : 30 - at)).toBe(early ? 'AE' : 'AA');
        if (event === 'A04') await replayAll();
      }
    }
    expect(sent).toHaveLength(120);
    const outcomes = await sql<{ event: string; n: number }>(
      `select event, count(*)::int n from inbound_message where outcome = 'applied' group by 1 order by 1`,
    );
    expect(outcomes).toEqual([
      { event: 'A04', n: 48 },
      { event: 'A08', n: 24 },
      { event: 'A11', n: 24 },
      { event: 'A40', n: 24 },
    ]);
    expect(await sql(`select from inbound_message where outcome = 'dead' and resolved_at is null`)).toEqual([]);
  });

  it('leaves each patient with what every order must lead to', async () => {
    expect(await count('visit')).toBe(48);
    const cases = await sql<{ state: string; n: number }>(
      'select state, count(*)::int n from cases group by 1 order by 1',
    );
    expect(cases).toEqual([
      { state: 'awaiting-assessment', n: 24 },
      { state: 'cancelled', n: 24 },
    ]);
    const people = await sql<{ n: number }>('select count(*)::int n from patient where merged_into is null');
    expect(people[0]!.n).toBe(24);
  });

  it('changes nothing when all of it comes again', async () => {
    const tables = ['inbound_message', 'cases', 'case_move', 'patient', 'visit', 'outbox'];
    const before = await Promise.all(tables.map(count));
    for (const bytes of sent.toReversed()) expect(await site.send(bytes)).toBe('AA');
    expect(await Promise.all(tables.map(count))).toEqual(before);
  });
});
