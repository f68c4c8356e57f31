import { add, at, sum } from '../arrays';
import { pasBound } from '../bound/pas-bound';
import type { Solver } from '../engine/solver';
import { search } from '../search/search';
import { firstPasPlan } from './first-plan';
import type { PasPlan, PasProblem } from './pas.problem';
import { nightPrice } from './night-price';
import { pasSpace } from './pas.space';
import { tablesOf } from './pas.tables';
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
    if (start.length === 0) return { best: start, last: start, cost: 0, iterations: 0 };
    const { night, temperature } = heatOf(problem);
    const space = pasSpace(problem, start, night);
    let best = space.trueCost();
    const { iterations } = search(space, {
      seed,
      acceptance: { kind: 'annealing', from: temperature(from), to: temperature(to) },
      spent: (done) => (spent(done) - from) / (to - from),
      onBest: () => {
        const cost = space.trueCost();
        if (cost >= best) return;
        best = cost;
        space.keep();
        onBest(cost);
      },
    });
    return { best: space.kept(), cost: best, last: space.plan(), iterations };
  },
};

interface Heat {
  /** What a night without a bed costs while the search goes on: less than its true price, or it would never be given up. */
  readonly night: number;
  /** The temperature when so much of the search is over. */
  readonly temperature: (share: number) => number;
}

/**
 * Temperatures follow from the house: a mean stay at four points a night at first, at a quarter of a point at the end. A
 * house that is asked for more than it has begins where nights are given and taken: who lies there at all is settled
 * first, as it cools, and then where.
 */
const heatOf = (problem: PasProblem): Heat => {
  const { first, end } = problem.parts;
  const stay = (sum(end) - sum(first)) / first.length;
  const night = 10 * Math.max(1, tablesOf(problem).byCost.dearest);
  const [hot, cold] = [isCrowded(problem) ? 1.5 * night : 4 * stay, stay / 4];
  return { night, temperature: (share) => hot * (cold / hot) ** share };
};

/** Whether more beds are asked for on some night than there are. */
const isCrowded = ({ nights, parts, beds }: PasProblem): boolean => {
  const asked = new Int32Array(nights);
  for (const [part, first] of parts.first.entries())
    for (let night = first; night < at(parts.end, part); night++) add(asked, night, 1);
  return asked.some((count) => count > beds.room.length);
};
