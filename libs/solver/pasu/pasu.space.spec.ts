import { randomPasu } from '../../../test/support/solver/random-pasu';
import { randomOf } from '../random';
import { firstPlanOfDay } from './first-plan';
import { foresightOf, noForesight } from './foresight';
import { knownOn } from './known-on';
import type { PasuPlan, PasuProblem } from './pasu.problem';
import { neighbourhoods, PasuSpace } from './pasu.space';
import { brokenRule } from './pasu.tables';
import { type PasuRule, scorePasu } from './pasu.validator';

/** The problem of a day and a plan of it that the days before have led to. */
const onDay = (seed: number, today: number): { problem: PasuProblem; plan: PasuPlan } => {
  const whole = randomPasu(seed);
  let plan: PasuPlan | undefined;
  for (let day = 0; day <= today; day++) plan = firstPlanOfDay(knownOn(whole, day), day, plan);
  const known = knownOn(whole, today);
  return { problem: known.problem, plan: known.narrowed(plan ?? new Int32Array()) };
};

/** Who finds no bed, and the first four who lie wherever they lie, are the random house's; all else is the search's. */
const expected = (problem: PasuProblem, plan: PasuPlan): { cost: number; rules: PasuRule[] } => {
  const { cost, breaks } = scorePasu(problem, plan);
  const known = breaks.filter(({ rule, where }) => rule === 'notScheduled' || /^patient P[0-3],/.test(where));
  return {
    cost: cost + brokenRule * known.length,
    rules: breaks.filter((found) => !known.includes(found)).map(({ rule }) => rule),
  };
};

const before = (plan: PasuPlan, days: number, today: number): PasuPlan => plan.filter((_, cell) => cell % days < today);

describe('PASU search space', () => {
  it.each(neighbourhoods)('costs after each "%s" what the validator says, and breaks no rule', (kind) => {
    let changes = 0;
    for (let seed = 0; seed < 7; seed++) {
      const today = seed;
      const { problem, plan } = onDay(seed, today);
      const random = randomOf(seed);
      const space = new PasuSpace(problem, today, { plan, foresight: noForesight(problem) });
      for (let step = 0, tries = 0; step < 30 && tries < 600; tries++) {
        const cost = space.cost();
        const difference = space.try(kind, random);
        if (difference === Infinity) continue;
        step++;
        // Every third change is taken back: the next one finds everything as it was.
        if (step % 3 < 2) {
          space.commit();
          changes++;
        }
        const now = space.plan();
        expect(expected(problem, now)).toEqual({ cost: space.cost(), rules: [] });
        expect(space.cost()).toBe(step % 3 < 2 ? cost + difference : cost);
        expect(before(now, problem.days, today)).toEqual(before(plan, problem.days, today));
      }
    }
    expect(changes).toBeGreaterThan(20);
  });

  it('leaves who is in house in house, and nobody without a day who had one', () => {
    const { problem, plan } = onDay(3, 4);
    const space = new PasuSpace(problem, 4, { plan, foresight: foresightOf(problem, 4) });
    const admitted = [...space.trial.house.day];
    const random = randomOf(1);
    for (let step = 0; step < 5000; step++) if (space.propose(random) < Infinity) space.commit();
    for (const [patient, day] of admitted.entries()) {
      const now = space.trial.house.day[patient] ?? -1;
      if (day >= 0) expect(now).toBeGreaterThanOrEqual(0);
      if (day >= 0 && day < 4) expect(now).toBe(day);
      else if (now >= 0) expect(now).toBeGreaterThanOrEqual(4);
    }
  });
});
