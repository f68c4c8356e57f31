import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Balancer, startBalancer } from '../support/balancer';
import { countOf } from '../support/counts';
import { type EventReader, readEvents } from '../support/event-stream';
import { approving, type AtDesk, type Desk, manual, type ReviewView } from '../support/installation-desk';
import { type ExtraProcess, startProcess } from '../support/installation-process';
import { shareInstallation } from '../support/installation-suite';
import { attempts } from '../support/installation-temporal';
import { eventually, inLanes, range } from '../support/installation-wait';

jest.setTimeout(600_000);

const drain = { API_DRAIN_SECONDS: '3', WORKER_DRAIN_SECONDS: '60' };
const lanes = 4;

describe('a rolling restart', () => {
  const chaos = shareInstallation({ workers: 2, childEnv: drain });
  let second: ExtraProcess;
  let balancer: Balancer;

  beforeAll(async () => {
    second = await startProcess(chaos.site, 'api', { label: 'api-2', env: drain });
    balancer = await startBalancer([chaos.site.installation.addresses.api!, second.url]);
  });
  afterAll(async () => {
    await balancer?.stop();
    await second?.stop();
  });

  /** A nurse at the balancer, on connections that are kept: each request goes where there is readiness, and once. */
  const nurseOf = async (): Promise<() => Desk> => {
    const desk = await chaos.somebody('triage_nurse');
    return () => desk.at(balancer.pick(), { connection: 'keep-alive' });
  };

  /** Judges and waits for the draft; each look goes where there is readiness by then. */
  const look = async (nurse: () => Desk, reviewId: string): Promise<ReviewView> => {
    const judged = await nurse().send(`/api/reviews/${reviewId}/judgements`, { content: { level: 'II' } });
    expect(judged.status).toBe(201);
    return eventually(`draft of ${reviewId}`, async () => {
      const shown = await nurse().view(reviewId);
      return shown.draft !== null && shown;
    });
  };

  /** Registers, reads and decides until told; every other patient without a draft. */
  const work = async (nurse: () => Desk, over: AbortSignal): Promise<AtDesk[]> => {
    const seen: AtDesk[] = [];
    while (!over.aborted) {
      const patient = await nurse().arrive({ complaint: `腹痛 ${randomUUID()}` });
      seen.push(patient);
      const queue = await nurse().get('/api/triage/queue');
      expect(queue.status).toBe(200);
      const drafted = seen.length % 2 === 0;
      const shown = drafted ? await look(nurse, patient.reviewId) : await nurse().view(patient.reviewId);
      const body = drafted ? approving(shown) : manual('II');
      const answer = await nurse().decide(patient.reviewId, body, { version: shown.version });
      expect([answer.status, answer.body.code]).toEqual([201, undefined]);
      chaos.told([answer]);
    }
    return seen;
  };

  /** Watches the stream as a browser does: comes again where it ended, from the last event it heard. */
  const watch = async (desk: Desk, over: AbortSignal): Promise<string[]> => {
    const told: string[] = [];
    let last = '';
    while (!over.aborted) {
      const headers = { ...desk.headers, ...(last && { 'last-event-id': last }) };
      const reader: EventReader = await readEvents(`${balancer.pick()}/api/events`, headers);
      expect(reader.status).toBe(200);
      const leave = (): void => reader.close();
      over.addEventListener('abort', leave, { once: true });
      await reader.ended();
      over.removeEventListener('abort', leave);
      last = reader.lastEventId();
      told.push(...reader.events.map(({ event }) => event));
    }
    return told;
  };

  const restartAll = async (): Promise<void> => {
    const { installation } = chaos.site;
    for (const worker of ['worker', 'worker-2'] as const) await installation.restart(worker);
    await installation.restart('api');
    await balancer.ready(installation.addresses.api!);
    await second.restart();
    await balancer.ready(second.url);
  };

  it('D-8: of APIs and workers under load fails no request and repeats no step', async () => {
    chaos.site.model.latencyMs = 1500;
    const over = new AbortController();
    const nurses = await inLanes(range(lanes), lanes, nurseOf);
    const watching = watch(await chaos.somebody('triage_nurse'), over.signal);
    const working = nurses.map((nurse) => work(nurse, over.signal));
    const failed = Promise.all([watching, ...working]);
    const restarting = (async () => {
      for (let round = 0; round < countOf('D-8 rounds'); round += 1) await restartAll();
      await sleep(1000);
    })();
    await Promise.race([restarting, failed]).finally(() => over.abort());
    await restarting;
    const told = await watching;
    const patients = (await Promise.all(working)).flat();

    expect(patients.length).toBeGreaterThan(10 * countOf('D-8 rounds'));
    expect(told.filter((event) => event === 'reconnect').length).toBeGreaterThan(0);
    expect(told.filter((event) => event === 'reset' || event === 'closed')).toEqual([]);
    await chaos.carriedOut(patients, 60_000);
    const histories = await inLanes(patients, 8, async ({ caseId }) => {
      const flow = `triage:${caseId}`;
      // An attempt stands in the history once it is over; of some patients the draft is still under way.
      await eventually('no draft under way', async () => (await chaos.temporal.pending(flow)).length === 0, 60_000);
      return chaos.temporal.history(flow);
    });
    // Of activities: a workflow task handed out while its worker leaves can be lost on the way, and is given out again.
    expect(histories.flatMap(attempts).filter((attempt) => attempt > 1)).toEqual([]);
  });
});
