import { valueOf } from '../../../test/support/solver/shared-beds';
import { at } from '../arrays';
import { generateHouse, usualHouse } from './generate-house';
import { wardProblem } from './read-ward';
import { arrivals, carryPlan, replanWard, usualReplan } from './replan-ward';
import type { WardHouse } from './ward.contract';
import { judgePlan } from './ward.evaluator';
import type { Placement, WardProblem } from './ward.problem';
import { firstWardPlan } from './ward.solver';

const houseOf = (seed: number): WardHouse => generateHouse({ ...usualHouse, beds: 90, requests: 30, seed });
const problemOf = (house: WardHouse): WardProblem => valueOf(wardProblem(house));

/** The house after each kind of event. */
const events: readonly (readonly [string, (house: WardHouse, plan: readonly Placement[]) => WardHouse])[] = [
  [
    'an arrival',
    (house) => ({
      ...house,
      requests: [{ ...at(house.requests, 0), id: 'new', kind: 'ed-urgent' }, ...house.requests],
    }),
  ],
  [
    'a closed bed',
    (house, plan) => {
      const closed = plan.map(({ bed }) => bed).find((bed) => at(house.beds, bed).state !== 'occupied');
      return {
        ...house,
        beds: house.beds.map((bed, index) =>
          index === closed ? { ...bed, state: 'closed', readyAt: undefined } : bed,
        ),
      };
    },
  ],
  [
    'a delayed discharge',
    (house, plan) => {
      const taken = new Set(plan.map(({ bed }) => at(house.beds, bed).id));
      const late = house.patients.find(({ bed }) => taken.has(bed))?.id;
      const leavesAt = new Date(Date.parse(house.now) + 60 * 3_600_000).toISOString();
      return { ...house, patients: house.patients.map((one) => (one.id === late ? { ...one, leavesAt } : one)) };
    },
  ],
];

describe('planning again', () => {
  it.each(events)(
    'after %s keeps what stands, moves at most five, breaks no rule, and is the same each time',
    (_, event) => {
      for (let seed = 0; seed < 6; seed++) {
        const house = houseOf(seed);
        const before = problemOf(house);
        const plan = firstWardPlan(before);
        const problem = problemOf(event(house, plan));
        const carried = carryPlan(before, plan, problem);
        const wish = seed % 2 === 0 ? usualReplan : { ...usualReplan, focus: arrivals(before, problem) };
        const again = replanWard(problem, carried, wish);
        expect(replanWard(problem, carried, wish)).toEqual(again);
        const verdict = judgePlan(problem, again.plan);
        expect(verdict.placements.flatMap(({ violations }) => violations)).toEqual([]);
        expect(verdict.inHouse).toEqual([]);
        const beds = new Map(again.plan.map(({ person, bed }) => [person, bed]));
        const elsewhere = carried.filter(({ person, bed }) => beds.get(person) !== bed).map(({ person }) => person);
        const awayNow = again.plan
          .map(({ person }) => person)
          .filter((person) => person >= problem.requests && !carried.some((one) => one.person === person));
        expect(again.moved).toEqual([...elsewhere, ...awayNow].toSorted((a, b) => a - b));
        expect(again.moved.length).toBeLessThanOrEqual(5);
      }
    },
  );

  it('changes nothing where nothing happened and everybody has a bed', () => {
    const before = problemOf(generateHouse({ ...usualHouse, occupancy: 0.5, beds: 90, requests: 8, seed: 2 }));
    const plan = firstWardPlan(before);
    expect(plan.length).toBe(8);
    const again = replanWard(before, plan, { ...usualReplan, mostMoved: 0 });
    expect(again.moved).toEqual([]);
    expect(again.plan.map(({ person, bed }) => [person, bed])).toEqual(plan.map(({ person, bed }) => [person, bed]));
  });
});
