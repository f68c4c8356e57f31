import { randomPasu } from '../../../test/support/solver/random-pasu';
import type { Leg } from '../engine/solver';
import { knownOn } from './known-on';
import type { PasuPlan, PasuProblem } from './pasu.problem';
import { pasuSolver } from './pasu.solver';
import { brokenRule } from './pasu.tables';
import { scorePasu } from './pasu.validator';

const legOf = (stage: number, plan: PasuPlan, change: Partial<Leg<PasuPlan>> = {}): Leg<PasuPlan> => ({
  stage,
  plan,
  seed: 7 + stage,
  thread: 0,
  spent: (iterations) => iterations / 8192,
  from: 0,
  to: 1,
  onBest: () => undefined,
  ...change,
});

/** The plan at the end of each day. */
const plansOf = (problem: PasuProblem): PasuPlan[] => {
  const plans: PasuPlan[] = [];
  for (let stage = 0; stage < pasuSolver.stages(problem); stage++) {
    const first = pasuSolver.first(problem, stage, plans.at(-1)) ?? new Int32Array();
    plans.push(pasuSolver.search(problem, legOf(stage, first)).best ?? first);
  }
  return plans;
};

const firstPlans = (problem: PasuProblem): PasuPlan => {
  let plan: PasuPlan | undefined;
  for (let stage = 0; stage < pasuSolver.stages(problem); stage++) plan = pasuSolver.first(problem, stage, plan);
  return plan ?? new Int32Array();
};

/** The same patients until a day; who is registered later is somebody else, comes at another time, or not at all. */
const otherwiseAfter = (problem: PasuProblem, day: number): PasuProblem => {
  const { patients } = problem;
  const later = (patient: number): boolean => (patients.registration[patient] ?? 0) > day;
  return {
    ...problem,
    patients: {
      ...patients,
      woman: patients.woman.map((woman, patient) => (later(patient) ? 1 - woman : woman)),
      specialism: patients.specialism.map((specialism, patient) =>
        later(patient) ? (specialism + 1) % 3 : specialism,
      ),
      admission: patients.admission.map((admission, patient) => (later(patient) ? problem.horizon - 1 : admission)),
      registration: patients.registration.map((registration, patient) =>
        later(patient) ? problem.horizon - 1 : registration,
      ),
    },
  };
};

describe('PASU solver', () => {
  it('plans a day with nothing of who is registered later', () => {
    for (let seed = 0; seed < 4; seed++) {
      const problem = randomPasu(seed);
      const plans = plansOf(problem);
      for (const day of [0, 2, 5]) expect(plansOf(otherwiseAfter(problem, day))[day]).toEqual(plans[day]);
    }
  });

  it('gives nobody a place before the day of registration', () => {
    const problem = randomPasu(1);
    for (const [day, plan] of plansOf(problem).entries())
      for (const [cell, room] of plan.entries())
        if (room >= 0) expect(problem.patients.registration[Math.floor(cell / problem.days)]).toBeLessThanOrEqual(day);
  });

  it('leaves what has happened as it was', () => {
    const plans = plansOf(randomPasu(2));
    const { days } = randomPasu(2);
    for (const [day, plan] of plans.entries())
      for (const next of plans.slice(day + 1))
        for (const [cell, room] of plan.entries()) if (cell % days <= day) expect(next[cell]).toBe(room);
  });

  it('costs on the last day what the validator says, and searches for that', () => {
    for (let seed = 0; seed < 5; seed++) {
      const problem = randomPasu(seed);
      const stage = pasuSolver.stages(problem) - 1;
      const plan = firstPlans(problem);
      const { cost, violations } = scorePasu(problem, plan);
      expect(pasuSolver.cost(problem, stage, plan)).toBe(cost + brokenRule * violations);
      const seen: number[] = [];
      const report = pasuSolver.search(problem, legOf(stage, plan, { onBest: (cost) => seen.push(cost) }));
      expect(report.cost).toBe(pasuSolver.cost(problem, stage, report.best ?? plan));
      expect(report.cost).toBe(seen.at(-1) ?? pasuSolver.cost(problem, stage, plan));
      expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    }
  });

  it('gives one answer for one seed and budget, and a better one than the first plans', () => {
    const problem = randomPasu(4);
    const plans = plansOf(problem);
    expect(plansOf(problem)).toEqual(plans);
    const costs = [firstPlans(problem), plans.at(-1) ?? new Int32Array()].map(
      (plan) => scorePasu(problem, plan).cost + brokenRule * scorePasu(problem, plan).violations,
    );
    expect(costs[1]).toBeLessThan(costs[0] ?? 0);
  });

  it('goes on in a second leg from where the first one stood', () => {
    const problem = randomPasu(5);
    const plan = pasuSolver.first(problem, 0, undefined) ?? new Int32Array();
    const half = pasuSolver.search(problem, legOf(0, plan, { spent: (iterations) => iterations / 16_384, to: 0.5 }));
    expect(half.iterations).toBe(8192);
    const whole = pasuSolver.search(
      problem,
      legOf(0, half.last ?? plan, { spent: (iterations) => 0.5 + iterations / 16_384, from: 0.5 }),
    );
    expect(whole.iterations).toBe(8192);
    expect(pasuSolver.cost(problem, 0, whole.best ?? plan)).toBe(whole.cost);
  });
});

describe('PASU on a day', () => {
  it('is a problem of those who are registered, and its plans fit into those of the whole', () => {
    const problem = randomPasu(6);
    const known = knownOn(problem, 2);
    const places = [...problem.patients.ids.keys()].filter(
      (patient) => (problem.patients.registration[patient] ?? 0) <= 2,
    );
    expect(known.problem.patients.ids).toEqual(places.map((patient) => problem.patients.ids[patient]));
    expect(known.problem.patients.needed).toHaveLength(places.length * 2);
    const plan = Int32Array.from({ length: places.length * problem.days }, (_, cell) => cell % 5);
    expect(known.narrowed(known.widened(plan))).toEqual(plan);
    expect(known.widened(plan).filter((room) => room >= 0)).toEqual(plan);
  });
});
