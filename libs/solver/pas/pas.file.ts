import { at } from '../arrays';
import type { ProblemFile } from '../engine/problem-file';
import { readPasPlan, writePasPlan } from './pas-plan.csv';
import type { PasPlan, PasProblem } from './pas.problem';
import { type PasBreak, scorePas } from './pas.validator';
import { readPas } from './read-pas';

/** PAS as files know it: cost = soft; medium (nights without a bed) and hard stand among the parts. */
export const pasFile: ProblemFile<PasProblem, PasPlan> = {
  read: readPas,
  readPlan: readPasPlan,
  writePlan: writePasPlan,
  judge: (problem, plan) => {
    const { hard, medium, soft, terms, breaks } = scorePas(problem, plan);
    return {
      cost: soft,
      parts: { hard, medium, soft, ...terms },
      violations: breaks.length,
      breaks: breaks.map((one) => wordsOf(problem, one)),
    };
  },
};

const wordsOf = (problem: PasProblem, { rule, part, other, count }: PasBreak): string =>
  `${rule}: ${nameOf(problem, part)}${other === undefined ? '' : ` with ${nameOf(problem, other)}`}, ${count}`;

const nameOf = ({ patients, parts }: PasProblem, part: number): string =>
  `patient ${at(patients.ids, at(parts.patient, part))} part ${at(parts.number, part)}`;
