import { Command, InvalidArgumentError } from 'commander';
import { a2Nurses, a2Wards, type A2Size, runA2 } from './a2';
import { type A3Size, runA3 } from './a3';
import { findChromium } from './browser/find-chromium';
import { type L1Size, runL1, slotSettings } from './l1';
import { type L2Size, runL2, startRecordingModel } from './l2';
import { startModel } from './model/start-model';
import { type P1Size, runP1 } from './p1';
import { type Q1Size, runQ1 } from './q1';
import { runS1, type S1Size } from './s1';
import { openBareSides } from './sides/bare.side';
import { openProductSides } from './sides/product.side';
import { atBenchSite, type BenchSite, type SiteWish } from './site/bench-site';
import { runW1 } from './w1';
import { runW2, type W2Size } from './w2';
import { runW3, type W3Size } from './w3';
import { runW4 } from './w4';

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number above 0');
  return value;
};

const counts = (text: string): number[] => text.split(',').map(count);

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : value;

const lanes = 16;
/** A site where nothing runs beside API and PostgreSQL, for benches of requests; nobody listens for Temporal. */
const requestsOnly = {
  leaveOut: ['temporal', 'rehearsal', 'worker'],
  childEnv: { TEMPORAL_ADDRESS: '127.0.0.1:9' },
} as const;

type Say = (line: string) => void;

/** Runs a bench at a site of its own and prints what it found, as one line of JSON. */
const bench =
  <Size>(name: string, wish: SiteWish, run: (site: BenchSite, size: Size, say: Say) => Promise<object>) =>
  async (size: Size): Promise<void> => {
    const result = await atBenchSite(wish, (site) => run(site, size, console.log));
    console.log(JSON.stringify({ bench: name, ...size, ...result }, rounded));
  };

interface W1Flags {
  readonly flows: number;
  readonly rounds: number;
  readonly idle: number;
}

const w1 = async (site: BenchSite, { flows, rounds, idle }: W1Flags, say: Say): Promise<object> => {
  const product = await openProductSides(site);
  const bare = await openBareSides(site);
  const pids = () => ({ ...site.installation.pids(), 'bare worker': [bare.workerPid], driver: [process.pid] });
  const run = async (how: 'manual' | 'drafted') => {
    await site.ledger.rollOut(how === 'manual' ? 'off' : 'draft');
    return runW1({ product: product[how], bare: bare[how], pids }, { flows, rounds, idleFlows: idle, lanes }, say);
  };
  return { manual: await run('manual'), drafted: await run('drafted') };
};

const w4 = async (site: BenchSite, { decisions }: { decisions: number }, say: Say): Promise<object> => {
  await site.ledger.rollOut('off');
  return runW4(site, { decisions, lanes }, say);
};

/* L1 and L2 need their model before the product starts. */
const l1 = async (size: L1Size): Promise<void> => {
  const model = await startModel({ latencyMs: size.latency });
  const wish: SiteWish = {
    nurses: lanes,
    leaveOut: ['rehearsal'],
    childEnv: { ...model.env, ...slotSettings(size) },
  };
  const run = (site: BenchSite, _: L1Size, say: Say): Promise<object> => runL1(site, { ...size, model }, say);
  try {
    await bench<L1Size>('L1', wish, run)(size);
  } finally {
    await model.stop();
  }
};

const l2 = async (size: L2Size): Promise<void> => {
  const model = await startRecordingModel();
  const wish: SiteWish = { nurses: lanes, leaveOut: ['rehearsal'], childEnv: model.env };
  try {
    await bench<L2Size>('L2', wish, (site) => runL2(site, { ...size, model }))(size);
  } finally {
    await model.server.close();
  }
};

/* How many nurses there are follows from how many listen. */
const a2 = (size: A2Size): Promise<void> =>
  bench<A2Size>('A2', { nurses: a2Nurses(size), wards: a2Wards, ...requestsOnly }, runA2)(size);

/** A bench of what a browser does; where there is none it says so and measures nothing. */
const inBrowser =
  <Size extends { readonly chromium: string }>(run: (size: Size) => Promise<void>) =>
  async (size: Omit<Size, 'chromium'>): Promise<void> => {
    const found = await findChromium();
    if ('missing' in found) console.log(`nothing was measured: ${found.missing}`);
    else await run({ ...size, chromium: found.path } as Size);
  };

