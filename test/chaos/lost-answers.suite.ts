import { randomUUID } from 'node:crypto';
import { countOf } from '../support/counts';
import { type Desk, manual, type AtDesk } from '../support/installation-desk';
import { type ExtraProcess, startProcess } from '../support/installation-process';
import { type Chaos } from '../support/installation-suite';
import { eventually, inLanes, range } from '../support/installation-wait';
import { isCommit, type Proxy, startProxy } from '../support/proxy';

interface Prepared extends AtDesk {
  readonly version: number;
  readonly key: string;
}

/** D-3 and E-3: the decision is in the ledger, and whoever took it was not told. */
export const lostAnswers = (chaos: Chaos): void => {
  let nurse: Desk;
  let proxy: Proxy;

  beforeAll(async () => {
    nurse = await chaos.somebody('triage_nurse');
    proxy = await startProxy(() => chaos.site.portOf('postgres'));
  });
  afterAll(() => proxy?.stop());
  afterEach(() => {
    proxy.rule(null);
    proxy.admit(true);
    proxy.cutAll();
  });

  /** An API that reaches PostgreSQL through the proxy only. */
  const startApi = (label: string): Promise<ExtraProcess> => {
    const url = new URL(chaos.site.installation.env['DATABASE_URL']!);
    url.port = String(proxy.port);
    return startProcess(chaos.site, 'api', { label, env: { DATABASE_URL: url.href } });
  };
  const prepare = async (count: number): Promise<Prepared[]> =>
    inLanes(await chaos.arrive(nurse, count), 10, async (at) => ({
      ...at,
      version: (await nurse.view(at.reviewId)).version,
      key: randomUUID(),
    }));
  const decide = (desk: Desk, { reviewId, version, key }: Prepared) =>
    desk.decide(reviewId, manual('II'), { version, key });
  const idsInLedger = async (patients: readonly Prepared[]) => (await chaos.decisions(patients)).map(({ id }) => id);
  const signatures = (patients: readonly Prepared[]) =>
    chaos.site.sql('select id from signature where review_id = any($1)', [patients.map(({ reviewId }) => reviewId)]);

  it('D-3 R14: the API dies between commit and reply: the retry is told the one decision', async () => {
    for (const kill of range(countOf('D-3 kills'))) {
      const api = await startApi(`api-killed-${kill}`);
      const patients = await prepare(countOf('D-3 decisions per kill'));
      proxy.rule({ fromClient: (chunk, link) => isCommit(chunk) && link.holdReplies() });
      const sent = patients.map((patient) => decide(nurse.at(api.url), patient));
      const outcomes = Promise.allSettled(sent);
      await eventually('committed', async () => (await idsInLedger(patients)).length === patients.length);
      await api.kill();
      expect((await outcomes).map(({ status }) => status)).toEqual(patients.map(() => 'rejected'));
      proxy.rule(null);
      const again = chaos.told(await inLanes(patients, 5, (patient) => decide(nurse, patient)));
      expect(again.map(({ status }) => status)).toEqual(patients.map(() => 201));
      expect(again.map(({ body }) => body.decisionId)).toEqual(await idsInLedger(patients));
      expect(await signatures(patients)).toHaveLength(patients.length);
      await chaos.carriedOut(patients);
    }
  });

  it('D-3: API and relay die before the signal is sent: it is delivered within 5 s of the restart, once', async () => {
    const api = await startApi('api-unrelayed');
    const patients = await prepare(countOf('D-3 unrelayed'));
    await chaos.drafted(patients);
    const worker = chaos.site.installation.part('worker');
    process.kill(worker.pid()!, 'SIGSTOP');
    const first = chaos.told(await inLanes(patients, 5, (patient) => decide(nurse.at(api.url), patient)));
    expect(first.map(({ status }) => status)).toEqual(patients.map(() => 201));
    await api.kill();
    const unsent = await entriesOf(patients);
    expect(unsent.filter(({ sentAt }) => sentAt !== null)).toEqual([]);
    const again = await inLanes(patients, 5, (patient) => decide(nurse, patient));
    expect(again.map(({ body }) => body)).toEqual(first.map(({ body }) => body));
    chaos.site.installation.kill('worker');
    await eventually('restart', () => worker.pid() === null);
    await worker.ready();
    const readyAt = Date.now();
    await eventually('all sent', async () => (await entriesOf(patients)).every(({ sentAt }) => sentAt !== null));
    const sent = await entriesOf(patients);
    expect(Math.max(...sent.map(({ sentAt }) => sentAt! - readyAt))).toBeLessThanOrEqual(5000);
    expect(sent).toHaveLength(patients.length);
    await chaos.carriedOut(patients);
  });

  /** The signals about decisions on these cases. */
  const entriesOf = (patients: readonly AtDesk[]) =>
    chaos.site.sql<{ sentAt: number | null }>(
      `select (extract(epoch from sent_at) * 1000)::float8 "sentAt" from outbox where name = 'decided' and workflow_id = any($1)`,
      [patients.map(({ caseId }) => `triage:${caseId}`)],
    );

  it('E-3: the reply to COMMIT is lost on the way from PostgreSQL: no decision is made twice, each retry is told it', async () => {
    const api = await startApi('api-lossy');
    const patients = await prepare(countOf('E-3 decisions'));
    const first: number[] = [];
    for (const [at, patient] of patients.entries()) {
      let lost = 0;
      proxy.rule({
        fromClient: (chunk, link) => {
          if (!isCommit(chunk) || (lost += 1) > 1) return;
          // Every second time the database stays away for a moment, so that the API cannot look it up by itself.
          if (at % 2 === 1) proxy.admit(false);
          link.loseReply();
        },
      });
      first.push((await decide(nurse.at(api.url), patient)).status);
      expect(lost).toBeGreaterThan(0);
      proxy.rule(null);
      proxy.admit(true);
      if (at % 2 === 1) proxy.cutAll();
    }
    expect([...new Set(first)].toSorted()).toEqual(expect.arrayContaining([201]));
    expect(first.filter((status) => status !== 201 && status !== 503)).toEqual([]);
    const again = chaos.told(await inLanes(patients, 5, (patient) => decide(nurse.at(api.url), patient)));
    expect(again.map(({ status }) => status)).toEqual(patients.map(() => 201));
    expect(again.map(({ body }) => body.decisionId)).toEqual(await idsInLedger(patients));
    expect(await signatures(patients)).toHaveLength(patients.length);
    await chaos.carriedOut(patients);
    await api.stop();
  });
};
