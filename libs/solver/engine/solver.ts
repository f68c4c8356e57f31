import type { Reading } from '../failure';

/**
 * A problem as the engine sees it. A plan is plain data (typed arrays, objects), because it goes from thread to thread;
 * a problem is read from its text in every thread.
 */
export interface Solver<Problem, Plan> {
  readonly read: (text: string) => Reading<Problem>;
  /** How often a plan is made on top of the one before: 1, or the days of a horizon in which people become known. */
  readonly stages: (problem: Problem) => number;
  /** A plan in milliseconds, on top of the plan of the stage before; undefined = none was found that breaks no rule. */
  readonly first: (problem: Problem, stage: number, before: Plan | undefined) => Plan | undefined;
  /** What a plan costs at a stage; the search minimises it. Infinite = it breaks a hard rule. */
  readonly cost: (problem: Problem, stage: number, plan: Plan) => number;
  /** Searches on from a plan in one thread, until its leg is spent. */
  readonly search: (problem: Problem, leg: Leg<Plan>) => LegReport<Plan>;
  /** A cost that no plan can be below, proven; undefined = none is known. It has a thread to itself. */
  readonly bound?: (problem: Problem) => Promise<number | undefined>;
}

/** A piece of a search in one thread: between legs the threads exchange what they found. */
export interface Leg<Plan> {
  readonly stage: number;
  /** Where to begin; undefined = the stage has no plan yet that breaks no rule, find one. */
  readonly plan: Plan | undefined;
  /** Decides this leg of this thread. */
  readonly seed: number;
  /** From 0: threads may search in different ways. */
  readonly thread: number;
  /**
   * How much of the stage's budget is spent after so many iterations of this leg: at first `from`, and the leg ends at
   * `to` or above. Ask it every thousand iterations or so: it may read a clock.
   */
  readonly spent: (iterations: number) => number;
  readonly from: number;
  readonly to: number;
  /** Says that a cheaper plan than all before was found; cheap enough to be called for each. */
  readonly onBest: (cost: number) => void;
}

export interface LegReport<Plan> {
  /** The cheapest plan of the leg, and where the search stood at its end, to go on from there. */
  readonly best: Plan | undefined;
  readonly cost: number;
  readonly last: Plan | undefined;
  readonly iterations: number;
}

/** What a search may spend: the hour at which it ends (as {@link clock} tells it), or iterations of each thread. */
export type Budget = { readonly until: number } | { readonly iterations: number };

/** Milliseconds that are the same in all threads and never go back. */
export const clock = (): number => performance.timeOrigin + performance.now();
