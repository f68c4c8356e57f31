import { setTimeout as sleep } from 'node:timers/promises';
import { readForInstallation } from '#libs/db/transaction';
import { atRest } from './measure/at-rest';
import { cpuBetween, cpuTimes, type CpuTimes } from './measure/cpu';
import { type Memory, memoryOf } from './measure/memory';
import { median, rounded } from './measure/statistics';
import { openProductSides, registerPatient } from './sides/product.side';
import { runFlows, runLanes } from './sides/side';
import { type BenchSite } from './site/bench-site';

/** How much is measured. */
export interface S1Size {
  /** Cases in each stretch, one after another in one installation. */
  readonly cases: readonly number[];
  /** Patients who wait at the end, for the memory. */
  readonly waiting: number;
}

/** One stretch: milliseconds of processor time for each case, all and by part. */
interface Stretch {
  readonly cases: number;
  readonly cpuPerCase: number;
  readonly cpu: CpuTimes;
}

/** What a case costs as there are more of them, and what the worker holds while very many wait. */
export interface S1Result {
  readonly stretches: readonly Stretch[];
  /** The farthest a stretch lies from the middle one: 0.15 is 15 %. */
  readonly deviation: number;
  /** MiB. */
  readonly workerMemory: Memory;
}

const [warmUp, restWithinMs] = [100, 1_800_000];

/** S1: has cases registered and decided by hand in ever longer stretches, then leaves very many waiting. */
export const runS1 = async (site: BenchSite, size: S1Size, say: (line: string) => void): Promise<S1Result> => {
  await site.ledger.rollOut('off');
  const { manual } = await openProductSides(site);
  const lanes = site.desks.length;
  await runFlows(manual, { flows: warmUp, lanes });
  const stretches: Stretch[] = [];
  for (const cases of size.cases) {
    const before = cpuTimes(site.installation.pids());
    await runFlows(manual, { flows: cases, lanes });
    const used = cpuBetween(before, cpuTimes(site.installation.pids()));
    const cpu = Object.fromEntries(Object.entries(used).map(([part, ms]) => [part, ms / cases]));
    const cpuPerCase = Object.values(cpu).reduce((sum, ms) => sum + ms, 0);
    stretches.push({ cases, cpuPerCase, cpu });
    say(`  ${cases} cases: ${rounded(cpuPerCase, 1)} ms each`);
  }
  const middle = median(stretches.map(({ cpuPerCase }) => cpuPerCase));
  const deviation = Math.max(...stretches.map(({ cpuPerCase }) => Math.abs(cpuPerCase / middle - 1)));
  return { stretches, deviation, workerMemory: await memoryWith(site, size.waiting) };
};

const unsentSql = 'select count(*)::int unsent from outbox where sent_at is null and dead_at is null';

const memoryWith = async ({ installation, desks, ledger }: BenchSite, waiting: number): Promise<Memory> => {
  const { wardId } = ledger;
  await runLanes({ flows: waiting, lanes: desks.length }, async (lane) => {
    await registerPatient(desks, { lane, wardId });
  });
  while ((await readForInstallation<{ unsent: number }>(ledger.source, unsentSql))[0]?.unsent !== 0) await sleep(1000);
  const pids = () => installation.part('worker').pids();
  await atRest(pids, restWithinMs);
  const each = pids().map(memoryOf);
  return { now: sum(each.map(({ now }) => now)), peak: sum(each.map(({ peak }) => peak)) };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
