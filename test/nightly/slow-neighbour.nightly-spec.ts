import { setTimeout as sleep } from 'node:timers/promises';
import { type Desk, registration } from '../support/installation-desk';
import { shareInstallation } from '../support/installation-suite';
import { inLanes, range } from '../support/installation-wait';
import { p95, report } from './figures';
import { arriveInsisting, atRate, noted, type Seen, signInsisting } from './load';
import { nightly, rate, short } from './nightly-counts';
import { allCarriedOut, allSent } from './quiet';

jest.setTimeout(3_600_000);

const lookEveryMs = 100;

describe('a slow model and a flooding ward', () => {
  const chaos = shareInstallation({
    workers: 2,
    childEnv: { DEEPSEEK_SLOTS: '4', DEEPSEEK_FIRST_TOKEN_MS: '20000', DEEPSEEK_TOTAL_MS: '30000' },
  });
  let calm: Desk;
  let flooding: Desk;

  beforeAll(async () => {
    calm = await chaos.somebody('triage_nurse');
    flooding = await chaos.somebody('triage_nurse');
  });

  /** Decisions of the calm ward, in milliseconds each. */
  const decisions = async (count: number): Promise<number[]> => {
    const seen: Seen[] = [];
    const { done } = await atRate({ perSecond: 2 * rate, count }, async () =>
      signInsisting(seen, calm, await arriveInsisting(seen, chaos.site, calm)),
    );
    expect(chaos.told(done.map(({ answer }) => answer)).map(({ status }) => status)).toEqual(done.map(() => 201));
    return seen.filter(({ what }) => what === 'decide').map(({ sentAt, at }) => at - sentAt);
  };
  /** How long requests of the API have had to wait for a connection at a stretch, looked at ten times a second. */
  const watchPool = async (until: AbortSignal): Promise<number> => {
    let [waiting, longest] = [0, 0];
    while (!until.aborted) {
      const text = await (await fetch(`${chaos.site.installation.addresses.metrics}/metrics`)).text();
      const queued = Number(/state="waiting"\}\s+(\d+)/.exec(text)?.[1]);
      if (Number.isNaN(queued)) throw new Error('the metrics do not tell how many wait for a connection');
      waiting = queued > 0 ? waiting + lookEveryMs : 0;
      longest = Math.max(longest, waiting);
      await sleep(lookEveryMs);
    }
    return longest;
  };

  it('S-5: while the model takes a minute and one ward floods, every decision of the other wards is taken, and how fast is told', async () => {
    const count = Math.ceil(2 * rate * nightly('S-5 seconds'));
    const before = await decisions(count);
    chaos.site.model.latencyMs = 10_000;
    const over = new AbortController();
    const pool = watchPool(over.signal);
    const flood: Seen[] = [];
    // As many as the ward's people can send: each of four begins the next as soon as one is answered.
    const flooded = inLanes(range(4), 4, async () => {
      const body = { ...registration(chaos.site), wardId: chaos.site.hospital.wards[1] };
      while (!over.signal.aborted) await noted(flood, 'flood', () => flooding.send('/api/triage/cases', body));
    });
    const during = await decisions(count);
    over.abort();
    await flooded;
    const longestWait = await pool;
    report('S-5', {
      'flood, arrivals': flood.length,
      'decision p95 ms before': p95(before),
      'decision p95 ms meanwhile': p95(during),
      'times as long (goal 1.2)': p95(during) / p95(before),
      'longest wait for a connection ms': longestWait,
    });
    chaos.site.model.latencyMs = 20;
    const drainFrom = Date.now();
    // What the flood left is started and carried out at the pace of the workers: minutes on two cores.
    await allSent(chaos, 1_800_000);
    await allCarriedOut(chaos, 600_000);
    report('S-5', { 'the flood is worked off after s': (Date.now() - drainFrom) / 1000 });
    expect(flood.filter(({ status }) => status === 0 || status >= 500)).toEqual([]);
    if (!short) expect(longestWait).toBeLessThanOrEqual(1000);
  });
});
