import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { replayOptions } from '#libs/temporal/worker-options';
import { bundleWorkflows } from '../../test/support/bundle-workflows';
import { createFakeLedger, type FakeLedger } from '../../test/support/fake-triage-ledger';
import {
  replayNamespace,
  startWorkflowHarness,
  until,
  type WorkflowHarness,
} from '../../test/support/workflow-harness';

jest.setTimeout(180_000);

/* Signals, escalations and warnings fall into each other's steps, as they do when an evicted case is woken under load. */
describe('a triage workflow whose signals and times fall together', () => {
  let harness: WorkflowHarness;
  const ledgers = new Map<string, FakeLedger>();

  beforeAll(async () => {
    harness = await startWorkflowHarness();
  });

  afterAll(() => harness.stop());

  /** Activities that hand each call to the ledger of its case. */
  const byCase = <A extends object>(names: readonly (keyof A)[], of: (ledger: FakeLedger) => A): A =>
    Object.fromEntries(
      names.map((name) => [
        name,
        (input: { caseId: string }) =>
          (of(ledgers.get(input.caseId)!)[name] as (given: unknown) => Promise<unknown>)(input),
      ]),
    ) as A;

  const busyLedger = (): FakeLedger => {
    const ledger = createFakeLedger();
    const soon = () => new Date(Date.now() + randomInt(100, 2500)).toISOString();
    const warnings = [0, 1, 2].map((step) => ({ at: soon(), step, isBreach: step === 1 }));
    ledger.clock = { key: 'k', warnings, reassessAt: soon() };
    ledger.escalations = [1, 2].map(() => ({ at: soon(), tell: 'charge_nurse' as const }));
    ledger.stepMs = () => randomInt(0, 25);
    ledger.draftMs = randomInt(0, 200);
    return ledger;
  };

  const play = async (caseId: string): Promise<void> => {
    const ledger = busyLedger();
    ledgers.set(caseId, ledger);
    const workflowId = `triage:${caseId}`;
    const request = { workflowId, workflowType: 'triageWorkflow', taskQueue: 'countersign', args: [{ caseId }] };
    await harness.door.start({ ...request, requestId: randomUUID() });
    const signal = (signalName: string, ...args: unknown[]) =>
      harness.door.signal({ workflowId, signalName, args, requestId: randomUUID() });
    for (let round = 1; round <= 2; round++) {
      for (let i = 0; i < 12; i++) {
        const redraft = randomInt(2) === 0;
        if (redraft) ledger.redraftRound += 1;
        await Promise.all([
          signal('changed'),
          redraft ? signal('redraftAsked') : signal('decided', { decisionId: 'x' }),
        ]);
        await sleep(randomInt(0, 120));
      }
      const decisionId = ledger.decide();
      await Promise.all([signal('changed'), signal('decided', { decisionId })]);
      await until(() => ledger.calls.filter((call) => call.startsWith('commitTriage')).length === round, 30_000);
      if (round === 1) Object.assign(ledger, { openRound: 2, state: 'open', decision: null });
    }
    Object.assign(ledger, { openRound: null, endsAt: new Date().toISOString() });
    await signal('changed');
    await harness.client.workflow.getHandle(workflowId).result();
  };

  it('replays to the same commands, whatever came between what', async () => {
    const cases = Array.from({ length: 24 }, () => randomUUID());
    const { activities, model } = createFakeLedger();
    const steps = {
      activities: byCase(Object.keys(activities) as (keyof typeof activities)[], (ledger) => ledger.activities),
      model: byCase(Object.keys(model) as (keyof typeof model)[], (ledger) => ledger.model),
    };
    await harness.run(steps, async () => {
      await Promise.all(cases.map(play));
    });
    const onRejected = () => {
      throw new Error('a payload was rejected');
    };
    const bundle = { workflowBundle: await bundleWorkflows() };
    const options = replayOptions(bundle, { ring: harness.ring, namespace: replayNamespace, onRejected });
    const failed: string[] = [];
    for (const caseId of cases) {
      const workflowId = `triage:${caseId}`;
      const history = await harness.client.workflow.getHandle(workflowId).fetchHistory();
      await Worker.runReplayHistory(options, history, workflowId).catch((thrown: unknown) => {
        failed.push((thrown as Error).message);
      });
    }
    expect(failed).toEqual([]);
  });
});
