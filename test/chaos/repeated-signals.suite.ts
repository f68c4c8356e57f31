import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { countOf } from '../support/counts';
import { type AtDesk, calm, type Desk, manual } from '../support/installation-desk';
import { type Chaos } from '../support/installation-suite';
import { failedTasks, type HistoryEvent, restartTemporalWith } from '../support/installation-temporal';
import { eventually, inLanes, range } from '../support/installation-wait';

/** E-4: the same wake-ups often, in any order, too early and too late. */
export const repeatedSignals = (chaos: Chaos): void => {
  let nurse: Desk;

  /** Departed long enough ago for their workflows to end when they are needed. */
  let departed: AtDesk[];

  beforeAll(async () => {
    nurse = await chaos.somebody('triage_nurse');
    departed = await chaos.arrive(nurse, 2, calm);
    await inLanes(departed, 2, async ({ caseId }) => {
      const { body } = await nurse.get<{ version: number }>(`/api/triage/cases/${caseId}`);
      const moved = await nurse.send(`/api/triage/cases/${caseId}/moves`, { move: 'leave' }, { version: body.version });
      expect(moved.status).toBe(200);
    });
  });
  // A session locks soon where time is fast.
  beforeEach(async () => {
    nurse = await chaos.somebody('triage_nurse');
  });

  const copies = range(countOf('E-4 copies'));
  const flowOf = ({ caseId }: AtDesk): string => `triage:${caseId}`;
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, at: randomInt(1 << 30) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ item }) => item);
  const decide = async (reviewId: string, level = 'IVa') => {
    const { version } = await nurse.view(reviewId);
    const [answer] = chaos.told([await nurse.decide(reviewId, manual(level), { version })]);
    expect([answer!.status, answer!.body['code']]).toEqual([201, undefined]);
    return answer!.body.decisionId;
  };
  /** The histories of all runs of a workflow, the latest first. */
  const runs = async (workflowId: string, runId = ''): Promise<HistoryEvent[][]> => {
    const events = await chaos.temporal.history(workflowId, runId === '' ? undefined : runId);
    const before = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    return [events, ...(before ? await runs(workflowId, before) : [])];
  };
  const timesCarriedOut = (patients: readonly AtDesk[]) =>
    chaos.site.sql<{ times: number }>(
      `select count(a.id)::int times from decision d left join audit a on a.entity_id = d.id and a.action = 'triage.commit'
       where d.review_id = any($1) group by d.id`,
      [patients.map(({ reviewId }) => reviewId)],
    );

  it('E-4: each decision is carried out once, however often and in whatever order its signals come', async () => {
    const patients = await chaos.arrive(nurse, countOf('E-4 workflows'), calm);
    await chaos.drafted(patients);
    const worker = chaos.site.installation.part('worker');
    await worker.stop();
    const second: AtDesk[] = [];
    for (const { caseId, reviewId } of patients) {
      const first = await decide(reviewId);
      const worse = { complaint: '胸痛加重', vitals: { spo2: 78 }, measuredAt: new Date().toISOString() };
      const answer = await nurse.send<{ reviewId: string }>(`/api/triage/cases/${caseId}/assessments`, worse);
      const next = { caseId, reviewId: answer.body.reviewId };
      second.push(next);
      const later = await decide(next.reviewId, 'I');
      // The later decision's signals before the earlier one's, and then all of them again in any order.
      for (const decisionId of [later, first, ...shuffled([...copies.map(() => later), ...copies.map(() => first)])])
        expect(await chaos.temporal.signal(flowOf({ caseId, reviewId }), 'decided', { decisionId })).toEqual({
          ok: true,
        });
    }
    await worker.start();
    const both = [...patients, ...second];
    await chaos.carriedOut(both, 60_000);
    expect((await timesCarriedOut(both)).map(({ times }) => times)).toEqual(both.map(() => 1));
    for (const patient of patients) expect((await runs(flowOf(patient))).flatMap(failedTasks)).toEqual([]);
  });

  it('E-4: nothing is lost or repeated where the workflow continues as new among its signals', async () => {
    await restartTemporalWith(chaos.site, { 'limit.historyCount.suggestContinueAsNew': [{ value: 40 }] });
    const patients = await chaos.arrive(nurse, countOf('E-4 workflows'), calm);
    await chaos.drafted(patients);
    await inLanes(patients, 10, async (patient) => {
      const flow = flowOf(patient);
      const first = await chaos.temporal.runId(flow);
      const wake = async () => {
        await chaos.temporal.signal(flow, shuffled(['changed', 'redraftAsked'])[0]!);
        await sleep(randomInt(50, 150));
      };
      for (let sent = 0; sent < 200 && (await chaos.temporal.runId(flow)) === first; sent++) await wake();
      const decisionId = await decide(patient.reviewId);
      for (const _ of copies) {
        await chaos.temporal.signal(flow, 'decided', { decisionId });
        for (const _again of range(4)) await wake();
      }
    });
    await chaos.carriedOut(patients, 60_000);
    expect((await timesCarriedOut(patients)).map(({ times }) => times)).toEqual(patients.map(() => 1));
    const all = await inLanes(patients, 4, (patient) => runs(flowOf(patient)));
    expect(all.filter((each) => each.length > 1).length).toBeGreaterThan(0);
    expect(all.flat().flatMap(failedTasks)).toEqual([]);
    // Nor does the history of a case grow without end once its review is over.
    const over = flowOf(patients[0]!);
    const run = await chaos.temporal.runId(over);
    await eventually('a new run of a case without an open review', async () => {
      await chaos.temporal.signal(over, 'changed');
      return (await chaos.temporal.runId(over)) !== run;
    });
  });

  it('E-4: a signal to a workflow that has ended is given up at once and reported, not tried for ever', async () => {
    const patients = departed;
    const ended = async () =>
      (await inLanes(patients, 2, async (patient) => (await chaos.temporal.history(flowOf(patient))).at(-1))).every(
        (event) => event?.workflowExecutionCompletedEventAttributes,
      );
    await eventually('both ended', ended, 30_000);
    await chaos.site.sql(
      `insert into outbox (id, kind, workflow_id, name, args) select gen_random_uuid(), 'signal', id, 'decided', '[{"decisionId": "x"}]'
       from unnest($1::text[]) id`,
      [patients.map(flowOf)],
    );
    await chaos.site.sql(`select pg_notify('countersign_outbox', '')`);
    const entries = () =>
      chaos.site.sql<{ attempts: number; reason: string | null }>(
        `select attempts, dead_reason reason from outbox where workflow_id = any($1) and name = 'decided'`,
        [patients.map(flowOf)],
      );
    await eventually('given up', async () => (await entries()).every(({ reason }) => reason !== null));
    expect(await entries()).toEqual(patients.map(() => ({ attempts: 1, reason: 'not-found' })));
    const administrator = await chaos.somebody('system_admin');
    const { body } = await administrator.get<{ items: { workflowId: string }[] }>('/api/admin/outbox/dead');
    expect(body.items.map(({ workflowId }) => workflowId)).toEqual(expect.arrayContaining(patients.map(flowOf)));
  });
};
