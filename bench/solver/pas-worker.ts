import { parentPort, workerData } from 'node:worker_threads';
import { readPas } from '../../libs/solver/pas/read-pas';
import { solvePas } from '../../libs/solver/pas/solve-pas';

/** What a thread is given: the instance as text, its own seed, and its time. */
export interface PasTask {
  readonly text: string;
  readonly seed: number;
  readonly milliseconds: number;
}

const { text, seed, milliseconds } = workerData as PasTask;
const problem = readPas(text);
if ('failure' in problem) throw new Error(`${problem.failure.place}: ${problem.failure.reason}`);
const start = performance.now();
parentPort?.postMessage(solvePas(problem.value, { seed, spent: () => (performance.now() - start) / milliseconds }));
