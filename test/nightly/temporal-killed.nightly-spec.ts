import { shareInstallation } from '../support/installation-suite';
import { report } from './figures';
import { arriveInsisting, atRate, type Seen, signInsisting } from './load';
import { killUntil } from './nemesis';
import { nightly } from './nightly-counts';
import { allSent } from './quiet';

jest.setTimeout(3_600_000);

describe('Temporal, killed every few seconds', () => {
  const chaos = shareInstallation({ workers: 2 });

  it('D-5: every decision is taken at once, the outbox drains within 30 s of the last restart, and each is carried out once', async () => {
    const nurse = await chaos.somebody('triage_nurse');
    const seen: Seen[] = [];
    const rate = { perSecond: nightly('D-5 decisions a second'), count: nightly('D-5 workflows') };
    const work = atRate(rate, async () => signInsisting(seen, nurse, await arriveInsisting(seen, chaos.site, nurse)));
    const temporal = chaos.site.installation.part('temporal');
    const outages = await killUntil(temporal, work);
    const { done, perSecond } = await work;
    chaos.told(done.map(({ answer }) => answer));
    await allSent(chaos, 60_000);
    const drainedMs = Date.now() - outages.at(-1)!.readyAt;
    await chaos.carriedOut(done, 60_000);
    const whileDead = seen.filter(({ sentAt }) =>
      outages.some(({ deadAt, readyAt }) => sentAt >= deadAt && sentAt < readyAt),
    );
    report('D-5', {
      kills: outages.length,
      'decisions a second': perSecond,
      'answers while dead': whileDead.length,
      'drained after ms': drainedMs,
    });
    expect(done.map(({ answer }) => answer.status)).toEqual(done.map(() => 201));
    expect(seen.filter(({ status }) => status === 0 || status >= 300)).toEqual([]);
    expect(whileDead.some(({ what }) => what === 'decide')).toBe(true);
    expect(drainedMs).toBeLessThanOrEqual(30_000);
    expect((await chaos.site.sql('select id from outbox where dead_at is not null')).length).toBe(0);
  });
});
