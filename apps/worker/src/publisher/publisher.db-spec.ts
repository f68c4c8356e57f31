import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { pino } from 'pino';
import { feedStanding, publishChanges } from '#libs/db/stores/change-publisher.store';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { part } from '../principals';
import { type Loop } from '../wake/loop';
import { startListener } from '../wake/listener';
import { publishBatch, type PublisherDeps, startPublisher } from './publisher';

const log = pino({ level: 'silent' });

describe('the change publisher', () => {
  let ledger: Ledger;
  let publishers: Loop[] = [];

  const deps = (over: Partial<PublisherDeps> = {}): PublisherDeps => ({
    inTransaction: ledger.inTransaction,
    log,
    ...over,
  });
  const publisher = (over: Partial<PublisherDeps> = {}): Loop => {
    const started = startPublisher(deps(over));
    publishers.push(started);
    return started;
  };
  const change = (tx: Tx, entityId: string = randomUUID()) =>
    record(tx, {
      audit: { action: 'test', entityType: 'case', entityId },
      changed: { topic: 'case', entityId, wardId: ledger.ward },
    });
  const changed = (entityId?: string) => ledger.inTransaction(ledger.worker, (tx) => change(tx, entityId));
  const feed = (): Promise<{ feed_seq: string | null; entity_id: string }[]> =>
    ledger.sql('select feed_seq, entity_id from change_feed order by feed_seq');
  const published = async (): Promise<boolean> => (await feed()).every(({ feed_seq }) => feed_seq !== null);
  const until = async (reached: () => Promise<boolean>, withinMs = 15_000): Promise<void> => {
    const since = performance.now();
    while (!(await reached())) {
      if (performance.now() - since > withinMs) throw new Error('not reached in time');
      await sleep(10);
    }
  };

  beforeAll(async () => {
    ledger = await startLedger(40);
  }, 60_000);
  afterAll(() => ledger?.stop());
  beforeEach(async () => {
    publishers = [];
    await ledger.sql('delete from change_feed');
  });
  afterEach(() => Promise.all(publishers.map((one) => one.stop())));

  it('numbers changes in the order in which they happened and tells the listeners', async () => {
    const entities = Array.from({ length: 5 }, () => randomUUID());
    for (const entity of entities) await changed(entity);
    const heard: string[] = [];
    const client = new Client(ledger.postgres.url);
    await client.connect();
    client.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await client.query('listen countersign_feed');
    expect(await publishBatch(deps(), 3)).toBe('again');
    expect(await publishBatch(deps(), 3)).toBe('idle');
    expect(await publishBatch(deps(), 3)).toBe('idle');
    await sleep(100);
    await client.end();
    const rows = await feed();
    expect(rows.map(({ entity_id }) => entity_id)).toEqual(entities);
    expect(heard).toEqual([rows[2]!.feed_seq, rows[4]!.feed_seq]);
  });

  it('leaves the numbering to another publisher that is at it', async () => {
    await changed();
    await ledger.inTransaction(part('test'), async (tx) => {
      expect(await publishChanges(tx, 10)).toEqual({ busy: false, count: 1 });
      await changed();
      expect(await publishBatch(deps(), 10)).toBe('idle');
      expect((await feed()).map(({ feed_seq }) => feed_seq)).toEqual([null, null]);
    });
    expect((await feed()).filter(({ feed_seq }) => feed_seq === null)).toHaveLength(1);
    expect(await publishBatch(deps(), 10)).toBe('idle');
    expect(await published()).toBe(true);
  });

  it('never gives a number twice, also after a run that was rolled back', async () => {
    for (let i = 0; i < 3; i++) await changed();
    await expect(
      ledger.inTransaction(part('test'), async (tx) => {
        await publishChanges(tx, 2);
        throw new Error('killed before the commit');
      }),
    ).rejects.toThrow('killed');
    expect((await feed()).every(({ feed_seq }) => feed_seq === null)).toBe(true);
    await publishBatch(deps(), 10);
    const given = (await feed()).map(({ feed_seq }) => Number(feed_seq));
    expect(new Set(given).size).toBe(3);
    await changed();
    await publishBatch(deps(), 10);
    expect(Number((await feed()).at(-1)!.feed_seq)).toBeGreaterThan(Math.max(...given));
  });

  it('shows numbers only in their order to readers, with three publishers and 10 writers that commit late', async () => {
    const loops = [1, 2, 3].map(() => publisher({ batchSize: 7, pollMs: 200 }));
    const wake = () => loops.forEach((loop) => loop.wake());
    const listener = startListener({ url: ledger.postgres.url, wakes: { countersign_change: wake } });
    let reading = true;
    let [last, seen] = ['0', 0];
    const read = async (): Promise<void> => {
      while (reading || !(await published())) {
        const rows = await ledger.sql<{ feed_seq: string }>(
          'select feed_seq from change_feed where feed_seq > $1 order by feed_seq',
          [last],
        );
        last = rows.at(-1)?.feed_seq ?? last;
        seen += rows.length;
      }
    };
    const readers = read();
    const write = async (): Promise<void> => {
      for (let i = 0; i < 20; i++)
        await ledger.inTransaction(ledger.worker, async (tx) => {
          await change(tx);
          await sleep(randomInt(60));
        });
    };
    await Promise.all(Array.from({ length: 10 }, write));
    await until(published);
    reading = false;
    await readers;
    await listener.stop();
    expect(seen).toBe(200);
    expect(await feed()).toHaveLength(200);
  }, 60_000);

  it('is woken by the commit', async () => {
    const loop = publisher({ pollMs: 60_000 });
    const listener = startListener({ url: ledger.postgres.url, wakes: { countersign_change: loop.wake } });
    await sleep(300);
    const since = performance.now();
    await changed();
    await until(published, 2000);
    expect(performance.now() - since).toBeLessThan(500);
    await listener.stop();
  });

  it('says how far it is behind', async () => {
    const standing = () => ledger.inTransaction(part('test'), feedStanding);
    expect(await standing()).toEqual({ unpublished: 0, lagSeconds: 0 });
    await changed();
    await ledger.sql(`update change_feed set at = at - interval '10 seconds'`);
    const behind = await standing();
    expect(behind.unpublished).toBe(1);
    expect(behind.lagSeconds).toBeGreaterThanOrEqual(10);
    expect(behind.lagSeconds).toBeLessThan(20);
  });
});
