import { setTimeout as sleep } from 'node:timers/promises';
import { type UserPrincipal } from '#libs/auth/principal';
import { seenWorkers } from '#libs/db/stores/heartbeat.store';
import { enqueue } from '#libs/db/stores/record.store';
import { restartWorkflow } from '#libs/db/stores/repair.store';
import { countOf } from '../../../../test/support/counts';
import { arrive, type Arrived, level, nurse, openDesk } from '../../../../test/support/review-desk';
import { done } from '../../../../test/support/ledger-fixture';
import {
  type EngineSite,
  startEngineSite,
  type TestEngine,
  untilReady,
} from '../../../../test/support/worker/engine-site';
import { reconcile } from '../reconciler/reconcile';
import { createWorkflowLookup } from '../reconciler/workflow-lookup';

describe('the engine room', () => {
  let site: EngineSite;
  let who: UserPrincipal;
  let engine: TestEngine;

  const sql = <Row>(text: string, parameters: unknown[] = []) => site.ledger.sql<Row>(text, parameters);
  const until = async (holds: () => Promise<boolean>, withinMs = 15_000): Promise<number> => {
    const since = performance.now();
    while (!(await holds())) {
      if (performance.now() - since > withinMs) throw new Error(`did not hold within ${withinMs} ms: ${holds}`);
      await sleep(10);
    }
    return performance.now() - since;
  };
  const patient = (): Promise<Arrived> => arrive(site.ledger, who);
  const decide = async ({ reviewId }: Arrived): Promise<string> => {
    await sql(`insert into review_view (review_id, user_id, last_sha256) values ($1, $2, 'x') on conflict do nothing`, [
      reviewId,
      who.id,
    ]);
    const body = { action: 'manual', content: level('II') };
    return (await done(openDesk(site.ledger).decide(who, reviewId, body))).decisionId!;
  };
  const committed = async (decisionId: string): Promise<boolean> =>
    (await sql(`select from decision where id = $1 and committed_at is not null`, [decisionId])).length === 1;
  const unsent = async (): Promise<number> =>
    (await sql(`select from outbox where sent_at is null and dead_at is null`)).length;
  /** Its workflow waits for the person and for nothing else. */
  const drafted = async ({ reviewId }: Arrived): Promise<void> => {
    await until(async () => (await sql(`select from draft where review_id = $1`, [reviewId])).length === 1);
    await sleep(300);
  };
  const stateOf = async ({ caseId }: Arrived): Promise<string> =>
    (await createWorkflowLookup(site.link).stateOf(`triage:${caseId}`)).state;
  /** What the reconciler finds about these cases, by kind. */
  const found = async (...cases: Arrived[]): Promise<string[]> => {
    const { temporal, findings } = await reconcile({
      inTransaction: site.ledger.inTransaction,
      workflows: createWorkflowLookup(site.link),
      limits: { settleMs: 0, uncommittedMs: 0 },
    });
    expect(temporal).toBe('asked');
    const ids = cases.map(({ caseId }) => caseId);
    return findings.filter(({ caseId }) => caseId !== null && ids.includes(caseId)).map(({ kind }) => kind);
  };

  beforeAll(async () => {
    site = await startEngineSite(0.001);
    who = await nurse(site.ledger);
  }, 400_000);
  afterAll(() => site?.stop(), 60_000);

  it('waits for PostgreSQL and Temporal, says which is away, and keeps the change feed going without Temporal', async () => {
    await site.temporal.temporal.part.stop();
    await site.ledger.postgres.postgres.part.stop();
    engine = await site.engine();
    await sleep(500);
    expect(await engine.readiness()).toEqual({
      status: 503,
      checks: { database: 'waiting', temporal: 'unavailable', workers: 'waiting' },
    });
    await site.ledger.postgres.postgres.part.start();
    await until(async () => (await engine.readiness()).checks['database'] === 'ready');
    const arrived = await patient();
    await until(
      async () =>
        (await sql(`select from change_feed where entity_id = $1 and feed_seq is not null`, [arrived.caseId])).length >
        0,
    );
    expect((await engine.readiness()).status).toBe(503);
    expect(await unsent()).toBeGreaterThan(0);
    await site.temporal.temporal.part.start();
    await untilReady(engine);
    await until(async () => (await unsent()) === 0);
    await until(async () => (await stateOf(arrived)) === 'running');
    expect(engine.deaths()).toBe(0);
  }, 90_000);

  it('carries a decision out, drafts beside it, and agrees with the ledger afterwards', async () => {
    const arrived = await patient();
    await drafted(arrived);
    const decisionId = await decide(arrived);
    await until(() => committed(decisionId));
    expect(await found(arrived)).toEqual([]);
  });

  it('says in the ledger that it lives, what it takes work from and how it reaches the model', async () => {
    const seen = () => site.ledger.inTransaction(site.ledger.worker, seenWorkers);
    await until(async () => (await seen()).some(({ live, state }) => live && state === 'running'));
    const [worker] = await seen();
    expect(worker).toMatchObject({
      temporal: 'ready',
      queues: ['countersign', 'countersign-model'],
      model: { model: site.model.model, rehearsal: true, breaker: 'closed', probe: { ok: true, reason: null } },
    });
    expect(JSON.stringify(worker)).not.toMatch(/李明|胸痛/);
  });

  it('shows in its figures what it did, and nothing of patients', async () => {
    const text = await engine.metrics();
    for (const figure of [
      /countersign_relay_deliveries_total\{kind="start",outcome="sent",reason="ok"\} [1-9]/,
      /countersign_outbox_depth 0/,
      /countersign_feed_numbered_total [1-9]/,
      /countersign_feed_unpublished \d/,
      /countersign_worker_running\{queue="countersign"\} 1/,
      /countersign_worker_running\{queue="countersign-model"\} 1/,
      /countersign_draft_seconds_count\{prompt="triage\/acuity",outcome="valid"\} [1-9]/,
      /countersign_reconciler_findings\{kind="outbox-dead"\} 0|countersign_reconciler_last_seconds/,
    ])
      expect(text).toMatch(figure);
    expect(text + site.log.join('')).not.toMatch(/李明|胸痛/);
  });

  it('obeys each decision once however often and in whatever order its signals come (E-4)', async () => {
    const flows = await Promise.all(Array.from({ length: countOf('engine patients') }, patient));
    await until(async () => (await unsent()) === 0);
    const decisions = await Promise.all(flows.map(decide));
    const resend = flows.flatMap(({ caseId }, at) =>
      Array.from({ length: 5 }, () => ({
        workflowId: `triage:${caseId}`,
        name: 'decided',
        args: [{ decisionId: decisions[at]! }],
      })),
    );
    for (const signal of resend.toSorted(() => Math.random() - 0.5))
      await site.ledger.inTransaction(site.ledger.worker, (tx) => enqueue(tx, { kind: 'signal', ...signal }));
    await until(async () => (await unsent()) === 0);
    for (const decisionId of decisions) await until(() => committed(decisionId));
    const commits = await sql<{ entity_id: string; n: number }>(
      `select entity_id, count(*)::int n from audit where action = 'triage.commit' and entity_id = any($1) group by 1`,
      [decisions],
    );
    expect(commits).toHaveLength(decisions.length);
    expect(commits.every(({ n }) => n === 1)).toBe(true);
    expect(await found(...flows)).toEqual([]);
  }, 60_000);

  it('gives up a signal to a closed workflow and leaves it to the reconciler (E-4)', async () => {
    const arrived = await patient();
    await until(async () => (await unsent()) === 0);
    await sql(`update cases set state = 'cancelled', ended_at = now() where id = $1`, [arrived.caseId]);
    await sql(
      `update review set state = 'withdrawn', version = version + 1, withdrawn_at = now(), withdrawn_reason = 'x'
      where id = $1`,
      [arrived.reviewId],
    );
    const tell = () =>
      site.ledger.inTransaction(site.ledger.worker, (tx) =>
        enqueue(tx, { kind: 'signal', workflowId: `triage:${arrived.caseId}`, name: 'changed', args: [] }),
      );
    await tell();
    await until(async () => (await stateOf(arrived)) === 'closed');
    for (let i = 0; i < 5; i++) await tell();
    await until(async () => (await unsent()) === 0);
    await sleep(1000);
    const dead = await sql<{ dead_reason: string; attempts: number }>(
      `select dead_reason, attempts from outbox where workflow_id = $1 and dead_at is not null`,
      [`triage:${arrived.caseId}`],
    );
    expect(dead).toEqual(Array(5).fill({ dead_reason: 'not-found', attempts: 1 }));
    expect(await found(arrived)).toEqual(Array(5).fill('outbox-dead'));
  });

  it('tells the security officer of a payload that is not ours, and the workflow goes on (A-9)', async () => {
    const arrived = await patient();
    await until(async () => (await unsent()) === 0);
    await site.link.connection.workflowService.signalWorkflowExecution({
      namespace: site.temporal.namespace,
      workflowExecution: { workflowId: `triage:${arrived.caseId}` },
      signalName: 'decided',
      input: {
        payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"approved":true}') }],
      },
    });
    const notices = () =>
      sql<{ kind: string; audience: string }>(
        `select kind, audience from notice where case_id = $1 and kind = 'payload-rejected'`,
        [arrived.caseId],
      );
    await until(async () => (await notices()).length > 0);
    expect(await notices()).toEqual([{ kind: 'payload-rejected', audience: 'security_admin' }]);
    const alarms = await sql(
      `select from audit where action = 'payload.rejected' and outcome = 'alarm' and $1 = any(case_ids)`,
      [arrived.caseId],
    );
    expect(alarms).toHaveLength(1);
    expect(await sql(`select from decision where review_id = $1`, [arrived.reviewId])).toHaveLength(0);
    expect(await engine.metrics()).toMatch(/countersign_payload_rejections_total\{reason="unencrypted"\} [1-9]/);
    const decisionId = await decide(arrived);
    await until(() => committed(decisionId));
    expect(await found(arrived)).toEqual([]);
  });

  it('starts a closed workflow again where a person asks for it, and then carries out what waited', async () => {
    const arrived = await patient();
    await drafted(arrived);
    await site.link.connection.workflowService.terminateWorkflowExecution({
      namespace: site.temporal.namespace,
      workflowExecution: { workflowId: `triage:${arrived.caseId}` },
    });
    const decisionId = await decide(arrived);
    await until(async () => (await unsent()) === 0);
    expect((await found(arrived)).toSorted()).toEqual(['decision-uncommitted', 'outbox-dead', 'workflow-missing']);
    expect(await committed(decisionId)).toBe(false);
    const admin = await site.ledger.person(['system_admin'], { ward: null });
    await done(site.ledger.inTransaction(admin, (tx) => restartWorkflow(tx, arrived.caseId)));
    await until(() => committed(decisionId));
    expect(await found(arrived)).toEqual([]);
  });

  it('lives through the death of Temporal under decisions, and loses none', async () => {
    const flows = await Promise.all(Array.from({ length: 6 }, patient));
    await until(async () => (await unsent()) === 0);
    site.temporal.temporal.part.kill('SIGKILL');
    const decisions = await Promise.all(flows.map(decide));
    await sleep(1500);
    expect((await engine.readiness()).checks['database']).toBe('ready');
    await site.temporal.temporal.part.ready();
    for (const decisionId of decisions) await until(() => committed(decisionId), 30_000);
    await untilReady(engine);
    expect(engine.deaths()).toBe(0);
    expect(await found(...flows)).toEqual([]);
  }, 120_000);

  it('lives through the death of PostgreSQL', async () => {
    const flow = await patient();
    await until(async () => (await unsent()) === 0);
    site.ledger.postgres.postgres.part.kill('SIGKILL');
    await until(async () => (await engine.readiness()).checks['database'] === 'unavailable', 5000).catch(
      () => undefined,
    );
    await site.ledger.postgres.postgres.part.ready();
    const decisionId = await until(() =>
      patient().then(
        () => true,
        () => false,
      ),
    ).then(() => decide(flow));
    await until(() => committed(decisionId), 30_000);
    await untilReady(engine);
    expect(engine.deaths()).toBe(0);
  }, 120_000);

  it('stops in order, and another one goes on with what waits', async () => {
    const flow = await patient();
    await until(async () => (await unsent()) === 0);
    const since = performance.now();
    await engine.stop();
    expect(performance.now() - since).toBeLessThan(15_000);
    await expect(engine.readiness()).rejects.toThrow();
    const decisionId = await decide(flow);
    await sleep(1500);
    expect(await unsent()).toBe(1);
    expect(await committed(decisionId)).toBe(false);
    engine = await site.engine();
    await until(() => committed(decisionId), 30_000);
    expect(engine.deaths()).toBe(0);
  }, 60_000);
});
