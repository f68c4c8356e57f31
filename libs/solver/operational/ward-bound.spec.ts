import { valueOf } from '../../../test/support/solver/shared-beds';
import { at } from '../arrays';
import { iterationBudget } from '../search/search';
import { generateHouse, pressedHouse } from './generate-house';
import { wardProblem } from './read-ward';
import { wardBound } from './ward-bound';
import type { WardProblem } from './ward.problem';
import { firstWardPlan, wardCost, wardSolver } from './ward.solver';
import { WardState } from './ward.state';
import { tablesOf } from './ward.tables';

const tiny = (seed: number): WardProblem =>
  valueOf(wardProblem(generateHouse({ ...pressedHouse, leaving: 60, beds: 4, requests: 3, seed })));

/** The cheapest plan whose starts are whole hours of a grid, by trying every one of them. */
const cheapest = (problem: WardProblem): number => {
  const state = new WardState(tablesOf(problem), []);
  const place = (person: number): number => {
    if (person < 0) return state.cost;
    let best = place(person - 1);
    const { beds } = state.tables.openOf(person);
    if (person >= problem.requests && !('movable' in at(problem.people, person) && movable(problem, person)))
      return best;
    for (const bed of beds)
      for (let start = at(problem.ready, person); start <= problem.house.horizonHours; start += 6) {
        const begins = state.earliest(person, bed, start);
        if (begins === Infinity) break;
        state.put(person, bed, begins);
        best = Math.min(best, place(person - 1));
        state.take(person);
        start = Math.max(start, begins);
      }
    return best;
  };
  return place(problem.people.length - 1);
};

const movable = (problem: WardProblem, person: number): boolean =>
  problem.house.patients[person - problem.requests]?.movable === true;

describe('bound of the ward', () => {
  it('is never above the cheapest of all plans of tiny houses', () => {
    let raised = 0;
    for (let seed = 0; seed < 12; seed++) {
      const problem = tiny(seed);
      const bound = wardBound(problem, { steps: 20 });
      expect(bound).toBeLessThanOrEqual(cheapest(problem) + 1e-6);
      raised += Number(bound > 0);
    }
    expect(raised).toBeGreaterThan(6);
  });

  it('is never above a plan, and says that some requests cannot be placed', () => {
    for (let seed = 0; seed < 2; seed++) {
      const problem = valueOf(wardProblem(generateHouse({ ...pressedHouse, beds: 60, requests: 30, seed })));
      const first = firstWardPlan(problem);
      const spent = iterationBudget(5000);
      const { best, cost } = wardSolver.search(problem, {
        stage: 0,
        plan: first,
        seed: 1,
        thread: 0,
        spent,
        from: 0,
        to: 1,
        onBest: () => undefined,
      });
      expect(wardCost(problem, best ?? [])).toBeCloseTo(cost, 6);
      expect(cost).toBeLessThanOrEqual(wardCost(problem, first) + 1e-6);
      const bound = wardBound(problem, { steps: 20 });
      expect(bound).toBeGreaterThan(0);
      expect(bound).toBeLessThanOrEqual(cost);
    }
  });
});
