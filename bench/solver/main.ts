import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parse } from 'csv-parse/sync';
import { format } from 'prettier';
import { type BenchId, benches, benchIds, type BenchInstance, type BenchMode, type SharedBeds } from './benches';
import { addResult, isThere, readResults, type SolverResult } from './results';
import { type Figures, replanPasTimes, replanWardTimes, wardTimes } from './replan-times';
import { solveBaseline } from './solve-baseline';
import { solveInstance } from './solve-instance';
import { gapOf, tablesOf, withTables } from './tables';

/** The benches of the optimiser: each finished instance is a line of the results, and the tables are made of them. */
const resultsFile = 'bench/results/solver.jsonl';
const timesFile = 'bench/results/solver-times.jsonl';
const page = 'docs/performance.md';

interface Flags {
  readonly mode: BenchMode;
  readonly bench: readonly BenchId[];
  readonly only?: readonly string[];
  readonly seed: number;
  readonly again?: true;
}

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** What was run: results of code that is not committed are told apart by a plus. */
const codeOf = (): string =>
  git('rev-parse', '--short', 'HEAD:libs/solver') + (git('status', '--porcelain', 'libs/solver') === '' ? '' : '+');

const standing = () => ({
  hardware: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
  commit: git('rev-parse', '--short', 'HEAD'),
  code: codeOf(),
});

const sharedRoot = (): string => {
  const root = process.env['COUNTERSIGN_DATA_DIR'] ?? resolve(process.cwd(), '../shared/data');
  if (existsSync(join(root, 'beds'))) return root;
  throw new Error(`shared data not found: set COUNTERSIGN_DATA_DIR (no beds in ${root})`);
};

const run = async ({ mode, bench: chosen, only, seed, again }: Flags): Promise<void> => {
  const root = sharedRoot();
  const data: SharedBeds = { rows: (file) => parse(readFileSync(join(root, file)), { columns: true, bom: true }) };
  for (const bench of chosen) {
    const { instances, quick } = benches[bench];
    const wanted = only ?? (mode === 'quick' ? quick : undefined);
    for (const instance of instances(data))
      if (wanted?.includes(instance.id) ?? true) await runInstance({ bench, instance, root }, { mode, seed, again });
  }
  const written = withTables(readFileSync(page, 'utf8'), tablesOf(readResults(resultsFile)));
  writeFileSync(page, await format(written, { parser: 'markdown', printWidth: 120 }));
};

interface Place {
  readonly bench: BenchId;
  readonly instance: BenchInstance;
  readonly root: string;
}

const runInstance = async (
  place: Place,
  { mode, seed, again }: Pick<Flags, 'mode' | 'seed' | 'again'>,
): Promise<void> => {
  const { bench, instance, root } = place;
  const { problem, threads, seconds, by } = benches[bench];
  const where = standing();
  const key = { bench, instance: instance.id, limit: seconds[mode], threads, seed, code: where.code };
  if (again !== true && isThere(readResults(resultsFile), key)) {
    console.log(`${bench} ${instance.id}: there already`);
    return;
  }
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
  const wish = { problem, file: join(root, instance.file), seconds: seconds[mode], threads, seed };
  const line = by === 'baseline' ? solveBaseline(wish) : await solveInstance(wish);
  const result: SolverResult = {
    ...line,
    ...where,
    ...key,
    reference: instance.reference,
    date: new Date().toISOString(),
    load,
  };
  addResult(resultsFile, result);
  console.log(`${bench} ${instance.id}: ${result.cost ?? 'no plan'}, ${gapOf(result).toFixed(2)} %`);
};

const benchList = (text: string): BenchId[] =>
  text.split(',').map((name) => {
    const id = benchIds.find((one) => one === name);
    if (id === undefined) throw new InvalidArgumentError(`one of ${benchIds.join(', ')}`);
    return id;
  });

const times = async ({ seconds, events }: { seconds: number; events: number }): Promise<void> => {
  const root = sharedRoot();
  const { hardware, commit, code } = standing();
  const say = (bench: string, instance: string, figures: Figures): void => {
    const line = JSON.stringify({
      bench,
      instance,
      ...figures,
      hardware,
      commit,
      code,
      date: new Date().toISOString(),
    });
    appendFileSync(timesFile, `${line}\n`);
    console.log(line);
  };
  for (const { id, file } of benches.B2.instances())
    say('B3', id, await replanPasTimes(readFileSync(join(root, file), 'utf8'), { events, seconds }));
  say('B3', 'house of 1,500 beds', await replanWardTimes({ events, seconds }));
  say('B5', 'house of 1,500 beds', await wardTimes({ seconds: 10 }));
};

const program = new Command('bench:solver')
  .description('the benches of the bed optimiser; what is there already for the same code is not run again')
  .addOption(new Option('--mode <mode>', 'ten minutes or six hours').choices(['quick', 'full']).default('quick'))
  .addOption(new Option('--bench <ids>', 'some benches').argParser(benchList).default(benchIds, 'all'))
  .option('--only <instances>', 'some instances', (text) => text.split(','))
  .option('--seed <n>', 'decides all chance', Number, 1)
  .option('--again', 'also what is there already')
  .action(run);
program
  .command('times')
  .description('B3 and B5: how quickly a house is planned again, a first plan is there and beds are ranked')
  .option('--seconds <n>', 'for the plan that stands before an event', Number, 60)
  .option('--events <n>', 'for each house', Number, 50)
  .action(times);
void program.parseAsync();
