import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { type Principal } from '#libs/auth/principal';
import { enqueue } from '#libs/db/stores/record.store';
import { arrive, type Arrived, level, nurse, openDesk } from '../../../../test/support/review-desk';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { type Finding, type ReconcilerReport } from './finding';
import { type ReconcileLimits } from './limits';
import { raiseFindings } from './raise';
import { reconcile } from './reconcile';
import { startReconciler } from './reconciler';
import { type RunState, type WorkflowLookup } from './workflow-lookup';

/** Temporal as the reconciler sees it, in memory. */
interface FakeTemporal extends WorkflowLookup {
  readonly states: Map<string, RunState>;
  readonly unindexed: Set<string>;
  readonly troubles: Set<string>;
  away: boolean;
}

const createFakeTemporal = (): FakeTemporal => {
  const grpcError = Object.assign(new Error('away'), { code: 14, details: '', metadata: { get: () => [] } });
  const listed = (ids: string[]) =>
    ids.map((workflowId) => ({ workflowId, runId: `run ${workflowId}`, startedAt: new Date(0) }));
  const temporal: FakeTemporal = {
    states: new Map(),
    unindexed: new Set(),
    troubles: new Set(),
    away: false,
    async *running() {
      if (temporal.away) throw grpcError;
      const running = [...temporal.states].filter(
        ([id, { state }]) => state === 'running' && !temporal.unindexed.has(id),
      );
      yield listed(running.map(([id]) => id));
    },
    async *troubled() {
      yield listed([...temporal.troubles]);
    },
    stateOf: async (id) => temporal.states.get(id) ?? { state: 'missing', runId: null },
  };
  return temporal;
};

