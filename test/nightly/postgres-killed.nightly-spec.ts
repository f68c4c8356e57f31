import { shareInstallation } from '../support/installation-suite';
import { largest, p95, report } from './figures';
import { arriveInsisting, atRate, type Seen, signInsisting } from './load';
import { killUntil, type Outage } from './nemesis';
import { nightly, short } from './nightly-counts';
import { allCarriedOut } from './quiet';

jest.setTimeout(3_600_000);

/** From each restart to the first success that was asked for after it, in milliseconds. */
const recoveries = (outages: readonly Outage[], seen: readonly Seen[]): number[] =>
  outages.flatMap(({ startedAt }) => {
    const back = seen.filter(({ sentAt, status }) => sentAt >= startedAt && status > 0 && status < 300);
    return back.length === 0 ? [] : [-largest(back.map(({ at }) => -at)) - startedAt];
  });

describe('PostgreSQL, killed every few seconds', () => {
  const chaos = shareInstallation({ workers: 2 });

  it('D-4: no acknowledged decision is lost, nothing succeeds while it is dead, and the API is back within 5 s', async () => {
    const nurse = await chaos.somebody('triage_nurse');
    const seen: Seen[] = [];
    const perSecond = nightly('D-4 decisions a second');
    const seconds = nightly('D-4 seconds');
    const rate = { perSecond, count: perSecond * seconds, forMs: seconds * 1000 };
    const work = atRate(rate, async () => signInsisting(seen, nurse, await arriveInsisting(seen, chaos.site, nurse)));
    const outages = await killUntil(chaos.site.installation.part('postgres'), work);
    const { done, perSecond: reached } = await work;
    chaos.told(done.map(({ answer }) => answer));
    const whileDead = seen.filter(({ sentAt, at }) =>
      outages.some(({ deadAt, startedAt }) => sentAt >= deadAt && at <= startedAt),
    );
    const back = recoveries(outages, seen);
    report('D-4', {
      kills: outages.length,
      'decisions a second': reached,
      'answers while dead': whileDead.length,
      'slowest answer ms': largest(seen.map(({ sentAt, at }) => at - sentAt)),
      'PostgreSQL ready p95 ms': p95(outages.map(({ startedAt, readyAt }) => readyAt - startedAt)),
      'recovery p95 ms': p95(back),
    });
    expect(done.map(({ answer }) => answer.status)).toEqual(done.map(() => 201));
    expect(seen.filter(({ status }) => status !== 503 && (status === 0 || status >= 300))).toEqual([]);
    expect(whileDead.length).toBeGreaterThan(0);
    expect([...new Set(whileDead.map(({ status }) => status))]).toEqual([503]);
    if (!short) expect(p95(back)).toBeLessThanOrEqual(5000);
    await allCarriedOut(chaos, 600_000);
  });
});
