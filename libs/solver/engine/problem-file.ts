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

/** What the search knows of its plan: the seconds it took, and a cost that no plan can be below. */
export interface KnownOfPlan {
  readonly seconds: number;
  readonly bound: number | undefined;
}

/** A problem as files know it: how its plans are read, written and judged. */
export interface ProblemFile<Problem, Plan> {
  readonly read: (text: string) => Reading<Problem>;
  readonly readPlan: (problem: Problem, text: string) => Reading<Plan>;
  /** The plan in the problem's own format, with what is known of it where the format wants to know. */
  readonly writePlan: (problem: Problem, plan: Plan, known: KnownOfPlan) => string;
  readonly judge: (problem: Problem, plan: Plan) => Judged;
  /** Why somebody gets which bed, the best ones first, in words and both languages; where the problem has such words. */
  readonly explain?: (problem: Problem, plan: Plan, who: string) => Reading<readonly string[]>;
}
