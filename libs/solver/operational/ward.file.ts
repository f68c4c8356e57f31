import { z } from 'zod';
import { at, placesOf } from '../arrays';
import type { ProblemFile } from '../engine/problem-file';
import { malformed, reading } from '../failure';
import { jsonBy } from '../json';
import { explain, explainNoBed } from './explain-ward';
import { readWard } from './read-ward';
import { type SoftRule, softRules } from './soft-costs';
import { topBeds } from './top-beds';
import { explainUnplaced } from './unplaced';
import { wardAnswer } from './ward-answer';
import { judgePlan } from './ward.evaluator';
import type { Placement, WardProblem } from './ward.problem';
import type { WardPlan } from './ward.solver';

/** Of an answer, what makes the plan; all else in it can be reckoned from it. */
const planSchema = z.object({
  plan: z.array(z.object({ person: z.string(), bed: z.string(), hour: z.number().min(0) })),
});

/** The operational problem as files know it: plans are answers in full, cost = points, parts by soft constraint. */
export const wardFile: ProblemFile<WardProblem, WardPlan> = {
  read: readWard,
  readPlan: (problem, text) =>
    reading(() => {
      const people = placesOf(problem.people.map(({ id }) => id));
      const beds = placesOf(problem.house.beds.map(({ id }) => id));
      const seen = new Set<string>();
      return jsonBy(planSchema, text).plan.map(({ person, bed, hour }, index): Placement => {
        if (seen.has(person)) malformed(`plan[${index}].person`, `${person} for the second time`);
        seen.add(person);
        return {
          person: people.get(person) ?? malformed(`plan[${index}].person`, `there is no ${person}`),
          bed: beds.get(bed) ?? malformed(`plan[${index}].bed`, `there is no ${bed}`),
          start: hour,
        };
      });
    }),
  writePlan: (problem, plan, { bound }) => `${JSON.stringify(wardAnswer(problem, plan, bound), null, 2)}\n`,
  judge: (problem, plan) => {
    const verdict = judgePlan(problem, plan);
    const parts: Record<SoftRule | 'unplaced', number> = { ...zeros(), unplaced: verdict.unplaced.length };
    for (const { costs } of verdict.placements) for (const rule of softRules) parts[rule] += costs[rule];
    const breaks = [
      ...verdict.placements.map(({ placement: { person }, violations }) => ({ person, violations })),
      ...verdict.inHouse,
    ].flatMap(({ person, violations }) =>
      violations.map(({ rule, why }) => `${rule}: ${at(problem.people, person).id}, ${why}`),
    );
    return { cost: verdict.total, parts, violations: breaks.length, breaks };
  },
  explain: (problem, plan, who) =>
    reading(() => {
      const person = problem.people.findIndex(({ id }) => id === who);
      if (person < 0) malformed('explain', `there is no ${who}`);
      const unplaced = explainUnplaced(problem, plan).find((one) => one.person === person);
      const beds = topBeds(problem, plan, { person, from: 0 });
      return (['zh', 'en'] as const).flatMap((language) => [
        ...(unplaced === undefined ? [] : explainNoBed(problem, unplaced, language)),
        ...beds.flatMap((bed, index) => indented(index + 1, explain(problem, bed, language))),
      ]);
    }),
};

const indented = (rank: number, [head = '', ...rest]: readonly string[]): string[] => [
  `${rank}. ${head}`,
  ...rest.map((line) => `   ${line}`),
];

const zeros = () => Object.fromEntries(softRules.map((rule) => [rule, 0])) as Record<SoftRule, number>;
