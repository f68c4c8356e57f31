import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { type InTransaction } from '#libs/db/transaction';
import { type Rejection } from '#libs/temporal/payload-codec';
import { arrive, nurse } from '../../../../test/support/review-desk';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { type PayloadAlarm, startPayloadAlarm } from './payload-alarm';

describe('the alarm of the payload codec', () => {
  let ledger: Ledger;
  let alarm: PayloadAlarm;
  let lines: string[];
  let away: boolean;

  const inTransaction: InTransaction = (principal, work) =>
    away ? Promise.reject(new Error('away')) : ledger.inTransaction(principal, work);
  const rejection = (over: Partial<Rejection> = {}): Rejection => ({
    reason: 'forged',
    contextType: 'workflow',
    ...over,
  });
  const notices = () =>
    ledger.sql<{ case_id: string | null; audience: string; data: unknown; organisation_id: string }>(
      `select case_id, audience, data, organisation_id from notice where kind = 'payload-rejected'`,
    );
  const alarms = () =>
    ledger.sql<{ case_ids: string[]; code: string }>(
      `select case_ids, code from audit where action = 'payload.rejected'`,
    );
  const until = async (count: number): Promise<void> => {
    for (const end = Date.now() + 5000; (await notices()).length < count && Date.now() < end;) await sleep(20);
    await sleep(100);
  };

  beforeAll(async () => {
    ledger = await startLedger();
  }, 60_000);
  afterAll(() => ledger?.stop());
  beforeEach(async () => {
    [lines, away] = [[], false];
    await ledger.sql('delete from notice');
    alarm = startPayloadAlarm({
      inTransaction,
      log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    });
  });
  afterEach(() => alarm.stop());

  it('tells the security officer of the case’s hospital, once per workflow, reason and day, with its audit row', async () => {
    const { caseId } = await arrive(ledger, await nurse(ledger));
    const workflowId = `triage:${caseId}`;
    for (let i = 0; i < 5; i++) alarm.raise(rejection({ workflowId }));
    alarm.raise(rejection({ workflowId, reason: 'unencrypted' }));
    await until(2);
    expect(await notices()).toHaveLength(2);
    expect(await notices()).toContainEqual({
      case_id: caseId,
      audience: 'security_admin',
      data: { workflowId, reason: 'forged' },
      organisation_id: ledger.organisationId,
    });
    expect((await alarms()).filter(({ case_ids }) => case_ids.includes(caseId))).toHaveLength(2);
    expect((await alarms()).every(({ code }) => code === 'PAYLOAD_REJECTED')).toBe(true);
  });

  it('tells every hospital of what names no case, and repeats no foreign id anywhere', async () => {
    alarm.raise(rejection({ workflowId: '王小明', reason: 'unknown-key' }));
    alarm.raise(rejection({ workflowId: `triage:${randomUUID()}`, reason: 'no-context' }));
    await until(2);
    expect((await notices()).map(({ case_id, organisation_id }) => [case_id, organisation_id])).toEqual(
      Array(2).fill([null, ledger.organisationId]),
    );
    expect(JSON.stringify([await notices(), await alarms(), lines])).not.toContain('王小明');
  });

  it('never throws and loses nothing while the database is away', async () => {
    away = true;
    alarm.raise(rejection({ reason: 'foreign-workflow' }));
    await sleep(300);
    expect(await notices()).toEqual([]);
    away = false;
    await until(1);
    expect(await notices()).toHaveLength(1);
  });

  it('keeps no more than it can in a flood', async () => {
    away = true;
    for (let i = 0; i < 5000; i++) alarm.raise(rejection({ workflowId: `triage:${randomUUID()}` }));
    await sleep(100);
    away = false;
    alarm.raise(rejection());
    for (const end = Date.now() + 20_000; (await notices()).length < 200 && Date.now() < end;) await sleep(50);
    await sleep(300);
    expect(await notices()).toHaveLength(200);
    expect(lines.length).toBeLessThan(300);
  }, 40_000);
});
