import { valueOf } from '../../../test/support/solver/shared-beds';
import { generateHouse, usualHouse } from './generate-house';
import { wardProblem } from './read-ward';
import { type Change, explainUnplaced } from './unplaced';
import type { WardHouse } from './ward.contract';
import { judgePlan, rankBeds } from './ward.evaluator';
import type { Placement, WardProblem } from './ward.problem';
import { byPriority, firstWardPlan } from './ward.solver';
import { topBeds } from './top-beds';

/** A house under pressure: nearly full, its patients stay for long, the requests cannot wait for long. */
const pressed = (seed: number, requests = 30): WardHouse => {
  const house = generateHouse({ ...usualHouse, occupancy: 0.9, beds: 60, requests, seed });
  const later = (time: string, hours: number): string => new Date(Date.parse(time) + hours * 3_600_000).toISOString();
  return {
    ...house,
    patients: house.patients.map((patient) => ({
      ...patient,
      leavesAt: later(patient.leavesAt, seed % 3 === 0 ? 60 : 10),
    })),
    requests: house.requests.map((request, index) => ({
      ...request,
      latestAt: later(request.readyAt, 1 + ((index * 7) % 24)),
    })),
  };
};

const hourOf = (house: WardHouse, hours: number): string =>
  new Date(Date.parse(house.now) + hours * 3_600_000).toISOString();

/** The house and the plan after a change; what is excepted is left to the judge. */
const applied = (
  { house, requests }: WardProblem,
  plan: readonly Placement[],
  change: Change,
): { house: WardHouse; plan: readonly Placement[] } => {
  if (change.kind === 'cleaning') {
    const beds = house.beds.map((bed, index) =>
      index === change.bed ? { ...bed, readyAt: hourOf(house, change.by) } : bed,
    );
    return { house: { ...house, beds }, plan };
  }
  if (change.kind === 'discharge') {
    const leavesAt = hourOf(house, change.leaves);
    const patients = house.patients.map((patient, index) =>
      index + requests === change.person ? { ...patient, leavesAt } : patient,
    );
    return { house: { ...house, patients }, plan };
  }
  if (change.kind === 'exception') return { house, plan };
  const { person, bed, start } = change;
  return { house, plan: [...plan.filter((placement) => placement.person !== person), { person, bed, start }] };
};

describe('who has no bed', () => {
  it('is everybody whom the plan does not place, the most pressing first, each with a rule that binds', () => {
    const problem = valueOf(wardProblem(pressed(3)));
    const plan = firstWardPlan(problem);
    const placed = new Set(plan.map(({ person }) => person));
    const unplaced = explainUnplaced(problem, plan);
    expect(unplaced.map(({ person }) => person)).toEqual(byPriority(problem).filter((person) => !placed.has(person)));
    expect(unplaced.length).toBeGreaterThan(2);
    for (const { binding } of unplaced) expect(binding.length).toBeGreaterThan(0);
  });

  it('would have one after the change that is named, as the judge sees it', () => {
    const seen = new Map<string, number>();
    for (let seed = 0; seed < 24; seed++) {
      const problem = valueOf(wardProblem(pressed(seed)));
      const plan = firstWardPlan(problem);
      for (const { changes, placement } of explainUnplaced(problem, plan)) {
        for (const { kind } of changes) seen.set(kind, (seen.get(kind) ?? 0) + 1);
        if (placement === undefined) continue;
        const after = changes.reduce((so, change) => applied({ ...problem, house: so.house }, so.plan, change), {
          house: problem.house,
          plan: plan as readonly Placement[],
        });
        const verdict = judgePlan(valueOf(wardProblem(after.house)), [...after.plan, placement]);
        const excepted = changes.flatMap((change) => (change.kind === 'exception' ? [change.rule] : []));
        const broken = verdict.placements.flatMap(({ violations, placement: { person } }) =>
          violations.filter(({ rule }) => person !== placement.person || !excepted.includes(rule)),
        );
        expect({ changes, broken: broken.filter(({ rule }) => !excepted.includes(rule)) }).toEqual({
          changes,
          broken: [],
        });
      }
    }
    expect([...seen.keys()].toSorted()).toEqual(['discharge', 'exception', 'move']);
  });
});

describe('the top three beds', () => {
  it('are the first three of all beds as the evaluator ranks them', () => {
    for (let seed = 0; seed < 6; seed++) {
      const problem = valueOf(wardProblem(pressed(seed, 20)));
      const plan = firstWardPlan(problem);
      for (let person = 0; person < problem.requests + 3; person++)
        for (const from of [0, 9])
          expect(topBeds(problem, plan, { person, from })).toEqual(
            rankBeds(problem, plan, { person, from }).slice(0, 3),
          );
    }
  });
});
