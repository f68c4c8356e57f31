import { shareInstallation } from '../support/installation-suite';
import { p95, report } from './figures';
import { arriveInsisting, atRate, type Seen, signInsisting } from './load';
import { nightly, short } from './nightly-counts';

jest.setTimeout(3_600_000);

describe('no worker at all', () => {
  const chaos = shareInstallation({ workers: 2 });

  it('D-7: decisions are taken for half an hour, and all are carried out within a minute of the workers’ return', async () => {
    const nurse = await chaos.somebody('triage_nurse');
    const { installation } = chaos.site;
    const workers = [installation.part('worker'), installation.part('worker-2')];
    await Promise.all(workers.map((worker) => worker.stop()));
    const seen: Seen[] = [];
    const count = nightly('D-7 decisions');
    const { done } = await atRate({ perSecond: count / nightly('D-7 seconds'), count }, async () =>
      signInsisting(seen, nurse, await arriveInsisting(seen, chaos.site, nurse)),
    );
    chaos.told(done.map(({ answer }) => answer));
    const took = seen.filter(({ what }) => what === 'decide').map(({ sentAt, at }) => at - sentAt);
    const startedAt = Date.now();
    await Promise.all(workers.map((worker) => worker.start()));
    await chaos.carriedOut(done, 60_000);
    report('D-7', {
      decisions: done.length,
      'decision p95 ms': p95(took),
      'slowest decision ms': Math.max(...took),
      'all carried out after ms': Date.now() - startedAt,
    });
    expect(done.map(({ answer }) => answer.status)).toEqual(done.map(() => 201));
    expect(seen.filter(({ status }) => status === 0 || status >= 300)).toEqual([]);
    if (!short) expect(Math.max(...took)).toBeLessThanOrEqual(500);
  });
});
