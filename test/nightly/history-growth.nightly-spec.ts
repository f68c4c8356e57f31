import { type AtDesk, calm, type Desk, manual } from '../support/installation-desk';
import { shareInstallation } from '../support/installation-suite';
import { failedTasks, type HistoryEvent, restartTemporalWith } from '../support/installation-temporal';
import { eventually, inLanes, range } from '../support/installation-wait';
import { report } from './figures';
import { nightly, short } from './nightly-counts';

jest.setTimeout(3_600_000);

describe('one case with a long history', () => {
  const chaos = shareInstallation();
  let nurse: Desk;
  let patient: AtDesk;
  const suggestedAt = nightly('F-4 events in a run');

  beforeAll(async () => {
    if (short)
      await restartTemporalWith(chaos.site, { 'limit.historyCount.suggestContinueAsNew': [{ value: suggestedAt }] });
    nurse = await chaos.somebody('triage_nurse', 'physician');
    [patient] = (await chaos.arrive(nurse, 1, calm)) as [AtDesk];
    await nurse.look(patient.reviewId);
  }, 120_000);

  const flow = (): string => `triage:${patient.caseId}`;
  /** All runs, the first one first. */
  const runs = async (runId?: string): Promise<HistoryEvent[][]> => {
    const events = await chaos.temporal.history(flow(), runId);
    const before = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    return [...(before ? await runs(before) : []), events];
  };
  const outbox = (where: string) =>
    chaos.site.sql<{ n: number }>(
      `select count(*)::int n from outbox where workflow_id = $1 and kind = 'signal' and ${where}`,
      [flow()],
    );
  const relayed = () => eventually('all relayed', async () => (await outbox('sent_at is null'))[0]!.n === 0, 300_000);
  const comment = async (at: number): Promise<number> => {
    const notes = [{ text: `请补充 ${at}` }];
    if (at % 40 === 0) return (await nurse.send(`/api/reviews/${patient.reviewId}/redrafts`, { notes })).status;
    const assessment = { ...calm, complaint: `复评 ${at}`, measuredAt: new Date().toISOString() };
    return (await nurse.send(`/api/triage/cases/${patient.caseId}/assessments`, assessment)).status;
  };
  const move = async (at: number): Promise<number> => {
    const { body } = await nurse.get<{ version: number }>(`/api/triage/cases/${patient.caseId}`);
    const to = at % 2 === 0 ? { move: 'call', room: '1' } : { move: 'return' };
    return (await nurse.send(`/api/triage/cases/${patient.caseId}/moves`, to, { version: body.version })).status;
  };
  const expectShortRuns = async (what: string): Promise<void> => {
    const all = await runs();
    const lengths = all.map((events) => events.length);
    report('F-4', { [`${what}: runs`]: all.length, 'longest run, events': Math.max(...lengths) });
    // Every second event is a task of the workflow: it learns of the suggestion with the next one, and ends its run then.
    expect(Math.max(...lengths)).toBeLessThanOrEqual(short ? suggestedAt + 500 : 10_240);
    expect(Math.max(...lengths.slice(0, -1))).toBeLessThanOrEqual(suggestedAt + 100);
    expect(all.length).toBeGreaterThan(1);
    expect(all.flatMap(failedTasks)).toEqual([]);
    const received = all.flat().filter(({ workflowExecutionSignaledEventAttributes: signal }) => signal).length;
    expect(received).toBe((await outbox('sent_at is not null'))[0]!.n);
    expect(await outbox('dead_at is not null')).toEqual([{ n: 0 }]);
  };

  it('F-4: comments on an open review: the workflow continues as new in time and loses none', async () => {
    const count = nightly('F-4 comments');
    const statuses = await inLanes(range(count), 4, comment);
    expect([...new Set(statuses)]).toEqual([201]);
    await relayed();
    const newest = async () => {
      const sql = `select 1 from review r join draft d on d.review_id = r.id and d.redraft_round = r.redraft_round where r.id = $1`;
      return (await chaos.site.sql(sql, [patient.reviewId])).length > 0;
    };
    await eventually('the draft of the last round', newest, 120_000);
    await expectShortRuns('comments');
  });

  it('F-4: moves with no review open: the same', async () => {
    const { version } = await nurse.view(patient.reviewId);
    const own = manual('IVa', { reasonCode: 'clinical-judgement' });
    const [signed] = chaos.told([await nurse.decide(patient.reviewId, own, { version })]);
    expect([signed?.status, signed?.body.code]).toEqual([201, undefined]);
    await chaos.carriedOut([patient]);
    const statuses: number[] = [];
    for (const at of range(nightly('F-4 moves'))) statuses.push(await move(at));
    expect([...new Set(statuses)]).toEqual([200]);
    await relayed();
    await expectShortRuns('moves');
  });
});