describe('the reconciler', () => {
  let ledger: Ledger;
  let temporal: FakeTemporal;
  let who: Principal;

  const now: Partial<ReconcileLimits> = { uncommittedMs: 0, settleMs: 0, lateMs: 0 };
  const compare = (limits: Partial<ReconcileLimits> = now): Promise<ReconcilerReport> =>
    reconcile({ inTransaction: ledger.inTransaction, workflows: temporal, limits });
  const kinds = ({ findings }: ReconcilerReport): string[] => findings.map(({ kind }) => kind);
  const one = async (limits?: Partial<ReconcileLimits>): Promise<Finding> => {
    const { findings } = await compare(limits);
    expect(findings).toHaveLength(1);
    return findings[0]!;
  };
  const running = (caseId: string) =>
    temporal.states.set(`triage:${caseId}`, { state: 'running', runId: `run triage:${caseId}` });
  const delivered = () => ledger.sql('update outbox set sent_at = now() where dead_at is null');
  const patient = async (): Promise<Arrived> => {
    const arrived = await arrive(ledger, who);
    await delivered();
    running(arrived.caseId);
    return arrived;
  };
  const decided = async (arrived: Arrived): Promise<string> => {
    await ledger.sql(
      `insert into review_view (review_id, user_id, last_sha256) values ($1, $2, 'x') on conflict do nothing`,
      [arrived.reviewId, (who as { id: string }).id],
    );
    const reply = await done(
      openDesk(ledger).decide(who, arrived.reviewId, { action: 'manual', content: level('II') }),
    );
    await delivered();
    return reply.decisionId!;
  };
  const endAll = async (ago: string) => {
    await ledger.sql(`update cases set ended_at = now() - $1::interval, state = 'closed' where ended_at is null`, [
      ago,
    ]);
  };
  const rowsOf = <T>(sql: string): Promise<T[]> => ledger.sql<T>(sql);

  beforeAll(async () => {
    ledger = await startLedger();
    who = await nurse(ledger);
  }, 60_000);
  afterAll(() => ledger?.stop());
  beforeEach(async () => {
    temporal = createFakeTemporal();
    await ledger.sql('delete from outbox');
    await ledger.sql('delete from notice');
    await ledger.sql('update decision set committed_at = now() where committed_at is null');
    await endAll('1 minute');
  });

  it('finds nothing where ledger and workflows agree', async () => {
    const arrived = await patient();
    await decided(arrived);
    await ledger.sql('update decision set committed_at = now() where committed_at is null');
    expect(await compare()).toMatchObject({ temporal: 'asked', truncated: false, findings: [] });
  });

  it('finds a decision that nobody carried out, once its time has passed and its signal is gone', async () => {
    const arrived = await patient();
    const decisionId = await decided(arrived);
    expect(await one()).toMatchObject({
      kind: 'decision-uncommitted',
      organisationId: ledger.organisationId,
      caseId: arrived.caseId,
      reviewId: arrived.reviewId,
      detail: { decisionId, workflowId: `triage:${arrived.caseId}` },
    });
    expect(kinds(await compare({ ...now, uncommittedMs: 60_000 }))).toEqual([]);
    await ledger.sql('update outbox set sent_at = null');
    expect(kinds(await compare({ ...now, lateMs: 60_000 }))).toEqual([]);
  });

  it('finds an open case whose workflow is gone or closed, and trusts the workflow over the index', async () => {
    const [lost, closed, unlisted] = [await patient(), await patient(), await patient()];
    temporal.states.delete(`triage:${lost.caseId}`);
    temporal.states.set(`triage:${closed.caseId}`, { state: 'closed', runId: 'r' });
    temporal.unindexed.add(`triage:${unlisted.caseId}`);
    const { findings } = await compare();
    expect(findings.map(({ kind, caseId, detail }) => [kind, caseId, detail['state']])).toEqual([
      ['workflow-missing', lost.caseId, 'missing'],
      ['workflow-missing', closed.caseId, 'closed'],
    ]);
    expect(kinds(await compare({ ...now, settleMs: 60_000 }))).toEqual([]);
  });

  it('leaves a new case alone whose start is on its way', async () => {
    await arrive(ledger, who);
    expect(kinds(await compare({ ...now, lateMs: 60_000 }))).toEqual([]);
    expect(new Set(kinds(await compare()))).toEqual(new Set(['outbox-late']));
  });

  it('finds workflows that run without a case, or long after their case ended; repeats no foreign id', async () => {
    const arrived = await patient();
    await endAll('2 hours');
    const unknown = randomUUID();
    running(unknown);
    temporal.states.set('王小明', { state: 'running', runId: 'r2' });
    temporal.states.set('temporal-sys-scheduler:1', { state: 'running', runId: 'r3' });
    const report = await compare();
    expect(report.findings.map(({ kind, detail }) => `${kind} ${detail['workflowId']}`).toSorted()).toEqual([
      `workflow-lingering triage:${arrived.caseId}`,
      'workflow-unknown foreign',
      `workflow-unknown triage:${unknown}`,
    ]);
    expect(JSON.stringify(report)).not.toContain('王小明');
    expect(
      kinds(await compare({ ...now, lingerMs: 3 * 3_600_000 })).filter((kind) => kind === 'workflow-lingering'),
    ).toEqual([]);
  });

  it('finds workflows whose code fails again and again', async () => {
    const arrived = await patient();
    temporal.troubles.add(`triage:${arrived.caseId}`);
    expect(await one()).toMatchObject({ kind: 'workflow-problems', caseId: arrived.caseId });
  });

  it('finds what was given up, until something later reaches the workflow', async () => {
    const arrived = await patient();
    const workflowId = `triage:${arrived.caseId}`;
    const signal = () =>
      ledger.inTransaction(ledger.worker, (tx) =>
        enqueue(tx, { kind: 'signal', workflowId, name: 'changed', args: [] }),
      );
    await signal();
    await ledger.sql(`update outbox set dead_at = now(), dead_reason = 'not-found' where sent_at is null`);
    expect(await one()).toMatchObject({ kind: 'outbox-dead', caseId: arrived.caseId, detail: { reason: 'not-found' } });
    await signal();
    await delivered();
    expect(kinds(await compare())).toEqual([]);
  });

  it('forgets after a day what was given up for a case that has ended', async () => {
    const arrived = await patient();
    await ledger.inTransaction(ledger.worker, (tx) =>
      enqueue(tx, { kind: 'signal', workflowId: `triage:${arrived.caseId}`, name: 'changed', args: [] }),
    );
    await ledger.sql(
      `update outbox set dead_at = now() - interval '25 hours', dead_reason = 'x' where sent_at is null`,
    );
    expect(kinds(await compare())).toEqual(['outbox-dead']);
    await endAll('1 minute');
    temporal.states.clear();
    expect(kinds(await compare())).toEqual([]);
  });

  it('looks at the ledger alone while Temporal is away, and does not call the outage a finding', async () => {
    const arrived = await patient();
    await decided(arrived);
    await arrive(ledger, who);
    temporal.away = true;
    const report = await compare();
    expect(report.temporal).toBe('away');
    expect(kinds(report)).toEqual(['decision-uncommitted']);
  });

  it('tells the administrator of each finding once, with an alarm in the audit, and acts on none', async () => {
    const lost = await patient();
    temporal.states.delete(`triage:${lost.caseId}`);
    running(randomUUID());
    const before = await rowsOf('select * from outbox');
    const report = await compare();
    expect(await raiseFindings(ledger.inTransaction, report)).toBe(2);
    expect(await raiseFindings(ledger.inTransaction, await compare())).toBe(0);
    const notices = await rowsOf<{ kind: string; audience: string; case_id: string | null }>(
      'select kind, audience, case_id from notice order by kind',
    );
    expect(notices).toEqual([
      { kind: 'workflow-missing', audience: 'system_admin', case_id: lost.caseId },
      { kind: 'workflow-unknown', audience: 'system_admin', case_id: null },
    ]);
    const alarms = await rowsOf<{ code: string; actor_name: string }>(
      `select code, actor_name from audit where action = 'reconciler.finding' and at > now() - interval '5 seconds'
       and code in ('workflow-missing', 'workflow-unknown') order by at desc limit 2`,
    );
    expect(alarms.map(({ code }) => code).toSorted()).toEqual(['workflow-missing', 'workflow-unknown']);
    expect(alarms[0]!.actor_name).toBe('reconciler');
    expect(await rowsOf('select * from outbox')).toEqual(before);
  });

  it('runs by itself and reports to the figures', async () => {
    const lost = await patient();
    temporal.states.delete(`triage:${lost.caseId}`);
    const observed = await new Promise<ReconcilerReport>((observe) => {
      const loop = startReconciler({
        inTransaction: ledger.inTransaction,
        workflows: temporal,
        limits: now,
        log: pino({ level: 'silent' }),
        observe: (report) => void loop.stop().then(() => observe(report)),
      });
    });
    expect(kinds(observed)).toEqual(['workflow-missing']);
    expect(await rowsOf('select from notice')).toHaveLength(1);
  });
});
