import { type Command, InvalidArgumentError, Option } from 'commander';
import { problemFiles, type ProblemName } from '#libs/solver/engine/problem-files';
import { runSolve, type SolveFlags } from '../solve/run-solve';
import { runSolveCheck } from '../solve/run-solve-check';
import { runSolveGenerate } from '../solve/run-solve-generate';

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number from 0');
  return value;
};

const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0) || value === Infinity) throw new InvalidArgumentError('a number above 0');
  return value;
};

const problemNames = Object.keys(problemFiles) as ProblemName[];
const problemOption = (): Option =>
  new Option('--problem <name>', 'which problem the file holds').choices(problemNames).makeOptionMandatory();

/** Adds `solve`, `solve-check` and `solve-generate`: the bed optimiser without the product around it. */
export const registerSolve = (program: Command): void => {
  program
    .command('solve')
    .description('plan beds by the optimiser; prints one JSON line')
    .addOption(problemOption())
    .requiredOption('--in <file>', 'the problem, plain or gzip')
    .requiredOption('--out <file>', 'where the plan goes')
    .addOption(new Option('--seconds <n>', 'time for everything, reading included').argParser(positive).default(60))
    .addOption(
      new Option('--iterations <n>', 'iterations of each thread in place of time: the same answer on every machine')
        .argParser(positive)
        .conflicts('seconds'),
    )
    .option('--threads <n>', 'threads that search', positive, 2)
    .option('--seed <n>', 'decides all chance', wholeNumber, 1)
    .option('--bound', 'reckon a proven lower bound as well')
    .option('--explain <patient>', 'ward: the best beds for somebody, with what each constraint costs, in words')
    .option('--progress', 'a JSON line on stderr for each better cost')
    .action((flags: SolveFlags, command: Command) => runSolve(flags, command));
  program
    .command('solve-check')
    .description('judge a plan by the validator alone; prints one JSON line')
    .addOption(problemOption())
    .requiredOption('--in <file>', 'the problem, plain or gzip')
    .requiredOption('--solution <file>', 'the plan, plain or gzip')
    .action(runSolveCheck);
  program
    .command('solve-generate')
    .description('make a synthetic hospital for `solve --problem ward`')
    .requiredOption('--beds <n>', '50 to 5000', positive)
    .requiredOption('--requests <n>', 'people who ask for a bed', wholeNumber)
    .option('--occupancy <share>', 'beds that are taken, from 0 to 1', Number, 0.9)
    .option('--seed <n>', 'the same seed makes the same hospital', wholeNumber, 1)
    .requiredOption('--out <file>', 'where the hospital goes')
    .action(runSolveGenerate);
};
