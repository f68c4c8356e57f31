import { type UserPrincipal } from '#libs/auth/principal';
import { done, type Ledger, startLedger } from '../../../test/support/ledger-fixture';
import { arrive, type Desk, level, nurse, openDesk } from '../../../test/support/review-desk';
import { raiseNotice } from './notice.store';
import { deadEntries, outboxOldestSeconds } from './outbox-watch.store';
import { reconcileLedger } from './reconciliation.store';

describe('what an administrator reads of ledger and workflows', () => {
  let ledger: Ledger;
  let desk: Desk;
  let who: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
    who = await nurse(ledger);
  });

  afterAll(async () => {
    await ledger?.stop();
  });

  const look = (graceMs = 0) => ledger.inTransaction(ledger.worker, (tx) => reconcileLedger(tx, { graceMs }));

  it('names a decision that was not carried out once its grace is over, and until it is', async () => {
    const { reviewId, caseId } = await arrive(ledger, who);
    const { decisionId } = await done(desk.decide(who, reviewId, { content: level('II') }));
    expect((await look()).uncommitted).toEqual([
      expect.objectContaining({ decisionId, reviewId, caseId, process: 'triage' }),
    ]);
    expect((await look(60_000)).uncommitted).toEqual([]);
    await ledger.sql('update decision set committed_at = now() where id = $1', [decisionId]);
    expect((await look()).uncommitted).toEqual([]);
  });

  it('says how long the oldest entry has waited, and what was given up, by pages', async () => {
    expect((await look()).oldestUnsentSeconds).toBeGreaterThan(0);
    await ledger.sql(`update outbox set created_at = now() - interval '90 seconds'`);
    expect(await outboxOldestSeconds(ledger.source)).toBeGreaterThanOrEqual(90);
    const dead = (beforeSeq: string | null, limit: number) =>
      ledger.inTransaction(ledger.worker, (tx) => deadEntries(tx, { beforeSeq, limit }));
    expect(await dead(null, 10)).toEqual([]);
    await ledger.sql(`update outbox set dead_at = now(), dead_reason = 'NOT_FOUND', attempts = 1`);
    expect(await outboxOldestSeconds(ledger.source)).toBe(0);
    const all = await dead(null, 10);
    expect(all.length).toBeGreaterThanOrEqual(2);
    expect(all[0]).toMatchObject({ reason: 'NOT_FOUND', attempts: 1, workflowId: expect.stringMatching(/^triage:/) });
    const [first] = await dead(null, 1);
    expect(await dead(first!.seq, 10)).toEqual(all.slice(1));
    expect((await look()).dead).toBe(all.length);
  });

  it('lists what the administrator was told until it is acknowledged, in their own hospital only', async () => {
    const tell = (audience: 'system_admin' | 'charge_nurse', uniqueKey: string) =>
      ledger.inTransaction(ledger.worker, (tx) => raiseNotice(tx, { kind: 'outbox-dead', audience, uniqueKey }));
    await tell('system_admin', 'a');
    await tell('charge_nurse', 'b');
    const { alarms } = await look();
    expect(alarms).toEqual([expect.objectContaining({ kind: 'outbox-dead', caseId: null })]);
    const elsewhere = { ...ledger.worker, organisationId: '00000000-0000-7000-8000-000000000000' };
    const there = await ledger.inTransaction(elsewhere, (tx) => reconcileLedger(tx, { graceMs: 0 }));
    expect([there.alarms, there.uncommitted]).toEqual([[], []]);
    expect(await ledger.inTransaction(elsewhere, (tx) => deadEntries(tx, { beforeSeq: null, limit: 10 }))).toEqual([]);
    await ledger.sql('update notice set acknowledged_at = now()');
    expect((await look()).alarms).toEqual([]);
  });
});
