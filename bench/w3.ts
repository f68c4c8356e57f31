import { setTimeout as sleep } from 'node:timers/promises';
import { readForInstallation } from '#libs/db/transaction';
import { atRest } from './measure/at-rest';
import { rounded, type Spread, spreadOf } from './measure/statistics';
import { type Arrived, decideByHand, registerPatient } from './sides/product.side';
import { runLanes } from './sides/side';
import { type BenchSite } from './site/bench-site';

/** How much is measured. */
export interface W3Size {
  readonly rounds: number;
  /** Patients who wait for a decision when the worker dies. */
  readonly waiting: number;
}

/** Seconds from the moment of the kill until the workflow of the last decision has carried it out. */
export interface W3Result {
  readonly undisturbed: Spread;
  readonly killed: Spread;
  readonly ratio: Spread;
  /** Decisions that were not carried out once nothing more was carried out for a minute. */
  readonly lost: number;
  /** Cases with more than one decision, or carried out more than once. */
  readonly doubled: number;
}

interface Round {
  readonly seconds: number;
  readonly lost: number;
  readonly doubled: number;
}

const [quietMs, restWithinMs] = [60_000, 600_000];

/** W3: has so many waiting patients decided, in turn undisturbed and while the worker, killed, comes back. */
export const runW3 = async (site: BenchSite, size: W3Size, say: (line: string) => void): Promise<W3Result> => {
  await site.ledger.rollOut('off');
  await round(site, { waiting: site.desks.length, kill: false });
  const [undisturbed, killed]: [Round[], Round[]] = [[], []];
  for (let number = 1; number <= size.rounds; number++) {
    const whole = await round(site, { waiting: size.waiting, kill: false });
    const hurt = await round(site, { waiting: size.waiting, kill: true });
    undisturbed.push(whole);
    killed.push(hurt);
    say(`  round ${number}: ${rounded(hurt.seconds, 1)} s after a kill against ${rounded(whole.seconds, 1)} s`);
  }
  const all = [...undisturbed, ...killed];
  return {
    undisturbed: spreadOf(undisturbed.map(({ seconds }) => seconds)),
    killed: spreadOf(killed.map(({ seconds }) => seconds)),
    ratio: spreadOf(killed.map(({ seconds }, i) => seconds / (undisturbed[i]?.seconds ?? Number.NaN))),
    lost: all.reduce((sum, { lost }) => sum + lost, 0),
    doubled: all.reduce((sum, { doubled }) => sum + doubled, 0),
  };
};

const round = async (site: BenchSite, { waiting, kill }: { waiting: number; kill: boolean }): Promise<Round> => {
  const { installation, desks, ledger } = site;
  const [size, arrived] = [{ flows: waiting, lanes: desks.length }, [] as Arrived[]];
  await runLanes(
    size,
    async (lane) => void arrived.push(await registerPatient(desks, { lane, wardId: ledger.wardId })),
  );
  await allStarted(site);
  await atRest(() => installation.part('worker').pids(), restWithinMs);
  const left = [...arrived];
  const started = performance.now();
  if (kill) installation.kill('worker');
  await runLanes(size, async (lane) => {
    const one = left.pop();
    if (one) await decideByHand(desks, { lane, ...one });
  });
  const counted = await carriedOut(site, arrived);
  return { ...counted, seconds: (performance.now() - started) / 1000 };
};

const unsentSql = 'select count(*)::int unsent from outbox where sent_at is null and dead_at is null';

const allStarted = async ({ ledger }: BenchSite): Promise<void> => {
  while ((await readForInstallation<{ unsent: number }>(ledger.source, unsentSql))[0]?.unsent !== 0) await sleep(200);
};

const countSql = `
select count(*) filter (where d.committed_at is null)::int lost,
  count(*) filter (where commits > 1)::int doubled
from unnest($1::uuid[]) as of(review)
left join decision d on d.review_id = of.review,
lateral (select count(*) commits from audit a where a.action = 'triage.commit' and a.entity_id = d.id) carried`;

/** Waits until every decision was carried out, or nothing more happens. */
const carriedOut = async (
  { ledger }: BenchSite,
  arrived: readonly Arrived[],
): Promise<{ lost: number; doubled: number }> => {
  const reviews = arrived.map(({ reviewId }) => reviewId);
  let [lost, since] = [Infinity, performance.now()];
  for (;;) {
    const [row] = await readForInstallation<{ lost: number; doubled: number }>(ledger.source, countSql, [reviews]);
    if (!row) throw new Error('the ledger did not count');
    if (row.lost < lost) [lost, since] = [row.lost, performance.now()];
    if (row.lost === 0 || performance.now() - since > quietMs) return row;
    await sleep(100);
  }
};
