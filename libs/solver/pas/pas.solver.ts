import type { Solver } from '../engine/solver';
import { search } from '../search/search';
import { firstPasPlan } from './first-plan';
import type { PasPlan, PasProblem } from './pas.problem';
import { pasSpace } from './pas.space';
import { readPas } from './read-pas';

export const pasSolver: Solver<PasProblem, PasPlan> = {
  read: readPas,
  stages: () => 1,
  first: (problem) => firstPasPlan(problem),
  cost: (problem, _, plan) => pasSpace(problem, plan).cost(),
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
