import { randomBytes, randomUUID } from 'node:crypto';
import { defaultPayloadConverter, type Payload, toPayloads } from '@temporalio/common';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { createPayloadCodec } from '#libs/temporal/payload-codec';
import { countOf } from '../support/counts';
import { type AtDesk, calm, type Desk, manual } from '../support/installation-desk';
import { type Chaos } from '../support/installation-suite';
import { failedTasks } from '../support/installation-temporal';
import { eventually, range } from '../support/installation-wait';

const alarmMs = 60_000;

/** somebody who reaches Temporal's port, with or without keys. `broken` names what was broken on purpose. */
export const forged = (chaos: Chaos, broken: Set<string>): void => {
  let nurse: Desk;
  let terminated: AtDesk;
  let terminatedAt: number;

  beforeAll(async () => {
    nurse = await chaos.somebody('triage_nurse');
    [terminated] = (await chaos.arrive(nurse, 1, calm)) as [AtDesk];
    await chaos.drafted([terminated]);
    broken.add(terminated.caseId);
    await service().terminateWorkflowExecution({ namespace: namespace(), workflowExecution: execution(terminated) });
    terminatedAt = Date.now();
  });
  // A session locks soon where time is fast.
  beforeEach(async () => {
    nurse = await chaos.somebody('triage_nurse');
  });

  const service = () => chaos.temporal.link.connection.workflowService;
  const namespace = () => chaos.temporal.link.namespace;
  const execution = ({ caseId }: AtDesk) => ({ workflowId: `triage:${caseId}` });
  const send = (at: AtDesk, payloads: Payload[]) =>
    service().signalWorkflowExecution({
      namespace: namespace(),
      workflowExecution: execution(at),
      signalName: 'decided',
      input: { payloads },
      requestId: randomUUID(),
    });
  const plain = (value: unknown): Payload[] => toPayloads(defaultPayloadConverter, value) ?? [];
  const encoded = (at: AtDesk, value: unknown, ring = chaos.temporal.ring): Promise<Payload[]> =>
    createPayloadCodec({ ring, namespace: namespace(), side: 'client', onRejected: () => undefined }).encode(
      plain(value),
      {
        type: 'workflow',
        namespace: namespace(),
        ...execution(at),
      },
    );
  const strangersRing = () => {
    const kek = randomBytes(32);
    return unwrapRing(kek, createRing(kek, new Date()));
  };
  const alarms = (at: AtDesk) =>
    chaos.site.sql<{ kind: string; audience: string; at: number }>(
      `select kind, audience, extract(epoch from created_at)::float8 * 1000 as at from notice where case_id = $1`,
      [at.caseId],
    );
  const unpassed = async (at: AtDesk): Promise<void> => {
    expect(await chaos.decisions([at])).toEqual([]);
    expect(await chaos.site.sql('select state, version from review where id = $1', [at.reviewId])).toEqual([
      { state: 'open', version: 1 },
    ]);
    expect(
      await chaos.site.sql(`select 1 from audit where action = 'triage.commit' and $1 = any(case_ids)`, [at.caseId]),
    ).toEqual([]);
  };
  /** The gate still opens for a person, and for nobody else. */
  const opensForPerson = async (at: AtDesk): Promise<void> => {
    const [answer] = chaos.told([await nurse.decide(at.reviewId, manual('IVa'), { version: 1 })]);
    expect(answer!.status).toBe(201);
    await chaos.carriedOut([at]);
  };

  const verdict = () => ({ decisionId: randomUUID(), action: 'approve', approved: true, level: 'IV' });
  const forgeries: readonly [string, string, (at: AtDesk, other: AtDesk) => Promise<Payload[]>][] = [
    ['with the right key and no decision in the ledger', 'unbacked-signal', (at) => encoded(at, verdict())],
    ['in plain text', 'payload-rejected', () => Promise.resolve(plain(verdict()))],
    ['under another key', 'payload-rejected', (at) => encoded(at, verdict(), strangersRing())],
    ['copied from another workflow', 'payload-rejected', (_, other) => encoded(other, verdict())],
    ['with an empty payload', 'payload-rejected', () => Promise.resolve([{}])],
  ];

  it.each(forgeries)('A-9: a signal %s passes no gate and raises the alarm within 60 s', async (_, kind, forge) => {
    const [at, other] = (await chaos.arrive(nurse, 2, calm)) as [AtDesk, AtDesk];
    await chaos.drafted([at, other]);
    const sentAt = Date.now();
    for (const _each of range(countOf('A-9 forgeries'))) await send(at, await forge(at, other));
    const [alarm] = await eventually('alarm', async () => {
      const found = (await alarms(at)).filter((one) => one.kind === kind);
      return found.length > 0 && found;
    });
    expect(alarm!.audience).toBe('security_admin');
    expect(alarm!.at - sentAt).toBeLessThanOrEqual(alarmMs);
    await unpassed(at);
    expect(failedTasks(await chaos.temporal.history(execution(at).workflowId))).toEqual([]);
    await opensForPerson(at);
    await unpassed(other);
  });

  it('A-9: an update is refused and passes no gate', async () => {
    const [at] = (await chaos.arrive(nurse, 1, calm)) as [AtDesk];
    await chaos.drafted([at]);
    for (const payloads of [plain(verdict()), await encoded(at, verdict())]) {
      const answer = await service().updateWorkflowExecution({
        namespace: namespace(),
        workflowExecution: execution(at),
        waitPolicy: { lifecycleStage: 3 }, // completed
        request: {
          meta: { updateId: randomUUID(), identity: 'stranger' },
          input: { name: 'approve', args: { payloads } },
        },
      });
      expect(answer.outcome?.failure).toBeTruthy();
    }
    await unpassed(at);
    expect(failedTasks(await chaos.temporal.history(execution(at).workflowId))).toEqual([]);
    await opensForPerson(at);
  });

  it('A-9: a reset passes no gate, drafts nothing twice, and the new run waits for the same person', async () => {
    const [at] = (await chaos.arrive(nurse, 1, calm)) as [AtDesk];
    await chaos.drafted([at]);
    const { workflowId } = execution(at);
    const runId = await chaos.temporal.runId(workflowId);
    const finished = (await chaos.temporal.history(workflowId)).find(
      (event) => event.workflowTaskCompletedEventAttributes,
    );
    await service().resetWorkflowExecution({
      namespace: namespace(),
      workflowExecution: { workflowId, runId },
      reason: 'stranger',
      requestId: randomUUID(),
      workflowTaskFinishEventId: finished!.eventId!,
    });
    expect(await chaos.temporal.runId(workflowId)).not.toBe(runId);
    await send(at, plain(verdict()));
    await eventually('alarm', async () => (await alarms(at)).some(({ kind }) => kind === 'payload-rejected'));
    await unpassed(at);
    await opensForPerson(at);
    expect(await chaos.site.sql('select version from draft where review_id = $1', [at.reviewId])).toEqual([
      { version: 1 },
    ]);
  });

  it('A-9: a terminated workflow passes no gate, is told within 60 s, and a person starts it again', async () => {
    const [alarm] = await eventually(
      'alarm',
      async () => {
        const found = (await alarms(terminated)).filter(({ kind }) => kind === 'workflow-missing');
        return found.length > 0 && found;
      },
      alarmMs + 10_000,
    );
    expect(alarm!.audience).toBe('system_admin');
    expect(alarm!.at - terminatedAt).toBeLessThanOrEqual(alarmMs);
    await unpassed(terminated);
    nurse = await chaos.somebody('triage_nurse');
    const [decided] = chaos.told([await nurse.decide(terminated.reviewId, manual('IVa'), { version: 1 })]);
    expect(decided!.status).toBe(201);
    const administrator = await chaos.somebody('system_admin');
    const repaired = await administrator.send(`/api/admin/cases/${terminated.caseId}/repairs`, { repair: 'restart' });
    expect(repaired.status).toBeLessThan(300);
    await chaos.carriedOut([terminated]);
    broken.delete(terminated.caseId);
  });
};
