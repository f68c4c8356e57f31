import { Command, InvalidArgumentError } from 'commander';
import { openBareSides } from './sides/bare.side';
import { openProductSides } from './sides/product.side';
import { atBenchSite } from './site/bench-site';
import { runW1, type W1Size } from './w1';

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number above 0');
  return value;
};

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : value;

/** W1: the whole audited flow beside a bare Temporal flow, interleaved in one run; once by hand, once with drafts. */
const main = async (size: W1Size): Promise<void> => {
  await atBenchSite({ nurses: size.lanes }, async (site) => {
    const product = await openProductSides(site);
    const bare = await openBareSides(site);
    const pids = () => ({ ...site.installation.pids(), 'bare worker': [bare.workerPid], driver: [process.pid] });
    for (const how of ['manual', 'drafted'] as const) {
      await site.ledger.rollOut(how === 'manual' ? 'off' : 'draft');
      const result = await runW1({ product: product[how], bare: bare[how], pids }, size, console.log);
      console.log(JSON.stringify({ bench: 'W1', how, ...result }, rounded));
    }
  });
};

const program = new Command('bench')
  .option('--flows <n>', 'flows of each side in a round', count, 200)
  .option('--rounds <n>', 'rounds, the two sides in turn', count, 3)
  .option('--idle <n>', 'flows one at a time, for the latency', count, 20)
  .action(({ flows, rounds, idle }: { flows: number; rounds: number; idle: number }) =>
    main({ flows, rounds, idleFlows: idle, lanes: 16 }),
  );

void program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
