import { randomUUID } from 'node:crypto';
import { createFakeLedger, type FakeLedger } from '../support/fake-triage-ledger';
import { until, type WorkflowHarness } from '../support/workflow-harness';

/** A path through the triage workflow whose history is recorded; each release keeps those of the releases before it. */
export interface Story {
  readonly name: string;
  readonly tell: (ledger: FakeLedger, told: ToldCase) => Promise<void>;
}

/** A running case of a story. */
export interface ToldCase {
  readonly signal: (name: string, ...args: unknown[]) => Promise<unknown>;
  readonly result: () => Promise<unknown>;
}

const committed = (ledger: FakeLedger, times = 1) =>
  until(() => ledger.calls.filter((call) => call.startsWith('commitTriage')).length === times);
const loaded = (ledger: FakeLedger) => until(() => ledger.calls.includes('loadTriage:1'));
const closed = (ledger: FakeLedger) => Object.assign(ledger, { openRound: null, endsAt: new Date().toISOString() });
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

/** Every state a triage workflow can be in, from before its first review to its end. */
export const stories: readonly Story[] = [
  {
    name: 'awaiting-assessment',
    tell: async (ledger) => {
      ledger.openRound = null;
      await until(() => ledger.calls.includes('loadTriage:null'));
    },
  },
  {
    name: 'review-open-drafted',
    tell: async (ledger) => {
      await loaded(ledger);
      await until(() => ledger.calls.includes('draftTriage:0'));
    },
  },
  {
    name: 'redraft-asked',
    tell: async (ledger, { signal }) => {
      await loaded(ledger);
      ledger.redraftRound = 1;
      await signal('redraftAsked');
      await until(() => ledger.calls.includes('draftTriage:1'));
    },
  },
  {
    name: 'redraft-asked-while-drafting',
    tell: async (ledger, { signal }) => {
      ledger.draftMs = 5000;
      await until(() => ledger.calls.includes('draftTriage:0'));
      ledger.redraftRound = 1;
      await signal('redraftAsked');
      await until(() => ledger.calls.includes('draftTriage:1'));
      await signal('decided', { decisionId: ledger.decide() });
      await committed(ledger);
    },
  },
  {
    name: 'escalated-then-decided',
    tell: async (ledger, { signal }) => {
      ledger.escalations = [{ at: soon(300), tell: 'charge_nurse' }];
      await until(() => ledger.calls.includes('escalateReview:charge_nurse'));
      await signal('decided', { decisionId: ledger.decide() });
      await committed(ledger);
    },
  },
  {
    name: 'clock-warned-and-reassessed',
    tell: async (ledger, { signal }) => {
      ledger.clock = { key: 'k', warnings: [{ at: soon(200), step: 0, isBreach: false }], reassessAt: soon(500) };
      await signal('decided', { decisionId: ledger.decide() });
      await committed(ledger);
      await until(() => ledger.calls.includes('openReassessment'));
    },
  },
  {
    name: 'second-round',
    tell: async (ledger, { signal }) => {
      await loaded(ledger);
      await signal('decided', { decisionId: ledger.decide() });
      await committed(ledger);
      Object.assign(ledger, { openRound: 2, state: 'open', decision: null });
      await signal('changed');
      await until(() => ledger.calls.includes('loadTriage:2'));
      await signal('decided', {
        decisionId: ledger.decide({ action: 'approve', draftVersion: 1, draftSha256: 'b'.repeat(64) }),
      });
      await committed(ledger, 2);
    },
  },
  {
    name: 'forged-signals',
    tell: async (ledger, { signal }) => {
      await loaded(ledger);
      await signal('decided', { decisionId: 'forged' });
      await signal('decided', 'nonsense');
      await until(() => ledger.calls.some((call) => call.includes('unreadable')));
    },
  },
  {
    name: 'cancelled-and-ended',
    tell: async (ledger, { signal, result }) => {
      await loaded(ledger);
      ledger.state = 'withdrawn';
      closed(ledger);
      await signal('changed');
      await result();
    },
  },
  {
    name: 'closed-and-ended',
    tell: async (ledger, { signal, result }) => {
      await loaded(ledger);
      await signal('decided', { decisionId: ledger.decide() });
      await committed(ledger);
      closed(ledger);
      await signal('changed');
      await result();
    },
  },
];

/** Runs one story on a real server and answers its history as protobuf JSON. */
export const record = async (harness: WorkflowHarness, story: Story): Promise<unknown> => {
  const ledger = createFakeLedger();
  const caseId = randomUUID();
  const workflowId = `triage:${caseId}`;
  await harness.run(ledger, async () => {
    await harness.door.start({
      workflowId,
      workflowType: 'triageWorkflow',
      taskQueue: 'countersign',
      args: [{ caseId }],
      requestId: randomUUID(),
    });
    const handle = harness.client.workflow.getHandle(workflowId);
    const signal = (signalName: string, ...args: unknown[]) =>
      harness.door.signal({ workflowId, signalName, args, requestId: randomUUID() });
    await story.tell(ledger, { signal, result: () => handle.result() });
  });
  return harness.client.workflow.getHandle(workflowId).fetchHistory();
};
