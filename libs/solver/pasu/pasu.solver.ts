import type { Leg, LegReport, Solver } from '../engine/solver';
import { search } from '../search/search';
import { firstPlanOfDay, planningDays } from './first-plan';
import { foresightOf } from './foresight';
import { knownOn } from './known-on';
import type { PasuPlan, PasuProblem } from './pasu.problem';
import { PasuSpace } from './pasu.space';
import { readPasu } from './read-pasu';

/** Temperatures in points of cost at the beginning and at the end of each day. */
const heat = { from: 30, to: 1 };

const temperature = (share: number): number => heat.from * (heat.to / heat.from) ** Math.min(1, share);

const spaceOf = (problem: PasuProblem, today: number, plan: PasuPlan): PasuSpace => {
  const known = knownOn(problem, today);
  return new PasuSpace(known.problem, today, {
    plan: known.narrowed(plan),
    foresight: foresightOf(known.problem, today),
  });
};

const searchDay = (problem: PasuProblem, leg: Leg<PasuPlan>): LegReport<PasuPlan> => {
  const { stage, from, to } = leg;
  const known = knownOn(problem, stage);
  const start = leg.plan ?? firstPlanOfDay(known, stage, undefined);
  const space = spaceOf(problem, stage, start);
  const best = space.plan();
  const report = search(space, {
    seed: leg.seed,
    acceptance: { kind: 'annealing', from: temperature(from), to: temperature(to) },
    spent: (iterations) => (leg.spent(iterations) - from) / Math.max(Number.EPSILON, to - from),
    onBest: (cost) => {
      best.set(space.trial.house.rows);
      leg.onBest(cost);
    },
  });
  return {
    best: known.widened(best),
    cost: report.best,
    last: known.widened(space.plan()),
    iterations: report.iterations,
  };
};

/** Dynamic PASU for the engine: a stage is a day, on which nobody is known who is registered later. */
export const pasuSolver: Solver<PasuProblem, PasuPlan> = {
  read: readPasu,
  stages: planningDays,
  first: (problem, stage, before) => firstPlanOfDay(knownOn(problem, stage), stage, before),
  cost: (problem, stage, plan) => spaceOf(problem, stage, plan).cost(),
  search: searchDay,
};
