import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { enqueue } from '#libs/db/stores/record.store';
import { countOf, full } from '../../../../test/support/counts';
import { createFakeDoor } from '../../../../test/support/worker/fake-door';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { startListener } from '../wake/listener';
import { startRelay } from './relay';

const log = pino({ level: 'silent' });

describe('the outbox under writers that commit late', () => {
  let ledger: Ledger;
  const unsent = async (): Promise<number> =>
    (await ledger.sql('select from outbox where sent_at is null and dead_at is null')).length;

  beforeAll(async () => {
    ledger = await startLedger(40);
  }, 60_000);
  afterAll(() => ledger?.stop());

  it('is delivered whole, each workflow in order, with two relays (E-10)', async () => {
    const total = countOf('E-10 events');
    const writers = 20;
    const perTransaction = 5;
    const committed = new Map<string, string[]>();
    const door = createFakeDoor();
    door.slowMs = 5;
    const write = async (): Promise<void> => {
      for (let i = 0; i < total / writers / perTransaction; i++) {
        // The case's row lock in the product: who writes for a workflow holds it until the commit.
        const workflowId = `w-${randomInt(40)}`;
        await ledger.inTransaction(ledger.worker, async (tx) => {
          await tx.query('select pg_advisory_xact_lock(hashtext($1))', [workflowId]);
          for (let k = 0; k < perTransaction; k++) {
            const n = randomUUID();
            await enqueue(tx, { kind: 'signal', workflowId, name: 'decided', args: [{ n }] });
            committed.set(workflowId, [...(committed.get(workflowId) ?? []), n]);
          }
          await sleep(randomInt(full ? 500 : 250));
        });
      }
    };
    const deps = { inTransaction: ledger.inTransaction, door, taskQueue: 'countersign', log };
    const [one, two] = [startRelay(deps), startRelay(deps)];
    const wake = () => (one.wake(), two.wake());
    const listener = startListener({ url: ledger.postgres.url, wakes: { countersign_outbox: wake } });
    // The same rows read the wrong way, by a cursor: it must lose some here, or the writers prove nothing.
    let [cursor, seenByCursor, writing] = ['0', 0, true];
    const readByCursor = async (): Promise<void> => {
      while (writing) {
        const read = await ledger.sql<{ seq: string }>('select seq from outbox where seq > $1 order by seq', [cursor]);
        cursor = read.at(-1)?.seq ?? cursor;
        seenByCursor += read.length;
        await sleep(20);
      }
    };
    const wrongReader = readByCursor();
    await Promise.all(Array.from({ length: writers }, write));
    for (const end = Date.now() + 30_000; (await unsent()) > 0 && Date.now() < end;) await sleep(20);
    await sleep(50);
    writing = false;
    await Promise.all([listener.stop(), wrongReader, one.stop(), two.stop()]);
    expect(seenByCursor).toBeLessThan(total);
    expect(await unsent()).toBe(0);
    expect(door.calls).toHaveLength(total);
    expect(new Set(door.calls.map(({ requestId }) => requestId)).size).toBe(total);
    for (const [workflowId, sent] of committed) {
      const heard = door.calls.filter((call) => call.workflowId === workflowId);
      expect(heard.map(({ args }) => (args[0] as { n: string }).n)).toEqual(sent);
    }
  }, 300_000);
});
