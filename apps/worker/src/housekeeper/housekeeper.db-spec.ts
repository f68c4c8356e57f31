import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { prune, type Pruned, pruned } from '#libs/db/stores/prune.store';
import { enqueue, record } from '#libs/db/stores/record.store';
import { keepReply } from '#libs/db/stores/reply.store';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { part } from '../principals';
import { startHousekeeper } from './housekeeper';

jest.setTimeout(60_000);

describe('the housekeeper', () => {
  let ledger: Ledger;

  beforeAll(async () => {
    ledger = await startLedger();
  });

  afterAll(() => ledger?.stop());

  beforeEach(() => ledger.sql('truncate change_feed, outbox, stored_reply'));

  const changed = () =>
    ledger.inTransaction(ledger.worker, (tx) =>
      record(tx, {
        audit: { action: 'test.change', entityType: 'case' },
        changed: { topic: 'case', entityId: randomUUID(), wardId: null },
      }),
    );
  const told = () =>
    ledger.inTransaction(ledger.worker, (tx) =>
      enqueue(tx, { kind: 'signal', workflowId: `triage:${randomUUID()}`, name: 'changed', args: [] }),
    );
  const replied = () =>
    ledger.inTransaction(ledger.worker, (tx) =>
      keepReply(tx, { idempotencyKey: randomUUID(), requestSha256: 'a'.repeat(64) }, { status: 200, body: {} }),
    );
  const count = async (table: string) =>
    Number((await ledger.sql<{ n: string }>(`select count(*) n from ${table}`))[0]?.n);
  const inParts = async (what: Pruned) => {
    const one = () => ledger.inTransaction(part('housekeeper'), (tx) => prune(tx, what, 2));
    return [await one(), await one(), await one()];
  };

  it('removes numbered changes after a day, and none that waits for its number', async () => {
    for (let i = 0; i < 5; i++) await changed();
    await ledger.sql(`update change_feed set at = at - interval '25 hours'`);
    await ledger.sql(
      `update change_feed set feed_seq = nextval('change_feed_number') where id in (select id from change_feed limit 3)`,
    );
    expect(await inParts('changes')).toEqual([2, 1, 0]);
    expect(await count('change_feed where feed_seq is null')).toBe(2);
  });

  it('removes what was sent after a month, and nothing that waits or was given up', async () => {
    for (let i = 0; i < 5; i++) await told();
    await ledger.sql(`update outbox set created_at = created_at - interval '40 days'`);
    await ledger.sql(
      `update outbox set sent_at = now() - interval '31 days' where seq in (select seq from outbox order by seq limit 3)`,
    );
    await ledger.sql(
      `update outbox set dead_at = now() - interval '31 days' where seq = (select max(seq) from outbox)`,
    );
    expect(await inParts('sent')).toEqual([2, 1, 0]);
    expect(await count('outbox')).toBe(2);
  });

  it('keeps an answer for a repeated request for a week', async () => {
    for (let i = 0; i < 4; i++) await replied();
    await ledger.sql(
      `update stored_reply set created_at = now() - interval '8 days' where ctid in (select ctid from stored_reply limit 3)`,
    );
    expect(await inParts('replies')).toEqual([2, 1, 0]);
    expect(await count('stored_reply')).toBe(1);
  });

  it('forgets a worker a week after it was last heard of', async () => {
    for (const days of [1, 8, 9])
      await ledger.sql(
        `insert into worker_heartbeat (id, host, pid, version, started_at, beat_at, state, temporal, queues)
         values ($1, 'ed-1', 1, '0.1.0', now(), now() - $2 * interval '1 day', 'stopped', 'left', '{}')`,
        [randomUUID(), days],
      );
    expect(await inParts('workers')).toEqual([2, 0, 0]);
    expect(await count('worker_heartbeat')).toBe(1);
  });

  it('goes on until nothing is left to remove', async () => {
    for (let i = 0; i < 7; i++) await Promise.all([changed(), told(), replied()]);
    await ledger.sql(`update change_feed set at = now() - interval '2 days', feed_seq = nextval('change_feed_number')`);
    await ledger.sql(`update outbox set sent_at = now() - interval '60 days'`);
    await ledger.sql(`update stored_reply set created_at = now() - interval '60 days'`);
    const housekeeper = startHousekeeper({
      inTransaction: ledger.inTransaction,
      log: pino({ level: 'silent' }),
      batchSize: 2,
    });
    const left = async () => (await count('change_feed')) + (await count('outbox')) + (await count('stored_reply'));
    for (let tries = 0; tries < 50 && (await left()) > 0; tries++) await sleep(100);
    await housekeeper.stop();
    expect(await left()).toBe(0);
    expect(pruned).toHaveLength(4);
  });
});
