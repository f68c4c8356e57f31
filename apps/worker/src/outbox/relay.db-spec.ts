import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { pino } from 'pino';
import { enqueue } from '#libs/db/stores/record.store';
import { createFakeDoor, type DoorCall, type FakeDoor } from '../../../../test/support/worker/fake-door';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { startListener } from '../wake/listener';
import { type Relay, type RelayDelivery, type RelayDeps, relayBatch, startRelay } from './relay';

const log = pino({ level: 'silent' });

interface Row {
  id: string;
  seq: string;
  workflow_id: string;
  attempts: number;
  sent_at: Date | null;
  dead_at: Date | null;
  dead_reason: string | null;
  next_attempt_at: Date;
}

describe('the outbox relay', () => {
  let ledger: Ledger;
  let door: FakeDoor;
  let relays: Relay[] = [];
  let deliveries: RelayDelivery[];

  const deps = (over: Partial<RelayDeps> = {}): RelayDeps => ({
    inTransaction: ledger.inTransaction,
    door,
    taskQueue: 'countersign',
    log,
    observe: (delivery) => deliveries.push(delivery),
    ...over,
  });
  const relay = (over: Partial<RelayDeps> = {}): Relay => {
    const started = startRelay(deps(over));
    relays.push(started);
    return started;
  };
  const tell = (workflowId: string, n: unknown, kind: 'start' | 'signal' = 'signal') =>
    ledger.inTransaction(ledger.worker, (tx) =>
      enqueue(tx, { kind, workflowId, name: kind === 'start' ? 'w' : 'decided', args: [{ n }] }),
    );
  const rows = (): Promise<Row[]> => ledger.sql<Row>('select * from outbox order by seq');
  const until = async (reached: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> => {
    const since = performance.now();
    while (!(await reached())) {
      if (performance.now() - since > withinMs) throw new Error('not reached in time');
      await sleep(10);
    }
  };
  const settled = async (): Promise<boolean> => (await rows()).every(({ sent_at, dead_at }) => sent_at ?? dead_at);
  const numbers = (calls: DoorCall[]): unknown[] => calls.map(({ args }) => (args[0] as { n: unknown }).n);
  const of = (workflowId: string): DoorCall[] => door.calls.filter((call) => call.workflowId === workflowId);

  beforeAll(async () => {
    ledger = await startLedger(40);
  }, 60_000);
  afterAll(() => ledger?.stop());
  beforeEach(async () => {
    await ledger.sql('delete from outbox');
    door = createFakeDoor();
    relays = [];
    deliveries = [];
  });
  afterEach(() => Promise.all(relays.map((one) => one.stop())));

  it('sends each entry under its own id and marks it', async () => {
    await tell('triage:1', 1, 'start');
    await tell('triage:1', 2);
    relay();
    await until(settled);
    expect(door.calls.map(({ kind }) => kind)).toEqual(['start', 'signal']);
    expect(door.calls.map(({ requestId }) => requestId)).toEqual((await rows()).map(({ id }) => id));
    expect((await rows()).map(({ attempts, dead_at }) => [attempts, dead_at])).toEqual([
      [1, null],
      [1, null],
    ]);
    expect(deliveries).toEqual([
      { kind: 'start', outcome: 'sent', reason: 'ok' },
      { kind: 'signal', outcome: 'sent', reason: 'ok' },
    ]);
  });

  it('takes one entry of a workflow at a time, and no more entries than it may', async () => {
    for (const n of [1, 2, 3]) for (const id of ['a', 'b', 'c']) await tell(id, n);
    expect(await relayBatch(deps(), 50)).toEqual({ taken: 3, away: 0, followed: true });
    expect(numbers(door.calls)).toEqual([1, 1, 1]);
    expect(await relayBatch(deps(), 2)).toEqual({ taken: 2, away: 0, followed: true });
    expect(await relayBatch(deps(), 50)).toEqual({ taken: 3, away: 0, followed: true });
    expect(await relayBatch(deps(), 50)).toEqual({ taken: 1, away: 0, followed: false });
    expect(await relayBatch(deps(), 50)).toEqual({ taken: 0, away: 0, followed: false });
    for (const id of ['a', 'b', 'c']) expect(numbers(of(id))).toEqual([1, 2, 3]);
  });

  it('is woken by the commit, not by the poll, and sends nothing that was rolled back', async () => {
    const started = relay({ pollMs: 60_000 });
    const listener = startListener({ url: ledger.postgres.url, wakes: { countersign_outbox: started.wake } });
    try {
      await sleep(300);
      await ledger
        .inTransaction(ledger.worker, async (tx) => {
          await enqueue(tx, { kind: 'signal', workflowId: 'never', name: 'decided', args: [] });
          throw new Error('rolled back');
        })
        .catch(() => undefined);
      const since = performance.now();
      await tell('woken', 1);
      await until(() => door.calls.length > 0, 2000);
      expect(performance.now() - since).toBeLessThan(500);
      await sleep(100);
      expect(door.calls.map(({ workflowId }) => workflowId)).toEqual(['woken']);
    } finally {
      await listener.stop();
    }
  });

  it('finds what was committed while nobody listened', async () => {
    relay({ pollMs: 300 });
    await sleep(50);
    await tell('polled', 1);
    await until(settled, 1000);
    expect(door.calls).toHaveLength(1);
  });

  it('gives up a signal to a closed workflow at once and goes on with the next', async () => {
    door.answer = ({ workflowId }) => (workflowId === 'closed' ? { ok: false, reason: 'not-found' } : { ok: true });
    await tell('closed', 1);
    await tell('open', 1);
    await tell('closed', 2);
    relay();
    await until(settled);
    await sleep(400);
    expect(numbers(of('closed'))).toEqual([1, 2]);
    expect(
      (await rows()).map(({ dead_reason, sent_at, attempts }) => [dead_reason, sent_at !== null, attempts]),
    ).toEqual([
      ['not-found', false, 1],
      [null, true, 1],
      ['not-found', false, 1],
    ]);
  });

  it('takes a start that was started before as delivered, and gives up what can never succeed', async () => {
    door.answer = ({ workflowId }) => ({ ok: false, reason: workflowId === 'twice' ? 'already-started' : 'invalid' });
    await tell('twice', 1, 'start');
    await tell('wrong', 1, 'start');
    relay();
    await until(settled);
    expect((await rows()).map(({ sent_at, dead_reason }) => [sent_at !== null, dead_reason])).toEqual([
      [true, null],
      [false, 'invalid'],
    ]);
  });

  it('keeps a failing workflow in order and lets the others pass', async () => {
    let failing = true;
    door.answer = ({ workflowId }) => {
      if (workflowId === 'poison' && failing) throw new Error('王小明');
      return { ok: true };
    };
    for (const n of [1, 2]) await tell('poison', n);
    relay();
    await until(() => of('poison').length === 1);
    for (let n = 0; n < 30; n++) await tell(`fine-${n}`, n);
    await until(() => door.calls.filter(({ workflowId }) => workflowId !== 'poison').length === 30, 3000);
    expect(new Set(numbers(of('poison')))).toEqual(new Set([1]));
    failing = false;
    await until(settled);
    expect(numbers(of('poison')).slice(-2)).toEqual([1, 2]);
    expect(deliveries.filter(({ outcome }) => outcome === 'later').length).toBeGreaterThan(0);
    expect(deliveries.some(({ reason }) => reason.includes('王'))).toBe(false);
  });

  it('finds the others behind any number of entries of workflows that cannot be told', async () => {
    await ledger.sql(`insert into outbox (id, kind, workflow_id, name, args, next_attempt_at)
      select gen_random_uuid(), 'signal', 'stuck', 'decided', '[{"n": 0}]', now() + interval '1 minute' * (n = 1)::int
      from generate_series(1, 2000) n`);
    await tell('behind', 1);
    expect(await relayBatch(deps(), 50)).toEqual({ taken: 1, away: 0, followed: false });
    expect(door.calls.map(({ workflowId }) => workflowId)).toEqual(['behind']);
    expect(await relayBatch(deps(), 50)).toEqual({ taken: 0, away: 0, followed: false });
  });

  it('asks rarely while Temporal is away and delivers everything soon after it is back', async () => {
    let away = true;
    door.answer = () => (away ? { ok: false, reason: 'unavailable' } : { ok: true });
    for (let n = 0; n < 200; n++) await tell(`w-${n % 100}`, n);
    const started = relay();
    await sleep(2000);
    const asked = door.calls.length;
    expect(asked).toBeGreaterThan(50);
    expect(asked).toBeLessThan(50 + 4 * 4 * 6);
    expect(started.temporalAway()).toBe(true);
    expect((await rows()).some(({ dead_at, sent_at }) => dead_at ?? sent_at)).toBe(false);
    away = false;
    const since = performance.now();
    await until(settled);
    expect(performance.now() - since).toBeLessThan(6000);
    expect(started.temporalAway()).toBe(false);
    for (let n = 0; n < 100; n++) expect([...new Set(numbers(of(`w-${n}`)))]).toEqual([n, n + 100]);
  });

  it('waits longer after each failure, never over 30 seconds', async () => {
    door.answer = () => ({ ok: false, reason: 'denied' });
    await tell('denied', 1);
    await ledger.sql('update outbox set attempts = 20');
    await relayBatch(deps(), 50);
    const [row] = await rows();
    const waits = row!.next_attempt_at.getTime() - Date.now();
    expect(waits).toBeGreaterThan(20_000);
    expect(waits).toBeLessThan(30_500);
  });

  it('sends again under the same id what it sent and could not mark', async () => {
    for (const n of [1, 2]) await tell('crash', n);
    const crashing: RelayDeps['inTransaction'] = (principal, work) =>
      ledger.inTransaction(principal, async (tx) => {
        await work(tx);
        throw new Error('killed between send and commit');
      });
    await expect(relayBatch(deps({ inTransaction: crashing }), 50)).rejects.toThrow('killed');
    expect((await rows()).map(({ attempts, sent_at }) => [attempts, sent_at])).toEqual([
      [0, null],
      [0, null],
    ]);
    relay();
    await until(settled);
    const [first, second] = await rows();
    expect(door.calls.map(({ requestId }) => requestId)).toEqual([first!.id, first!.id, second!.id]);
  });

  it('survives the loss of its connections', async () => {
    relay();
    await tell('before', 1);
    await until(settled);
    const admin = new Client(ledger.postgres.adminUrl);
    await admin.connect();
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ledger-fixture'`,
    );
    await admin.end();
    expect(rowCount).toBeGreaterThan(0);
    await until(() =>
      tell('after', 1).then(
        () => true,
        () => false,
      ),
    );
    await until(() => of('after').length > 0);
  });

  it('restarts a workflow only where a person asked for it', async () => {
    await ledger.inTransaction(ledger.worker, (tx) =>
      enqueue(tx, { kind: 'start', workflowId: 'again', name: 'w', args: [{ n: 1 }, 'restart'] }),
    );
    await tell('first', 1, 'start');
    relay();
    await until(settled);
    expect(of('again').map(({ kind, args }) => [kind, args])).toEqual([['restart', [{ n: 1 }]]]);
    expect(of('first').map(({ kind }) => kind)).toEqual(['start']);
  });
});
