import { type AtDesk, type Desk } from '../support/installation-desk';
import { type ExtraProcess, startProcess } from '../support/installation-process';
import { shareInstallation } from '../support/installation-suite';
import { eventually, inLanes } from '../support/installation-wait';
import { type Proxy, startProxy } from '../support/proxy';
import { p95, report } from './figures';
import { arriveInsisting, atRate, type Seen, signInsisting } from './load';
import { nightly, short } from './nightly-counts';

jest.setTimeout(3_600_000);

describe('the model, away for two hours', () => {
  // The worker reaches the model through a proxy only, which can refuse as a closed endpoint does.
  const chaos = shareInstallation({ leaveOut: ['worker'] });
  let proxy: Proxy;
  let worker: ExtraProcess;
  let nurse: Desk;

  beforeAll(async () => {
    proxy = await startProxy(() => chaos.site.model.port);
    const env = { DEEPSEEK_BASE_URL: `http://127.0.0.1:${proxy.port}/v1` };
    worker = await startProcess(chaos.site, 'worker', { label: 'worker-by-proxy', env });
    nurse = await chaos.somebody('triage_nurse');
  });
  afterAll(async () => {
    await worker?.stop();
    await proxy?.stop();
  });

  /** Patients at a steady rate, every second one signed by hand; the others' reviews stay open. */
  const patients = async (seen: Seen[], count: number) => {
    const open: AtDesk[] = [];
    const { done } = await atRate({ perSecond: nightly('L-7 patients a second'), count }, async (at) => {
      const patient = await arriveInsisting(seen, chaos.site, nurse);
      if (at % 2 === 0) return [await signInsisting(seen, nurse, patient)];
      open.push(patient);
      return [];
    });
    chaos.told(done.flat().map(({ answer }) => answer));
    return { signed: done.flat(), open };
  };
  const took = (seen: readonly Seen[]): number => p95(seen.map(({ sentAt, at }) => at - sentAt));
  const draftsOf = (reviews: readonly AtDesk[]) =>
    chaos.site.sql<{ drafts: number; offers: number }>(
      `select (select count(*)::int from draft d where d.review_id = r.id) drafts,
         (select count(*)::int from review_event e where e.review_id = r.id and e.kind = 'draft-offered') offers
       from review r where r.id = any($1)`,
      [reviews.map(({ reviewId }) => reviewId)],
    );

  it('L-7: people write by hand throughout, and when it is back each open review gets its one draft', async () => {
    const [before, during]: [Seen[], Seen[]] = [[], []];
    const count = nightly('L-7 patients a second') * nightly('L-7 seconds');
    await patients(before, Math.ceil(count / 4));
    proxy.admit(false);
    proxy.cutAll();
    const { signed, open } = await patients(during, count);
    expect((await draftsOf(open)).filter(({ drafts }) => drafts > 0)).toEqual([]);
    proxy.admit(true);
    const backAt = Date.now();
    const drained = async () => (await draftsOf(open)).every(({ drafts }) => drafts > 0);
    await eventually('a draft of each open review', drained, 600_000);
    const slower = took(during) / took(before);
    report('L-7', {
      'signed by hand': signed.length,
      backlog: open.length,
      'backlog drained after ms': Date.now() - backAt,
      'API p95 ms before': took(before),
      'API p95 ms while away': took(during),
    });
    expect(await draftsOf(open)).toEqual(open.map(() => ({ drafts: 1, offers: 1 })));
    expect([...before, ...during].filter(({ status }) => status === 0 || status >= 300)).toEqual([]);
    await chaos.carriedOut(signed);
    await inLanes(open, 4, async (patient) => chaos.told([(await signInsisting([], nurse, patient)).answer]));
    if (!short) expect(slower).toBeLessThanOrEqual(1.2);
  });
});
