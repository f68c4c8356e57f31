import { setTimeout as sleep } from 'node:timers/promises';
import { type PartName } from '../../apps/cli/src/start/start-options';
import { type Acknowledged } from '#libs/invariants/decisions';
import { countOf } from '../support/counts';
import { startTestInstallation, type TestInstallation } from '../support/installation';
import { approving, type AtDesk, type Desk, manual, openDesk } from '../support/installation-desk';
import { acknowledgedIn, violations } from '../support/installation-invariants';
import { type ExtraProcess, startProcess } from '../support/installation-process';
import { attempts, openTemporal, type TestTemporalAccess, unreportedTasks } from '../support/installation-temporal';
import { eventually, inLanes, range } from '../support/installation-wait';
import { startProxy } from '../support/proxy';

jest.setTimeout(400_000);

interface Drafting extends AtDesk {
  /** Stands in the complaint and so in what the model is asked. */
  readonly mark: string;
}

describe('a worker that is killed', () => {
  let site: TestInstallation;
  let temporal: TestTemporalAccess;
  let nurse: Desk;
  const acknowledged: Acknowledged[] = [];

  beforeAll(async () => {
    site = await startTestInstallation({ workers: 2 });
    temporal = await openTemporal(site);
    nurse = await openDesk(site, await site.person('triage_nurse'));
  });
  afterAll(async () => {
    await temporal?.close();
    await site?.stop();
  });
  afterEach(async () => {
    site.model.latencyMs = 20;
    expect(await violations(site, temporal, { acknowledged })).toEqual([]);
  });

  const flowOf = ({ caseId }: AtDesk): string => `triage:${caseId}`;
  const asked = ({ mark }: Drafting) => site.model.requests.filter(({ body }) => body.includes(mark));
  const arrive = (count: number, label: string): Promise<Drafting[]> =>
    inLanes(range(count), 10, async (at) => {
      const mark = `${label}-${at}.`;
      return { ...(await nurse.arrive({ complaint: `腹痛 ${mark}` })), mark };
    });
  /** Each review with how many drafts it has, and how often one was offered. */
  const draftsOf = (patients: readonly Drafting[]) =>
    site.sql<{ drafts: number; offers: number; audits: number }>(
      `select (select count(*)::int from draft d where d.review_id = r.id) drafts,
         (select count(*)::int from review_event e where e.review_id = r.id and e.kind = 'draft-offered') offers,
         (select count(*)::int from audit a where a.action = 'draft.offer' and a.detail ->> 'reviewId' = r.id::text) audits
       from review r where r.id = any($1)`,
      [patients.map(({ reviewId }) => reviewId)],
    );
  const once = { drafts: 1, offers: 1, audits: 1 };
  const drafted = (patients: readonly Drafting[]) =>
    eventually('all drafts', async () => (await draftsOf(patients)).every(({ drafts }) => drafts > 0), 60_000);
  const committed = (patients: readonly AtDesk[]) =>
    site.sql<{ id: string; at: string }>(
      `select id, committed_at::text at from decision where review_id = any($1) and committed_at is not null order by id`,
      [patients.map(({ reviewId }) => reviewId)],
    );

  it('D-1: in the middle of its drafts loses none and repeats no effect, and others go on within 15 s', async () => {
    site.model.latencyMs = 2500;
    const patients = await arrive(countOf('D-1 cases'), 'D1');
    await eventually('all drafts under way', () => patients.every((patient) => asked(patient).length > 0));
    const held = await inLanes(patients, 10, async (patient) => {
      const [activity] = await temporal.pending(flowOf(patient));
      return { patient, pid: Number(activity?.lastWorkerIdentity?.split('@')[1]) };
    });
    const heldBy = (part: PartName) => held.filter(({ pid }) => pid === site.installation.part(part).pid());
    const victim = heldBy('worker').length >= heldBy('worker-2').length ? 'worker' : 'worker-2';
    const orphans = heldBy(victim).map(({ patient }) => patient);
    expect(orphans.length).toBeGreaterThan(0);
    site.installation.kill(victim);
    const killedAt = Date.now();
    await eventually(
      'the orphans’ second attempts',
      () => orphans.every((patient) => asked(patient).length > 1),
      60_000,
    );
    const recovered = orphans.map((patient) => asked(patient)[1]!.at - killedAt);
    await drafted(patients);
    expect(Math.max(...recovered)).toBeLessThanOrEqual(15_000);
    expect(await draftsOf(patients)).toEqual(patients.map(() => once));
    const answers = await inLanes(patients, 5, async ({ reviewId }) => {
      const shown = await nurse.look(reviewId);
      return nurse.decide(reviewId, approving(shown), { version: shown.version });
    });
    expect(answers.map(({ status }) => status)).toEqual(patients.map(() => 201));
    acknowledged.push(...acknowledgedIn(answers));
    await eventually('all carried out', async () => (await committed(patients)).length === patients.length);
    await site.installation.part(victim).ready();
  });

  it('D-2: after it committed steps and before it reported them has them run again without a second effect', async () => {
    const proxy = await startProxy(() => site.portOf('temporal-frontend'));
    await Promise.all([site.installation.part('worker').stop(), site.installation.part('worker-2').stop()]);
    let lives = 0;
    // The only worker, with a proxy before Temporal: what it reports can be held back.
    const startLonely = (): Promise<ExtraProcess> =>
      startProcess(site, 'worker', {
        label: `worker-lonely-${(lives += 1)}`,
        env: { TEMPORAL_ADDRESS: `127.0.0.1:${proxy.port}` },
      });
    let worker = await startLonely();
    for (let [drafts, commits] = [0, 0]; drafts < countOf('D-2 drafts') || commits < countOf('D-2 commits');) {
      const deciding = await arrive(4, `D2-commit-${lives}`);
      await drafted(deciding);
      site.model.latencyMs = 1500;
      const drafting = await arrive(4, `D2-draft-${lives}`);
      await eventually('drafts under way', () => drafting.every((patient) => asked(patient).length > 0));
      proxy.stall();
      const answers = await inLanes(deciding, 4, async ({ reviewId }) => {
        const { version } = await nurse.view(reviewId);
        return nurse.decide(reviewId, manual('II'), { version });
      });
      expect(answers.map(({ status }) => status)).toEqual(deciding.map(() => 201));
      acknowledged.push(...acknowledgedIn(answers));
      // Its relay gets nothing through either: the wake-ups come past the proxy, to the polls that are open already.
      for (const [at, patient] of deciding.entries())
        await temporal.signal(flowOf(patient), 'decided', { decisionId: answers[at]!.body.decisionId });
      await drafted(drafting);
      await eventually('some carried out', async () => (await committed(deciding)).length > 0);
      await sleep(200);
      const done = await committed(deciding);
      const reported = (patients: readonly AtDesk[]) =>
        inLanes(patients, 4, (patient) => temporal.history(flowOf(patient)));
      expect((await reported(drafting)).flatMap(attempts)).toEqual([]);

      await worker.kill();
      proxy.cutAll();
      proxy.resume();
      site.model.latencyMs = 20;
      worker = await startLonely();
      await eventually(
        'the rest carried out',
        async () => (await committed(deciding)).length === deciding.length,
        60_000,
      );
      await eventually(
        'drafts reported',
        async () => (await reported(drafting)).flatMap(attempts).length === 4,
        60_000,
      );
      expect((await reported(drafting)).flatMap(attempts)).toEqual(drafting.map(() => 2));
      expect(await draftsOf(drafting)).toEqual(drafting.map(() => once));
      expect(drafting.map((patient) => asked(patient).length)).toEqual(drafting.map(() => 1));
      const lost = (await reported(deciding)).reduce((sum, events) => sum + unreportedTasks(events), 0);
      expect(lost).toBeGreaterThanOrEqual(done.length);
      expect(await committed(deciding)).toEqual(expect.arrayContaining(done));
      [drafts, commits] = [drafts + drafting.length, commits + done.length];
    }
    await worker.stop();
    await proxy.stop();
    await site.installation.part('worker').start();
  });
});
