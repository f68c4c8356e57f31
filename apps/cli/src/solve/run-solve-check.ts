import type { Command } from 'commander';
import type { ProblemName } from '#libs/solver/engine/problem-files';
import { filesOf, readOrRefuse, textOfFile } from './problem-text';

interface CheckFlags {
  readonly problem: ProblemName;
  readonly in: string;
  readonly solution: string;
}

/** Judges a plan by nothing but the problem; exit code 1 where it breaks a hard rule. */
export const runSolveCheck = (flags: CheckFlags, command: Command): void => {
  const files = filesOf(flags.problem);
  const problem = readOrRefuse(files.read(textOfFile(flags.in, command)), flags.in, command);
  const plan = readOrRefuse(files.readPlan(problem, textOfFile(flags.solution, command)), flags.solution, command);
  const { cost, parts, violations, breaks } = files.judge(problem, plan);
  process.stdout.write(`${JSON.stringify({ problem: flags.problem, cost, parts, violations, breaks })}\n`);
  if (violations > 0) process.exitCode = 1;
};
