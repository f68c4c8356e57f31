import { pasBound } from '../bound/pas-bound';
import type { Solver } from '../engine/solver';
import { search } from '../search/search';
import { firstPasPlan } from './first-plan';
import type { PasPlan, PasProblem } from './pas.problem';
import { nightPrice } from './night-price';
import { pasSpace } from './pas.space';
import { scorePas } from './pas.validator';
import { readPas } from './read-pas';

/** PAS by annealing; a cost is that of {@link nightPrice}, medium before soft. */
export const pasSolver: Solver<PasProblem, PasPlan> = {
  read: readPas,
  stages: () => 1,
  first: (problem) => firstPasPlan(problem),
  cost: (problem, _, plan) => {
    const { hard, medium, soft } = scorePas(problem, plan);
    return hard > 0 ? Infinity : nightPrice(problem) * medium + soft;
  },
  bound: pasBound,
  search: (problem, { plan: start = firstPasPlan(problem), spent, to, from, seed, onBest }) => {
    const space = pasSpace(problem, start);
    if (start.length === 0) return { best: start, last: start, cost: 0, iterations: 0 };
    const temperature = (share: number): number => 30 * (1 / 30) ** share;
    const report = search(space, {
      seed,
      acceptance: { kind: 'annealing', from: temperature(from), to: temperature(to) },
      spent: (iterations) => (spent(iterations) - from) / (to - from),
      onBest: (cost) => {
        space.keep();
        onBest(cost);
      },
    });
    return { best: space.kept(), cost: report.best, last: space.plan(), iterations: report.iterations };
  },
};
