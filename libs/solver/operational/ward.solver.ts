import { at, sum } from '../arrays';
import type { Leg, LegReport, Solver } from '../engine/solver';
import { type Random, randomOf } from '../random';
import { readWard } from './read-ward';
import { unplacedPrices } from './unplaced-price';
import { judgePlan } from './ward.evaluator';
import { wardBound } from './ward-bound';
import { WardMoves } from './ward.moves';
import type { Placement, WardProblem } from './ward.problem';
import { WardState } from './ward.state';
import { tablesOf } from './ward.tables';
import { requestKinds } from './ward.contract';

/** Who is placed where and when; patients in house who are not named stay. In the order of people. */
export type WardPlan = readonly Placement[];

/** The most pressing first: by kind, then by the time until which a bed is of use, then by readiness. */
export const byPriority = ({ house, latest, ready }: WardProblem): number[] =>
  [...house.requests.keys()].toSorted(
    (a, b) =>
      requestKinds.indexOf(at(house.requests, a).kind) - requestKinds.indexOf(at(house.requests, b).kind) ||
      at(latest, a) - at(latest, b) ||
      at(ready, a) - at(ready, b) ||
      a - b,
  );

/** A plan in milliseconds: the most pressing request first, each into the bed that costs least with what is planned. */
export const firstWardPlan = (problem: WardProblem): WardPlan => {
  const state = new WardState(tablesOf(problem), []);
  const moves = new WardMoves(state, 0);
  for (const person of byPriority(problem)) moves.settle(person, Infinity);
  return state.plan();
};

/** Points by the evaluator, and the price of each request without a bed; infinite where a hard rule is broken. */
export const wardCost = (problem: WardProblem, plan: WardPlan): number => {
  const verdict = judgePlan(problem, plan);
  if (verdict.placements.some(({ violations }) => violations.length > 0)) return Infinity;
  const prices = unplacedPrices(problem);
  return verdict.total + sum(verdict.unplaced.map((person) => at(prices, person)));
};

/** Points of the temperature: a wish or two at first, less than the smallest one at the end. */
const [hottest, coldest] = [40, 0.5];
const checkEvery = 256;

const searchWard = (problem: WardProblem, leg: Leg<WardPlan>): LegReport<WardPlan> => {
  const state = new WardState(tablesOf(problem), leg.plan ?? firstWardPlan(problem));
  const moves = new WardMoves(state, Infinity);
  const random: Random = randomOf(leg.seed);
  let best = state.plan();
  let cost = state.cost;
  let iterations = 0;
  for (let share = leg.from; share < leg.to; share = leg.spent(iterations)) {
    const temperature = hottest * (coldest / hottest) ** share;
    for (let step = 0; step < checkEvery; step++) {
      const difference = moves.propose(random);
      if (difference > -temperature * Math.log(1 - random.next())) moves.rollback();
      else if (state.cost < cost - 1e-6) {
        cost = state.cost;
        best = state.plan();
        leg.onBest(cost);
      }
    }
    iterations += checkEvery;
  }
  return { best, cost, last: state.plan(), iterations };
};

/** The operational problem for the engine: one stage, a plan of placements. */
export const wardSolver: Solver<WardProblem, WardPlan> = {
  read: readWard,
  stages: () => 1,
  first: (problem) => firstWardPlan(problem),
  cost: (problem, _, plan) => wardCost(problem, plan),
  search: searchWard,
  bound: async (problem) => wardBound(problem),
};
