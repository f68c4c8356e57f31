import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LegReport } from '../../libs/solver/engine/solver';
import type { PasPlan } from '../../libs/solver/pas/pas.problem';
import { scorePas } from '../../libs/solver/pas/pas.validator';
import { readPas } from '../../libs/solver/pas/read-pas';
import type { PasTask } from './pas-worker';

export interface SolverPasSize {
  readonly only: readonly string[];
  readonly seconds: number;
  readonly threads: number;
  readonly seed: number;
}

/** Instances with the soft cost of their linear relaxation where every part is placed: no plan costs less. */
const bounds = new Map([
  ['testdata01', 6432],
  ['testdata02', 11101.3],
  ['testdata03', 7410],
  ['testdata04', 11408],
  ['testdata05', 6208],
  ['testdata06', 7864],
]);

export const pasInstances: readonly string[] = [...bounds.keys()];

/** Solves instances of the shared data, one after the other, and says what the validator says of each plan. */
export const runSolverPas = async (size: SolverPasSize, say: (line: string) => void): Promise<void> => {
  const root = process.env['COUNTERSIGN_DATA_DIR'] ?? resolve(process.cwd(), '../shared/data');
  for (const instance of size.only) {
    const file = join(root, 'beds/pas', `${instance}.txt`);
    if (!existsSync(file)) throw new Error(`shared data not found: set COUNTERSIGN_DATA_DIR (no ${file})`);
    say(JSON.stringify(await solveOne(instance, readFileSync(file, 'utf8'), size)));
  }
};

const solveOne = async (instance: string, text: string, { seconds, threads, seed }: SolverPasSize): Promise<object> => {
  const problem = readPas(text);
  if ('failure' in problem) throw new Error(`${problem.failure.place}: ${problem.failure.reason}`);
  const begun = performance.now();
  const tasks = Array.from({ length: threads }, (_, thread) => ({
    text,
    seed: seed + thread,
    milliseconds: seconds * 1000,
  }));
  const solutions = await Promise.all(tasks.map(inThread));
  const best = solutions.reduce((one, other) => (other.cost < one.cost ? other : one));
  const { hard, medium, soft, terms } = scorePas(problem.value, best.best ?? new Int32Array());
  const bound = bounds.get(instance);
  const took = (performance.now() - begun) / 1000;
  const iterations = solutions.reduce((total, solution) => total + solution.iterations, 0);
  return {
    problem: 'pas',
    instance,
    cost: soft,
    parts: { hard, medium, soft, ...terms },
    bound,
    gapPercent: bound === undefined || medium > 0 ? undefined : Number(((100 * (soft - bound)) / bound).toFixed(2)),
    iterations,
    iterationsPerSecond: Math.round(iterations / took),
    seconds: Number(took.toFixed(1)),
    threads,
    seed,
    rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
};

/** One thread's answer; its failure is ours. */
const inThread = (task: PasTask): Promise<LegReport<PasPlan>> =>
  new Promise((done, failed) => {
    const worker = new Worker(join(__dirname, 'pas-worker.js'), { workerData: task });
    worker.once('message', done);
    worker.once('error', failed);
    worker.once('exit', (code) => failed(new Error(`the thread ended with ${code} and no answer`)));
  });
