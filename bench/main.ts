import { Argument, Command, InvalidArgumentError } from 'commander';
import { openBareSides } from './sides/bare.side';
import { openProductSides } from './sides/product.side';
import { atBenchSite, type BenchSite } from './site/bench-site';
import { runW1 } from './w1';
import { runW4 } from './w4';

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number above 0');
  return value;
};

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : value;

interface Flags {
  readonly flows: number;
  readonly rounds: number;
  readonly idle: number;
  readonly decisions: number;
}

const lanes = 16;

/** W1: the whole audited flow beside a bare Temporal flow, interleaved in one run; once by hand, once with drafts. */
const w1 = async (site: BenchSite, { flows, rounds, idle }: Flags): Promise<void> => {
  const product = await openProductSides(site);
  const bare = await openBareSides(site);
  const pids = () => ({ ...site.installation.pids(), 'bare worker': [bare.workerPid], driver: [process.pid] });
  for (const how of ['manual', 'drafted'] as const) {
    await site.ledger.rollOut(how === 'manual' ? 'off' : 'draft');
    const size = { flows, rounds, idleFlows: idle, lanes };
    const result = await runW1({ product: product[how], bare: bare[how], pids }, size, console.log);
    console.log(JSON.stringify({ bench: 'W1', how, ...result }, rounded));
  }
};

/** W4: decisions and forged signals that come before a workflow has had time to look. */
const w4 = async (site: BenchSite, { decisions }: Flags): Promise<void> => {
  await site.ledger.rollOut('off');
  console.log(JSON.stringify({ bench: 'W4', ...(await runW4(site, { decisions, lanes }, console.log)) }));
};

const benches = { w1, w4 } as const;
type BenchName = keyof typeof benches;

const main = async (names: readonly BenchName[], flags: Flags): Promise<void> => {
  for (const name of names) await atBenchSite({ nurses: lanes }, (site) => benches[name](site, flags));
};

const program = new Command('bench')
  .addArgument(new Argument('[names...]', 'which').choices(Object.keys(benches)).default(Object.keys(benches)))
  .option('--flows <n>', 'W1: flows of each side in a round', count, 200)
  .option('--rounds <n>', 'W1: rounds, the two sides in turn', count, 3)
  .option('--idle <n>', 'W1: flows one at a time, for the latency', count, 20)
  .option('--decisions <n>', 'W4: early decisions; a tenth as many patients get forged signals', count, 1000)
  .action(main);

void program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
