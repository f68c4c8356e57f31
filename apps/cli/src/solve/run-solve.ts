import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { solve, type Solved, type SolveProgress } from '#libs/solver/engine/solve';
import { clock } from '#libs/solver/engine/solver';
import type { SolverName } from '#libs/solver/engine/solvers';
import type { Reading } from '#libs/solver/failure';
import { boundInThread, crewOfThreads } from '#libs/solver/engine/threads';
import { gapPercent, rounded } from './figures';
import { filesOf, readOrRefuse, textOfFile } from './problem-text';

export interface SolveFlags {
  readonly problem: SolverName;
  readonly in: string;
  readonly out: string;
  readonly seconds: number;
  readonly iterations?: number;
  readonly threads: number;
  readonly seed: number;
  readonly bound?: true;
  readonly progress?: true;
  readonly explain?: string;
}

/** Time kept back for the end of the threads, the validator and the file, in ms. */
const lastWords = 300;

/** Solves a file within its budget and writes the plan; Ctrl-C writes the best so far. */
export const runSolve = async (flags: SolveFlags, command: Command): Promise<void> => {
  const begun = clock();
  const text = textOfFile(flags.in, command);
  const files = filesOf(flags.problem);
  const problem = readOrRefuse(files.read(text), flags.in, command);
  const { solved, bound } = await search(flags, text, { begun, command });
  const seconds = (clock() - begun) / 1000;
  const { plan } = solved;
  if (plan === undefined) process.exitCode = 1;
  else {
    writeFileSync(flags.out, files.writePlan(problem, plan, { seconds, bound }));
    if (flags.explain !== undefined) explain(flags, command, (who) => files.explain?.(problem, plan, who));
  }
  const { cost, parts, violations } = plan === undefined ? noPlan : files.judge(problem, plan);
  const line = {
    problem: flags.problem,
    instance: basename(flags.in).replace(/(\.\w+?)?(\.gz)?$/, ''),
    cost,
    parts,
    violations,
    bound,
    gapPercent: gapPercent(solved.cost, bound),
    firstFeasibleMs: rounded(solved.firstFeasibleMs, 0),
    iterations: solved.iterations,
    iterationsPerSecond: rounded(solved.iterations / seconds, 0),
    seconds: rounded(seconds, 1),
    threads: flags.threads,
    seed: flags.seed,
    rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const explain = (
  { problem, in: file, explain: who = '' }: SolveFlags,
  command: Command,
  lines: (who: string) => Reading<readonly string[]> | undefined,
): void => {
  const nothing = { failure: { place: '--explain', reason: `a plan of ${problem} has no words for its beds` } };
  for (const line of readOrRefuse(lines(who) ?? nothing, file, command)) process.stdout.write(`${line}\n`);
};

/** What is said where nothing was found that breaks no hard rule; a hard rule is never relaxed instead. */
const noPlan = { cost: null, parts: {}, violations: null };

interface Found {
  readonly solved: Solved;
  readonly bound: number | undefined;
}

const search = async (
  flags: SolveFlags,
  text: string,
  { begun, command }: { readonly begun: number; readonly command: Command },
): Promise<Found> => {
  const crew = readOrRefuse(await crewOfThreads(flags.problem, text, { size: flags.threads }), flags.in, command);
  const bounding = flags.bound === true ? boundInThread(flags.problem, text) : undefined;
  let bound: number | undefined;
  const known = bounding?.bound.then(
    (found) => (bound = found),
    // The plan does not depend on the bound, so it is not lost for it.
    (error: unknown) => process.stderr.write(`no bound: ${String(error)}\n`),
  );
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const onProgress = (progress: SolveProgress): void => tell(progress, bound);
  const solved = await solve(crew, {
    seed: flags.seed,
    budget: budgetOf(flags, begun),
    signal: interrupt.signal,
    ...(flags.progress === true ? { onProgress } : {}),
  });
  await crew.close();
  // With iterations the bound is part of the answer; with a clock it is so if it is there in time.
  if (flags.iterations === undefined || interrupt.signal.aborted) bounding?.end();
  await known;
  process.off('SIGINT', stop).off('SIGTERM', stop);
  return { solved, bound };
};

const budgetOf = ({ seconds, iterations }: SolveFlags, begun: number) =>
  iterations === undefined ? { until: begun + seconds * 1000 - lastWords } : { iterations };

const tell = ({ stage, cost, milliseconds }: SolveProgress, bound: number | undefined): void => {
  const line = { stage, cost, bound, gapPercent: gapPercent(cost, bound), seconds: rounded(milliseconds / 1000, 3) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
};
