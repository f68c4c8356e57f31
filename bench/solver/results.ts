import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BenchId } from './benches';

/** One finished instance, as it stands in `bench/results/solver.jsonl`. */
export interface SolverResult {
  readonly bench: BenchId;
  readonly instance: string;
  readonly problem: string;
  /** Null = no plan was found that breaks no hard rule. */
  readonly cost: number | null;
  readonly parts: Readonly<Record<string, number>>;
  readonly violations: number | null;
  readonly reference: number;
  readonly firstFeasibleMs?: number;
  readonly iterationsPerSecond: number;
  readonly seconds: number;
  /** What it was given, in seconds. */
  readonly limit: number;
  readonly threads: number;
  readonly seed: number;
  readonly rssMb: number;
  readonly hardware: string;
  readonly commit: string;
  /** The tree of the solver's code: results of the same code need not be made again. */
  readonly code: string;
  readonly date: string;
  /** Of the machine when it began, over a minute: above the threads' number, others took their time. */
  readonly load: number;
}

type Key = Pick<SolverResult, 'bench' | 'instance' | 'limit' | 'threads' | 'seed' | 'code'>;

export const readResults = (file: string): SolverResult[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as SolverResult)
    : [];

export const addResult = (file: string, result: SolverResult): void => {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(result)}\n`);
};

const keys = ['bench', 'instance', 'limit', 'threads', 'seed', 'code'] as const;

/** Whether this was run already, with the same code. */
export const isThere = (results: readonly SolverResult[], wanted: Key): boolean =>
  results.some((result) => keys.every((key) => result[key] === wanted[key]));
