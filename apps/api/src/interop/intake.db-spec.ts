import fc from 'fast-check';
import { type DataSource } from 'typeorm';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { encodeBytes } from '#libs/interop/hl7v2/charset';
import { type Feed, freshArrival, openFeed } from '../../../../test/support/hl7-feed';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { maxMessageBytes } from './receive';

describe('the intake of HL7 v2 messages', () => {
  let ledger: Ledger;
  let feed: Feed;

  beforeAll(async () => {
    ledger = await startLedger();
    feed = openFeed(ledger, await ledger.service(['hl7v2:write']));
  });

  afterAll(() => ledger?.stop());

  const count = async (table: string): Promise<number> =>
    (await ledger.sql<{ n: number }>(`select count(*)::int n from ${table}`))[0]!.n;
  const newest = async () => (await feed.stored()).at(-1);

  it('stores what it cannot read as a dead letter, then answers AE', async () => {
    const ack = await feed.raw(Buffer.from('hello, 张三'));
    expect([ack.code, ack.errors]).toEqual(['AE', ['100']]);
    expect(await newest()).toMatchObject({ outcome: 'dead', reason: '100 not-hl7 MSH', event: null });
    expect(ack.text).not.toContain('张三');
  });

  it('answers AR to what is no message type', async () => {
    const bytes = encodeBytes(exampleAdt('A04', { 'MSH-9': 'nonsense', 'MSH-10': 'AR-1' }), 'utf-8');
    const ack = await feed.raw(bytes);
    expect([ack.code, ack.controlId]).toEqual(['AR', 'AR-1']);
    expect(await newest()).toMatchObject({ outcome: 'dead', answer: 'AR' });
  });

  it('refuses invalid bytes and one message too large, unread', async () => {
    const gb = encodeBytes(exampleAdt('A04', { 'MSH-10': 'BYTES' }), 'gb18030');
    expect((await feed.raw(gb)).errors).toEqual(['102']);
    const large = Buffer.concat([
      encodeBytes(exampleAdt('A04', { 'MSH-10': 'LARGE' }), 'utf-8'),
      Buffer.alloc(maxMessageBytes, 'x'),
    ]);
    const ack = await feed.raw(large);
    expect([ack.code, ack.controlId]).toEqual(['AE', 'LARGE']);
    expect(await newest()).toMatchObject({ outcome: 'dead', reason: '102 too-large' });
  });

  it('adds no second dead letter when a sender repeats itself', async () => {
    const bytes = Buffer.from('MSH|^~\\&|again');
    await feed.raw(bytes);
    const before = await count('inbound_message');
    expect((await feed.raw(bytes)).code).toBe('AE');
    expect(await count('inbound_message')).toBe(before);
  });

  it('takes a dead letter again once it can be applied', async () => {
    const { fields } = freshArrival();
    const sent = { ...fields, 'MSH-10': 'LATER-KNOWN', 'PV1-3': '新病区' };
    expect((await feed.send('A04', sent)).code).toBe('AE');
    await ledger.sql(
      `insert into ward (id, organisation_id, code, name) values (gen_random_uuid(), $1, 'NEW', '新病区')`,
      [ledger.organisationId],
    );
    expect((await feed.send('A04', sent)).code).toBe('AA');
    expect(await newest()).toMatchObject({ outcome: 'applied' });
  });

  it('refuses a control id that came with another message', async () => {
    const { fields } = freshArrival();
    await feed.send('A04', { ...fields, 'MSH-10': 'REUSED' });
    const before = await count('cases');
    const ack = await feed.send('A04', { ...freshArrival().fields, 'MSH-10': 'REUSED' });
    expect([ack.code, ack.errors]).toEqual(['AE', ['205']]);
    expect(await count('cases')).toBe(before);
    expect(await newest()).toMatchObject({ outcome: 'dead', reason: '205 control-id-reused MSH-10' });
  });

  it.each([
    ['A01', 'awaits-bed-scheduling'],
    ['A31', 'awaits-patient-index'],
    ['A99', 'event-not-handled'],
  ])('answers AA to a valid %s without effect, and keeps the reason', async (event, reason) => {
    const before = [await count('cases'), await count('patient'), await count('outbox')];
    const ack = await feed.send(event, freshArrival().fields);
    expect([ack.code, ack.errors]).toEqual(['AA', []]);
    expect(await newest()).toMatchObject({ event, outcome: 'ignored', reason });
    expect([await count('cases'), await count('patient'), await count('outbox')]).toEqual(before);
  });

  it('ignores an arrival outside the emergency department', async () => {
    const ack = await feed.send('A04', { ...freshArrival().fields, 'PV1-2': 'O' });
    expect(ack.code).toBe('AA');
    expect(await newest()).toMatchObject({ outcome: 'ignored', reason: 'not-emergency' });
  });

  it('ignores training messages where real patients are, and takes them where not', async () => {
    const { fields } = freshArrival();
    await feed.send('A04', { ...fields, 'MSH-11': 'T' });
    expect(await newest()).toMatchObject({ outcome: 'ignored', reason: 'test-message' });
    const demo = openFeed(ledger, await ledger.service(['hl7v2:write']), { testMessages: 'apply' });
    await demo.send('A04', { ...freshArrival().fields, 'MSH-11': 'T' });
    expect(await newest()).toMatchObject({ outcome: 'applied' });
  });

  it('answers nothing when it cannot audit: the sender keeps the message', async () => {
    const before = [await count('inbound_message'), await count('cases')];
    await ledger.sql('revoke insert on audit from countersign_app');
    try {
      await expect(feed.send('A04', freshArrival().fields)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    } finally {
      await ledger.sql('grant insert on audit to countersign_app');
    }
    expect([await count('inbound_message'), await count('cases')]).toEqual(before);
  });

  it('buries a message that fails by our own fault, asks for it again, and logs nothing of it', async () => {
    await ledger.sql('revoke insert on triage_case from countersign_app');
    const { fields } = freshArrival();
    const sent = { ...fields, 'MSH-10': 'OUR-FAULT', 'PID-5': '司马^光' };
    try {
      const ack = await feed.send('A04', sent);
      expect([ack.code, ack.errors, ack.controlId]).toEqual(['AR', ['207'], 'OUR-FAULT']);
    } finally {
      await ledger.sql('grant insert on triage_case to countersign_app');
    }
    expect(await newest()).toMatchObject({ outcome: 'dead', reason: '207 internal', case_id: null });
    expect(feed.log.at(-1)).toContain('message not applied');
    expect(feed.log.join('')).not.toMatch(/司马|光|V\d+X/);
    expect((await feed.send('A04', sent)).code).toBe('AA');
  });

  it('throws while the database is away, and leaves nothing behind', async () => {
    const gone = {
      ...ledger,
      inTransaction: () => Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' })),
    };
    const away = openFeed(gone as unknown as Ledger, await ledger.service(['hl7v2:write']));
    await expect(away.send('A04', freshArrival().fields)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('comes through collisions with other work', async () => {
    const { fields } = freshArrival();
    let left = 2;
    const collide: Ledger['inTransaction'] = async (principal, work) => {
      if (left-- > 0) throw Object.assign(new Error('deadlock'), { code: '40P01' });
      return ledger.inTransaction(principal, work);
    };
    const busy = openFeed({ ...ledger, inTransaction: collide }, await ledger.service(['hl7v2:write']));
    expect((await busy.send('A04', fields)).code).toBe('AA');
    const endless: Ledger['inTransaction'] = async (principal, work) => {
      const burying = work.toString().includes('problem');
      if (!burying) throw Object.assign(new Error('deadlock'), { code: '40P01' });
      return ledger.inTransaction(principal, work);
    };
    const locked = openFeed({ ...ledger, inTransaction: endless }, await ledger.service(['hl7v2:write']));
    expect((await locked.send('A04', freshArrival().fields)).errors).toEqual(['206']);
    expect(await newest()).toMatchObject({ outcome: 'dead', reason: '206 locked', answer: 'AR' });
  });

  it('answers whatever bytes come with an acknowledgement, and changes nothing by them', async () => {
    const before = [await count('cases'), await count('patient')];
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect((await feed.raw(bytes)).code).toMatch(/^A[ER]$/);
      }),
      { numRuns: 40 },
    );
    const message = encodeBytes(exampleAdt('A04', { 'MSH-10': 'CUT' }), 'utf-8');
    for (let length = 0; length < message.length - 120; length += 7)
      expect((await feed.raw(message.subarray(0, length))).code).toMatch(/^A[ERA]$/);
    expect(await count('patient')).toBe(before[1]);
    expect(await count('cases')).toBe(before[0]);
  });

  it('lets no patient data into plain columns', async () => {
    const canary = '钟离权';
    const { fields } = freshArrival();
    const told = { 'PID-5': canary, 'PID-11': `${canary}路^^`, 'PID-13': '13911112222', 'PV2-3': `^${canary}` };
    await feed.send('A04', { ...fields, ...told });
    await feed.send('A08', { ...fields, ...told, 'PID-3': `${fields['PID-3']}~${canary}^^^CN^NNCHN` });
    await feed.send('A11', { ...fields, ...told });
    expect(await plainHits(ledger.source, ledger.sql, [canary, '13911112222'])).toEqual([]);
  });
});

/** The tables in which a text stands readable, in any column. */
const plainHits = async (source: DataSource, sql: Ledger['sql'], texts: readonly string[]): Promise<string[]> => {
  const hits: string[] = [];
  for (const { tableName } of source.entityMetadatas)
    for (const text of texts) {
      const rows = await sql(
        `select from "${tableName}" t where position($1 in t::text) > 0 or position($2 in t::text) > 0 limit 1`,
        [text, Buffer.from(text).toString('hex')],
      );
      if (rows.length > 0) hits.push(`${tableName}: ${text}`);
    }
  return hits;
};
