import { parentPort, workerData } from 'node:worker_threads';
import { readPas } from '../../libs/solver/pas/read-pas';
import { pasSolver } from '../../libs/solver/pas/pas.solver';

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
parentPort?.postMessage(
  pasSolver.search(problem.value, {
    stage: 0,
    plan: undefined,
    seed,
    thread: 0,
    from: 0,
    to: 1,
    spent: () => (performance.now() - start) / milliseconds,
    onBest: () => undefined,
  }),
);
