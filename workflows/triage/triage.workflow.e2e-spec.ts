import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFakeLedger, type FakeLedger } from '../../test/support/fake-triage-ledger';
import { startWorkflowHarness, until, type WorkflowHarness } from '../../test/support/workflow-harness';

jest.setTimeout(120_000);

describe('triageWorkflow', () => {
  let harness: WorkflowHarness;

  beforeAll(async () => {
    harness = await startWorkflowHarness();
  });

  afterAll(() => harness.stop());

  const start = async (caseId = randomUUID()) => {
    const workflowId = `triage:${caseId}`;
    const request = { workflowId, workflowType: 'triageWorkflow', taskQueue: 'countersign', args: [{ caseId }] };
    expect(await harness.door.start({ ...request, requestId: randomUUID() })).toEqual({ ok: true });
    const signal = (signalName: string, ...args: unknown[]) =>
      harness.door.signal({ workflowId, signalName, args, requestId: randomUUID() });
    return { caseId, workflowId, signal, handle: harness.client.workflow.getHandle(workflowId) };
  };
  const commits = (ledger: FakeLedger) => ledger.calls.filter((call) => call.startsWith('commitTriage'));
  const opened = (ledger: FakeLedger) => until(() => ledger.calls.includes('loadTriage:1'));
  const loads = (ledger: FakeLedger) => ledger.calls.filter((call) => call.startsWith('loadDecision')).length;
  const close = (ledger: FakeLedger) => {
    ledger.openRound = null;
    ledger.endsAt = new Date().toISOString();
  };

  it('drafts beside the review, commits the decision once, and ends when the case has ended', async () => {
    const ledger = createFakeLedger();
    await harness.run(ledger, async () => {
      const { signal, handle } = await start();
      await until(() => ledger.calls.includes('draftTriage:0'));
      const decisionId = ledger.decide();
      for (let again = 0; again < 5; again++) await signal('decided', { decisionId });
      await until(() => commits(ledger).length === 1);
      close(ledger);
      await signal('changed');
      await handle.result();
    });
    expect(commits(ledger)).toHaveLength(1);
  });

  it('A-9: obeys no signal without a decision in the ledger, and hands each named id over for the alarm', async () => {
    const ledger = createFakeLedger();
    await harness.run(ledger, async () => {
      const { signal, handle } = await start();
      await opened(ledger);
      await signal('decided', { decisionId: 'forged', action: 'approve', approved: true });
      await signal('decided', 'nonsense');
      await until(() => ledger.calls.some((call) => call.includes('forged')));
      await until(() => ledger.calls.some((call) => call.includes('unreadable')));
      expect(commits(ledger)).toHaveLength(0);
      const description = await handle.describe();
      expect(description.status.name).toBe('RUNNING');
      await handle.terminate('test over');
    });
    expect(commits(ledger)).toHaveLength(0);
  });

  it('heals a signal that never came at the next escalation time', async () => {
    const ledger = createFakeLedger();
    ledger.escalations = [{ at: new Date(Date.now() + 1500).toISOString(), tell: 'charge_nurse' }];
    await harness.run(ledger, async () => {
      const { handle } = await start();
      await opened(ledger);
      ledger.decide();
      await until(() => commits(ledger).length === 1);
      await handle.terminate('test over');
    });
  });

  it('does not carry out a decision of another review, nor one that signs no draft', async () => {
    const ledger = createFakeLedger();
    await harness.run(ledger, async () => {
      const { signal, handle } = await start();
      await opened(ledger);
      ledger.decide({ action: 'approve', draftVersion: 0 });
      ledger.state = 'open';
      const before = loads(ledger);
      await signal('decided', { decisionId: ledger.decision?.decisionId });
      await until(() => loads(ledger) > before);
      await sleep(200);
      expect(commits(ledger)).toHaveLength(0);
      await handle.terminate('test over');
    });
  });

  it('drafts again for each redraft asked, without repeating anything else', async () => {
    const ledger = createFakeLedger();
    await harness.run(ledger, async () => {
      const { signal, handle } = await start();
      await until(() => ledger.calls.includes('draftTriage:0'));
      ledger.redraftRound = 1;
      await signal('redraftAsked');
      await until(() => ledger.calls.includes('draftTriage:1'));
      expect(ledger.calls.filter((call) => call.startsWith('loadTriage'))).toHaveLength(1);
      await handle.terminate('test over');
    });
  });

  it('makes one draft at a time: who asks for another gives the one under way up', async () => {
    const ledger = createFakeLedger();
    ledger.draftMs = 2000;
    await harness.run(ledger, async () => {
      const { signal, handle } = await start();
      for (const round of [0, 1, 2]) {
        ledger.redraftRound = round;
        if (round > 0) await signal('redraftAsked');
        await until(() => ledger.calls.includes(`draftTriage:${round}`));
      }
      const { events } = await handle.fetchHistory();
      const cancelled = events?.filter((event) => event.activityTaskCancelRequestedEventAttributes);
      expect(cancelled).toHaveLength(2);
      await signal('decided', { decisionId: ledger.decide() });
      await until(() => commits(ledger).length === 1);
      await handle.terminate('test over');
    });
  });

  it('has no other draft made for a case that only changes, however often', async () => {
    const ledger = createFakeLedger();
    await harness.run(ledger, async () => {
      const { signal, handle } = await start();
      await until(() => ledger.calls.includes('draftTriage:0'));
      const before = loads(ledger);
      for (let set = 0; set < 20; set++) await signal('changed');
      await until(() => loads(ledger) > before);
      await signal('decided', { decisionId: ledger.decide() });
      await until(() => commits(ledger).length === 1);
      await handle.terminate('test over');
    });
    expect(ledger.calls.filter((call) => call.startsWith('draft'))).toEqual(['draftTriage:0']);
  });

  it('has no draft made where the rollout is off, unless a person asks for one', async () => {
    const ledger = createFakeLedger();
    ledger.drafting = false;
    await harness.run(ledger, async () => {
      const { signal, handle } = await start();
      await opened(ledger);
      await sleep(200);
      expect(ledger.calls.filter((call) => call.startsWith('draft'))).toEqual([]);
      ledger.redraftRound = 1;
      await signal('redraftAsked');
      await until(() => ledger.calls.includes('draftTriage:1'));
      await handle.terminate('test over');
    });
  });

  it('waits for a person when the draft fails', async () => {
    const ledger = createFakeLedger();
    ledger.draftOutcome = () => ({ outcome: 'failed', code: 'MODEL_TIMEOUT' });
    await harness.run(ledger, async () => {
      const { signal } = await start();
      await until(() => ledger.calls.includes('draftTriage:0'));
      await signal('decided', { decisionId: ledger.decide() });
      await until(() => commits(ledger).length === 1);
    });
  });

  it('warns at each step of the clock and asks for re-assessment, once each', async () => {
    const ledger = createFakeLedger();
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    ledger.clock = {
      key: 'k',
      warnings: [
        { at: at(300), step: 0, isBreach: false },
        { at: at(600), step: 1, isBreach: true },
      ],
      reassessAt: at(900),
    };
    await harness.run(ledger, async () => {
      const { handle } = await start();
      await until(() => ledger.calls.includes('openReassessment'));
      await sleep(300);
      await handle.terminate('test over');
    });
    const told = ledger.calls.filter((call) => /^(warn|openReassessment)/.test(call));
    expect(told).toEqual(['warnTriageBreach:0', 'warnTriageBreach:1', 'openReassessment']);
  });

  it('opens the next round when the ledger has one, and ends after a withdrawal', async () => {
    const ledger = createFakeLedger();
    await harness.run(ledger, async () => {
      const { signal, handle } = await start();
      await opened(ledger);
      await signal('decided', { decisionId: ledger.decide() });
      await until(() => commits(ledger).length === 1);
      Object.assign(ledger, { openRound: 2, state: 'open', decision: null });
      await signal('changed');
      await until(() => ledger.calls.includes('loadTriage:2'));
      ledger.state = 'withdrawn';
      close(ledger);
      await signal('changed');
      await handle.result();
    });
    expect(commits(ledger)).toHaveLength(1);
  });
});
