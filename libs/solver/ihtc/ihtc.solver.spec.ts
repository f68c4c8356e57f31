import { randomIhtc } from '../../../test/support/solver/random-ihtc';
import { valueOf } from '../../../test/support/solver/shared-beds';
import { smallIhtc } from '../../../test/support/solver/small-ihtc';
import type { Leg, LegReport } from '../engine/solver';
import { randomOf } from '../random';
import { IhtcHouse, occupy, planOf } from './ihtc.house';
import type { IhtcPlan, IhtcProblem } from './ihtc.problem';
import { ihtcSolver } from './ihtc.solver';
import { type IhtcScore, scoreIhtc } from './ihtc.validator';
import { notMade } from './move';
import { NurseMoves } from './nurse-moves';
import { PatientMoves } from './patient-moves';
import { mandatoryAbsence } from './theatre-use';

const planIn = (house: IhtcHouse): IhtcPlan => planOf(house.problem, house.places, house.nursing.nurse);

const stateOf = ({ places, nursing }: IhtcHouse): string => `${places.join()};${nursing.nurse.join()}`;

/** The validator's cost, a mandatory patient who waits counted as the search does; nothing else may be broken. */
const costOf = ({ breaks, cost }: IhtcScore): number => {
  expect(breaks.filter(({ rule }) => rule !== 'mandatoryUnscheduled')).toEqual([]);
  return cost + breaks.length * mandatoryAbsence;
};

const firstOf = (problem: IhtcProblem): IhtcPlan => {
  const plan = ihtcSolver.first(problem, 0, undefined);
  if (plan === undefined) throw new Error('no first plan');
  return plan;
};

const run = (problem: IhtcProblem, budget: number, leg: Partial<Leg<IhtcPlan>> = {}): LegReport<IhtcPlan> =>
  ihtcSolver.search(problem, {
    stage: 0,
    plan: undefined,
    seed: 1,
    thread: 0,
    spent: (iterations) => iterations / budget,
    from: 0,
    to: 1,
    onBest: () => undefined,
    ...leg,
  });

describe('IHTC neighbourhoods', () => {
  it.each([
    ['patients', PatientMoves, 30],
    ['nurses', NurseMoves, 100],
  ] as const)('of %s cost after each change what the validator says, and break no hard rule', (_, Moves, least) => {
    for (let seed = 0; seed < 6; seed++) {
      const random = randomOf(seed);
      const house = new IhtcHouse(randomIhtc(seed));
      let cost = house.emptyCost;
      if (seed % 2 === 1 || Moves === NurseMoves) cost = occupy(house, firstOf(house.problem));
      expect(cost).toBe(costOf(scoreIhtc(house.problem, planIn(house))));
      const moves = new Moves(house, random);
      let changes = 0;
      for (let step = 0; step < 500; step++) {
        const before = stateOf(house);
        // Half of the changes are taken, good or bad: a walk sees what a search avoids, and what it takes back.
        const difference = moves.attempt(random.chance(0.5) ? Infinity : -1);
        if (difference === notMade) {
          expect(stateOf(house)).toBe(before);
          continue;
        }
        changes++;
        cost += difference;
        expect(costOf(scoreIhtc(house.problem, planIn(house)))).toBe(cost);
      }
      expect(changes).toBeGreaterThan(least);
    }
  });

  it('never send away who must be admitted', () => {
    const problem = randomIhtc(1);
    const house = new IhtcHouse(problem);
    occupy(house, firstOf(problem));
    const moves = new PatientMoves(house, randomOf(1));
    for (let step = 0; step < 5000; step++) moves.attempt(Infinity);
    expect(scoreIhtc(problem, planIn(house)).breaks).toEqual([]);
  });
});

describe('IHTC search', () => {
  it('has a first plan that breaks nothing, the same each time', () => {
    for (let seed = 0; seed < 6; seed++) {
      const problem = randomIhtc(seed);
      const plan = firstOf(problem);
      expect(scoreIhtc(problem, plan).breaks).toEqual([]);
      expect(ihtcSolver.cost(problem, 0, plan)).toBe(scoreIhtc(problem, plan).cost);
      expect(firstOf(problem)).toEqual(plan);
    }
  });

  it('gives one answer for one seed and budget, another for another seed', () => {
    const problem = randomIhtc(3);
    const [one, again, other] = [run(problem, 20_000), run(problem, 20_000), run(problem, 20_000, { seed: 2 })];
    expect(again).toEqual(one);
    expect(other.last).not.toEqual(one.last);
    expect(one.iterations).toBeGreaterThanOrEqual(20_000);
  });

  it('improves every first plan, breaks nothing and reports each better plan', () => {
    for (let seed = 0; seed < 3; seed++) {
      const problem = randomIhtc(seed);
      const plan = firstOf(problem);
      const seen: number[] = [];
      const { best, cost } = run(problem, 30_000, { plan, onBest: (found) => seen.push(found) });
      expect(cost).toBeLessThan(ihtcSolver.cost(problem, 0, plan));
      expect(best && scoreIhtc(problem, best)).toMatchObject({ cost, breaks: [] });
      expect(seen).toEqual(seen.toSorted((a, b) => b - a));
      expect(seen.at(-1)).toBe(cost);
    }
  });

  it('never loses the plan that a leg begins with', () => {
    const problem = randomIhtc(2);
    const { best, cost } = run(problem, 30_000);
    const next = run(problem, 30_000, best === undefined ? {} : { plan: best, from: 0, to: 0.1 });
    expect(next.cost).toBeLessThanOrEqual(cost);
    expect(next.best && scoreIhtc(problem, next.best)).toMatchObject({ cost: next.cost, breaks: [] });
  });

  it('finds no plan where a mandatory patient cannot be admitted, and ends', () => {
    const file = smallIhtc();
    file.patients[0]!.surgery_duration = 1000;
    const problem = valueOf(ihtcSolver.read(JSON.stringify(file)));
    expect(ihtcSolver.first(problem, 0, undefined)).toBeUndefined();
    expect(run(problem, 1000)).toMatchObject({ best: undefined, cost: Infinity, last: undefined });
  });

  it('plans the nurses of a house without patients', () => {
    const problem = randomIhtc(1, 0);
    expect(run(problem, 2000).cost).toBeLessThanOrEqual(ihtcSolver.cost(problem, 0, firstOf(problem)));
  });

  it('counts a horizon of one stage', () => {
    expect(ihtcSolver.stages(randomIhtc(1))).toBe(1);
  });
});
