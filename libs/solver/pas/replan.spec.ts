import { randomPas } from '../../../test/support/solver/random-pas';
import { randomOf } from '../random';
import { firstPasPlan } from './first-plan';
import type { PasPlan, PasProblem } from './pas.problem';
import { scorePas } from './pas.validator';
import { costOfReplan, type PasEvent, type PasReplan, replanPas } from './replan';

/** A house with a plan, and something that happens to it. */
interface Case {
  readonly problem: PasProblem;
  readonly plan: PasPlan;
  readonly event: PasEvent;
}

const arrivalIn = (seed: number): Case => {
  const [problem, random] = [randomPas(seed, 40), randomOf(seed)];
  const plan = firstPasPlan(problem);
  const part = random.pick([...plan.keys()]);
  plan[part] = -1;
  return { problem, plan, event: { kind: 'arrival', night: problem.parts.first[part]!, part } };
};

const closedIn = (seed: number): Case => {
  const [problem, random] = [randomPas(seed, 40), randomOf(seed)];
  const plan = firstPasPlan(problem);
  const bed = random.pick([...plan].filter((own) => own >= 0));
  return { problem, plan, event: { kind: 'closed', night: random.below(problem.nights), bed } };
};

const cases = Array.from({ length: 300 }, (_, seed) => (seed % 2 === 0 ? arrivalIn(seed) : closedIn(seed)));

const concerned = ({ problem, plan, event }: Case, part: number): boolean =>
  event.kind === 'arrival' ? part === event.part : plan[part] === event.bed && problem.parts.end[part]! > event.night;

/** What is broken on the nights that are left, the closed bed included. */
const breaksOf = ({ problem, event }: Case, { plan }: PasReplan): unknown[] => {
  const { parts } = problem;
  const first = parts.first.map((own, part) => Math.min(parts.end[part]!, Math.max(event.night, own)));
  const { breaks } = scorePas({ ...problem, parts: { ...parts, first } }, plan);
  const inClosed = [...plan.keys()].filter(
    (part) => event.kind === 'closed' && plan[part] === event.bed && parts.end[part]! > event.night,
  );
  return [...breaks, ...inClosed];
};

describe('re-plan of PAS', () => {
  it('moves no more than five, breaks no rule, and leaves whoever need not move', () => {
    let moved = 0;
    for (const one of cases) {
      const { problem, plan, event } = one;
      const replan = replanPas(problem, plan, event);
      expect(breaksOf(one, replan)).toEqual([]);
      expect(replan.moved.length).toBeLessThanOrEqual(5);
      for (const part of plan.keys()) {
        const change = replan.plan[part] !== plan[part];
        const named = replan.moved.includes(part) || replan.without.includes(part) || concerned(one, part);
        expect(change && !named).toBe(false);
        // Nobody who had a bed loses it for somebody else, and whoever is gone by then is let be.
        if (replan.plan[part]! < 0 && plan[part]! >= 0) expect(concerned(one, part)).toBe(true);
        if (problem.parts.end[part]! <= event.night) expect(change).toBe(false);
      }
      expect(replan.without.every((part) => replan.plan[part]! < 0 && concerned(one, part))).toBe(true);
      moved += replan.moved.filter((part) => !concerned(one, part)).length;
    }
    expect(moved).toBeGreaterThan(20);
  });

  it('gives the same answer again', () => {
    for (const { problem, plan, event } of cases.slice(0, 40))
      expect(replanPas(problem, plan, event)).toEqual(replanPas(problem, plan, event));
  });

  it('costs no more than the best bed that is free', () => {
    let cheaper = 0;
    for (const one of cases.filter(({ event }) => event.kind === 'arrival')) {
      const { problem, plan, event } = one;
      if (event.kind !== 'arrival') continue;
      const cost = costOfReplan(problem, { event, replan: replanPas(problem, plan, event) });
      const direct = [-1, ...problem.beds.room.keys()].map((bed) => {
        const alone = plan.slice();
        alone[event.part] = bed;
        return costOfReplan(problem, { event, replan: { plan: alone, moved: [], without: [] } });
      });
      expect(cost).toBeLessThanOrEqual(Math.min(...direct));
      if (cost < Math.min(...direct)) cheaper++;
    }
    expect(cheaper).toBeGreaterThan(10);
  });
});
