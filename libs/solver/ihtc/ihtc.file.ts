import type { ProblemFile } from '../engine/problem-file';
import { readIhtcPlan, writeIhtcPlan } from './ihtc-plan.json';
import { type IhtcPlan, type IhtcProblem, ihtcWeightNames } from './ihtc.problem';
import { scoreIhtc } from './ihtc.validator';
import { readIhtc } from './read-ihtc';

/** IHTC-2024 as files know it: the competition's solution format and weights. */
export const ihtcFile: ProblemFile<IhtcProblem, IhtcPlan> = {
  read: readIhtc,
  readPlan: readIhtcPlan,
  writePlan: writeIhtcPlan,
  judge: (problem, plan) => {
    const { cost, counts, breaks } = scoreIhtc(problem, plan);
    return {
      cost,
      parts: Object.fromEntries(ihtcWeightNames.map((name) => [name, counts[name] * problem.weights[name]])),
      violations: breaks.length,
      breaks: breaks.map(({ rule, where }) => `${rule}: ${where}`),
    };
  },
};
