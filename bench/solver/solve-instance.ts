import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SolverResult } from './results';

export interface InstanceWish {
  readonly problem: string;
  readonly file: string;
  readonly seconds: number;
  readonly threads: number;
  readonly seed: number;
}

/** What is known of a solved instance before it is compared. */
export type SolvedLine = Omit<
  SolverResult,
  'bench' | 'reference' | 'limit' | 'hardware' | 'commit' | 'code' | 'date' | 'load'
>;

/** Solves a file by the command line, in a process of its own, and gives its line. */
export const solveInstance = async (wish: InstanceWish): Promise<SolvedLine> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-solver-'));
  const flags = { problem: wish.problem, in: wish.file, out: join(folder, 'plan'), ...numbersOf(wish) };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const program = ['--conditions=dist', join(process.cwd(), 'dist/apps/cli/src/main.js'), 'solve'];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [...program, ...args]).catch(withPlan);
    return JSON.parse(stdout) as SolvedLine;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const numbersOf = ({ seconds, threads, seed }: InstanceWish) => ({ seconds, threads, seed });

/** Exit code 1 says that there is no plan, and still has its line; all else is a failure of the bench. */
const withPlan = (error: { code?: unknown; stdout?: string }): { stdout: string } => {
  if (error.code === 1 && error.stdout !== undefined && error.stdout !== '') return { stdout: error.stdout };
  throw error;
};
