import { countOf } from '../../../test/support/counts';
import { valueOf } from '../../../test/support/solver/shared-beds';
import { at, sum } from '../arrays';
import { randomOf } from '../random';
import { iterationBudget } from '../search/search';
import { generateHouse, usualHouse } from './generate-house';
import { wardProblem } from './read-ward';
import { judgePlan } from './ward.evaluator';
import { WardMoves } from './ward.moves';
import type { WardProblem } from './ward.problem';
import { firstWardPlan, wardCost, wardSolver } from './ward.solver';
import { tablesOf } from './ward.tables';
import { WardState } from './ward.state';

const houses = (count: number, change: (seed: number) => Partial<Parameters<typeof generateHouse>[0]>): WardProblem[] =>
  Array.from({ length: count }, (_, seed) =>
    valueOf(wardProblem(generateHouse({ ...usualHouse, beds: 60, requests: 25, seed, ...change(seed) }))),
  );

/** What the evaluator says of a state, with the prices of who has no bed. */
const judged = (problem: WardProblem, state: WardState): number => {
  const verdict = judgePlan(problem, state.plan());
  expect(verdict.placements.flatMap(({ violations }) => violations)).toEqual([]);
  expect(verdict.inHouse).toEqual([]);
  return verdict.total + sum(verdict.unplaced.map((person) => at(tablesOf(problem).prices, person)));
};

describe('search of the ward', () => {
  it('breaks no hard rule and costs what the evaluator says after every change of random walks', () => {
    for (const problem of houses(12, (seed) => ({ occupancy: 0.6 + 0.03 * seed }))) {
      const state = new WardState(tablesOf(problem), []);
      const moves = new WardMoves(state, 8);
      const random = randomOf(problem.requests);
      let made = 0;
      for (let step = 0; step < 400; step++) {
        const before = state.cost;
        const difference = moves.propose(random);
        if (difference === Infinity) {
          expect(state.cost).toBe(before);
          continue;
        }
        expect(state.cost - before).toBeCloseTo(difference, 6);
        if (difference > 0 && random.chance(0.8)) moves.rollback();
        else made++;
        if (step % 4 === 0) expect(state.cost).toBeCloseTo(judged(problem, state), 6);
      }
      expect(made).toBeGreaterThan(20);
    }
  });

  it('begins with a plan that places whom it can', () => {
    for (const problem of houses(6, () => ({ occupancy: 0.7 }))) {
      const plan = firstWardPlan(problem);
      expect(plan.length).toBeGreaterThan(problem.requests / 2);
      judged(problem, new WardState(tablesOf(problem), plan));
    }
  });

  it('breaks no hard rule in random houses, and with the same seed and budget gives the same plan', () => {
    for (let seed = 0; seed < countOf('ward houses'); seed++) {
      const wish = { beds: 10, requests: 5, seed, occupancy: 0.5 + (seed % 5) / 10 };
      const problem = valueOf(wardProblem(generateHouse({ ...usualHouse, ...wish })));
      const leg = { stage: 0, plan: undefined, seed, thread: 0, from: 0, to: 1, onBest: () => undefined };
      const found = wardSolver.search(problem, { ...leg, spent: iterationBudget(256) });
      judged(problem, new WardState(tablesOf(problem), found.best ?? []));
      expect(wardCost(problem, found.best ?? [])).toBeCloseTo(found.cost, 6);
      if (seed % 50 === 0) expect(wardSolver.search(problem, { ...leg, spent: iterationBudget(256) })).toEqual(found);
    }
  });
});
