import { sum } from '../arrays';
import type { Leg, LegReport } from '../engine/solver';
import { randomOf, type Random } from '../random';
import { admitNext, admitOptional, chooseNurses, waitingOf } from './first-plan';
import { IhtcHouse, occupy, planOf } from './ihtc.house';
import type { IhtcPlan, IhtcProblem } from './ihtc.problem';
import { notMade } from './move';
import { NurseMoves } from './nurse-moves';
import { PatientMoves } from './patient-moves';
import { mandatoryAbsence } from './theatre-use';

const checkEvery = 1024;

/** The share of moves that are patients': where the nurses' temperature stands still, and where both fall. */
const patientsAlone = 0.9;
const patientsBeside = 0.7;

/**
 * Temperatures in points of cost. At first an optional patient is sent away in one of 150 proposals; at the end less
 * than the smallest step in the cost of care decides. Nurses never get hotter than half the cost of a mean step in
 * theirs, because they can follow the patients at any time, and their disorder would hide what a bed is worth.
 */
const temperaturesOf = ({ weights }: IhtcProblem): { from: number; to: number; nurses: number } => {
  const { unscheduled_optional, room_nurse_skill, continuity_of_care, nurse_eccessive_workload } = weights;
  const care = [room_nurse_skill, continuity_of_care, nurse_eccessive_workload];
  const to = 0.2 * Math.max(1, Math.min(...care));
  return { from: Math.max(0.2 * unscheduled_optional, 10 * to), to, nurses: (0.5 * sum(care)) / care.length };
};

interface Beginning {
  readonly house: IhtcHouse;
  readonly cost: number;
}

/** Puts a house in order in which mandatory patients may wait yet. */
export const begin = (problem: IhtcProblem, random: Random, mayGoOn: (steps: number) => boolean): Beginning => {
  const house = new IhtcHouse(problem);
  let cost = house.emptyCost;
  const waiting = waitingOf(house);
  for (let steps = 0; waiting.queue.length > 0 && mayGoOn(steps); steps++) cost += admitNext(house, waiting, random);
  cost += chooseNurses(house);
  cost += admitOptional(house, random);
  cost += chooseNurses(house);
  return { house, cost };
};

/** Anneals from a plan, or from one that it finds first; the temperature follows the share of the whole budget. */
export const searchIhtc = (problem: IhtcProblem, leg: Leg<IhtcPlan>): LegReport<IhtcPlan> => {
  const random = randomOf(leg.seed);
  if (leg.plan !== undefined) {
    const house = new IhtcHouse(problem);
    return anneal({ house, cost: occupy(house, leg.plan) }, leg, { random, iterations: 0 });
  }
  let iterations = 0;
  const beginning = begin(problem, random, (steps) => {
    iterations = steps;
    return steps % 16 !== 0 || leg.spent(steps) < leg.to;
  });
  if (beginning.cost >= mandatoryAbsence) return { best: undefined, cost: Infinity, last: undefined, iterations };
  return anneal(beginning, leg, { random, iterations });
};

const anneal = (
  { house, cost: begun }: Beginning,
  leg: Leg<IhtcPlan>,
  { random, iterations: before }: { readonly random: Random; readonly iterations: number },
): LegReport<IhtcPlan> => {
  const { problem, places, nursing } = house;
  const [patients, nurses] = [new PatientMoves(house, random), new NurseMoves(house, random)];
  let [cost, best, iterations] = [begun, begun, before];
  const [bestPlaces, bestNurses] = [places.slice(), nursing.nurse.slice()];
  leg.onBest(best);
  const temperatures = temperaturesOf(problem);
  for (let share = leg.spent(iterations); share < leg.to; share = leg.spent(iterations)) {
    const temperature = temperatures.from * (temperatures.to / temperatures.from) ** share;
    const nursesTemperature = Math.min(temperature, temperatures.nurses);
    const portion = temperature > temperatures.nurses ? patientsAlone : patientsBeside;
    for (let step = 0; step < checkEvery; step++) {
      const draw = -Math.log(1 - random.next());
      const difference =
        random.next() < portion ? patients.attempt(draw * temperature) : nurses.attempt(draw * nursesTemperature);
      if (difference === notMade) continue;
      cost += difference;
      if (cost >= best) continue;
      best = cost;
      bestPlaces.set(places);
      bestNurses.set(nursing.nurse);
      leg.onBest(best);
    }
    iterations += checkEvery;
  }
  return {
    best: planOf(problem, bestPlaces, bestNurses),
    cost: best,
    last: planOf(problem, places, nursing.nurse),
    iterations,
  };
};
