import type { Reading } from '../failure';

/** What a validator says of a plan, in words that all problems share. */
export interface Judged {
  /** The published cost of the problem, without what hard rules cost. */
  readonly cost: number;
  /** The cost by part, named as the problem's literature names them. */
  readonly parts: Readonly<Record<string, number>>;
  /** Hard rules broken. */
  readonly violations: number;
  /** Each of them in words, for the person who asks. */
  readonly breaks: readonly string[];
}

/** A problem as files know it: how its plans are read, written and judged. */
export interface ProblemFile<Problem, Plan> {
  readonly read: (text: string) => Reading<Problem>;
  readonly readPlan: (problem: Problem, text: string) => Reading<Plan>;
  /** The plan in the problem's own format; `seconds` is what it took, where the format wants to know. */
  readonly writePlan: (problem: Problem, plan: Plan, seconds: number) => string;
  readonly judge: (problem: Problem, plan: Plan) => Judged;
}
