import { parentPort, workerData } from 'node:worker_threads';
import { searcherOf } from './crew';
import type { Solver } from './solver';
import { solvers } from './solvers';
import type { ThreadOrder, ThreadTask, ThreadWord } from './threads';

/** A thread of a crew: reads its problem once, then does what it is told. How often a better cost is told, in ms: */
const tellEvery = 50;

const { name, text, stop } = workerData as ThreadTask;
const flag = new Int32Array(stop);
const say = (word: ThreadWord): void => parentPort?.postMessage(word);
const searcher = searcherOf(solvers[name] as Solver<unknown, unknown>, text, () => Atomics.load(flag, 0) === 1);

const obey = async (order: ThreadOrder): Promise<void> => {
  if ('failure' in searcher) return;
  const { first, search, bound } = searcher.value;
  if (order.do === 'first') return say({ done: first(order.stage, order.before) });
  if (order.do === 'bound') return say({ done: await bound() });
  let told = 0;
  const onBest = (cost: number): void => {
    if (performance.now() - told < tellEvery) return;
    told = performance.now();
    say({ better: cost });
  };
  return say({ done: search(order.leg, onBest) });
};

parentPort?.on('message', (order: ThreadOrder) => void obey(order));
say('failure' in searcher ? { failure: searcher.failure } : { stages: searcher.value.stages });