const program = new Command('bench').description('measures the product beside a reference, both in turn in one run');

program
  .command('w1')
  .description('the whole audited flow beside a bare Temporal flow, once by hand and once with drafts')
  .option('--flows <n>', 'flows of each side in a round', count, 200)
  .option('--rounds <n>', 'rounds', count, 3)
  .option('--idle <n>', 'flows one at a time, for the latency', count, 20)
  .action(bench<W1Flags>('W1', { nurses: lanes }, w1));

program
  .command('w2')
  .description('a decision, until it is answered, beside a raw server that does the same transaction by hand')
  .option('--idle <n>', 'decisions of each side in a round, one at a time', count, 300)
  .option('--busy <n>', 'decisions of each side in a round, on all connections', count, 1500)
  .option('--connections <n>', 'connections', count, 32)
  .option('--rounds <n>', 'rounds', count, 5)
  .action(bench<W2Size>('W2', { nurses: 32, ...requestsOnly }, runW2));

program
  .command('w3')
  .description('the worker is killed while patients wait, and all are decided; beside the same without the kill')
  .option('--waiting <n>', 'patients who wait', count, 1000)
  .option('--rounds <n>', 'rounds', count, 3)
  .action(bench<W3Size>('W3', { nurses: lanes }, runW3));

program
  .command('w4')
  .description('decisions and forged signals that come before a workflow has had time to look')
  .option('--decisions <n>', 'early decisions; a tenth as many patients get forged signals', count, 1000)
  .action(bench<{ decisions: number }>('W4', { nurses: lanes }, w4));

program
  .command('a2')
  .description('changes as they reach very many listeners, beside a raw server that sends them the same bytes')
  .option('--listeners <n>', 'streams, a tenth of which each change reaches', count, 1000)
  .option('--rate <n>', 'changes a second', count, 100)
  .option('--seconds <n>', 'of each side in a round', count, 20)
  .option('--rounds <n>', 'rounds', count, 3)
  .action(a2);

program
  .command('a3')
  .description('the top of the queue among very many cases, beside a raw server with the same SELECT and audit row')
  .option('--cases <n>', 'cases in the ledger', count, 100_000)
  .option('--waiting <n>', 'of these, waiting', count, 500)
  .option('--limit <n>', 'patients in one answer', count, 100)
  .option('--reads <n>', 'requests of each side in a round', count, 1000)
  .option('--rounds <n>', 'rounds', count, 3)
  .action(bench<A3Size>('A3', { nurses: lanes, ...requestsOnly }, runA3));

program
  .command('l1')
  .description('more cases than slots want a draft from a slow model, beside a bare flow that asks the same model')
  .option('--drafts <n>', 'drafts of each side in a round', count, 640)
  .option('--slots <n>', 'slots', count, 32)
  .option('--latency <ms>', 'how long the model takes for each', count, 4000)
  .option('--rounds <n>', 'rounds', count, 3)
  .action(l1);

program
  .command('l2')
  .description('how much of what the model is sent is the same for every patient and stands in front')
  .option('--patients <n>', 'patients who differ from each other', count, 60)
  .action(l2);

program
  .command('p1')
  .description('the queue in a browser that has never seen it, on a slow machine: until the first patient is shown')
  .option('--rounds <n>', 'rounds', count, 10)
  .option('--waiting <n>', 'patients in the queue', count, 500)
  .option('--slower <n>', 'times slower than this machine', count, 4)
  .action(inBrowser(bench<P1Size>('P1', { nurses: 1, ...requestsOnly }, runP1)));

program
  .command('q1')
  .description('a long queue in a browser: a key, a change, a reading, as time of the page')
  .option('--waiting <n>', 'patients in the queue', count, 500)
  .option('--steps <n>', 'key presses; a quarter as many changes and readings', count, 40)
  .option('--slower <list>', 'times slower than this machine, with commas', counts, [1, 4])
  .action(inBrowser(bench<Q1Size>('Q1', { nurses: 2, ...requestsOnly }, runQ1)));

program
  .command('s1')
  .description('processor time of a case as there are more of them, and the memory of a worker while very many wait')
  .option('--cases <list>', 'cases in each stretch, with commas', counts, [100, 1000, 10_000])
  .option('--waiting <n>', 'patients who wait at the end', count, 10_000)
  .action(bench<S1Size>('S1', { nurses: lanes }, runS1));

void program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
