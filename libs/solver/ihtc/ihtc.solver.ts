import type { Solver } from '../engine/solver';
import { randomOf } from '../random';
import { begin, searchIhtc } from './annealing';
import { planOf } from './ihtc.house';
import type { IhtcPlan, IhtcProblem } from './ihtc.problem';
import { scoreIhtc } from './ihtc.validator';
import { readIhtc } from './read-ihtc';
import { mandatoryAbsence } from './theatre-use';

/** Admissions tried for a first plan: some tenths of a second; a house that needs more is left to the search. */
const firstSteps = 2000;

/** IHTC-2024 for the engine: the whole horizon is known at once. */
export const ihtcSolver: Solver<IhtcProblem, IhtcPlan> = {
  read: readIhtc,
  stages: () => 1,
  first: (problem) => {
    const { house, cost } = begin(problem, randomOf(1), (steps) => steps < firstSteps);
    return cost >= mandatoryAbsence ? undefined : planOf(problem, house.places, house.nursing.nurse);
  },
  cost: (problem, _, plan) => {
    const { breaks, cost } = scoreIhtc(problem, plan);
    return breaks.length > 0 ? Infinity : cost;
  },
  search: searchIhtc,
};
