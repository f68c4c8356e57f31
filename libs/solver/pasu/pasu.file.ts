import type { ProblemFile } from '../engine/problem-file';
import { readPasuPlan, writePasuPlan } from './pasu-plan.xml';
import type { PasuPlan, PasuProblem } from './pasu.problem';
import { scorePasu } from './pasu.validator';
import { readPasu } from './read-pasu';

/** PASU as files know it: the authors' formats and weights. */
export const pasuFile: ProblemFile<PasuProblem, PasuPlan> = {
  read: readPasu,
  readPlan: readPasuPlan,
  writePlan: (problem, plan, { seconds }) => writePasuPlan(problem, plan, { score: scorePasu(problem, plan), seconds }),
  judge: (problem, plan) => {
    const { cost, terms, violations, breaks } = scorePasu(problem, plan);
    return {
      cost,
      parts: terms,
      violations,
      breaks: breaks.map(({ rule, where, day, count }) => `${rule}: ${where}, day ${day}, ${count}`),
    };
  },
};
