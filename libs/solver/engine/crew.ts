import type { Reading } from '../failure';
import { clock, type Leg, type LegReport, type Solver } from './solver';

/** A leg as it is sent to a thread: the limit in place of a function. */
export type LegOrder = Omit<Leg<unknown>, 'spent' | 'onBest'> & {
  readonly limit: { readonly iterations: number } | { readonly begin: number; readonly until: number };
};

/** Those who search one problem together. */
export interface Crew {
  readonly size: number;
  readonly stages: number;
  readonly first: (stage: number, before: unknown) => Promise<FirstPlan>;
  readonly search: (orders: readonly LegOrder[], onBest: (cost: number) => void) => Promise<LegReport<unknown>[]>;
  /** Ends the legs under way and all to come at once; what they have found is reported. */
  readonly stop: () => void;
  readonly close: () => Promise<void>;
}

export interface FirstPlan {
  readonly plan: unknown;
  readonly cost: number;
}

/** One searcher with its problem: what a thread does, without the thread. */
export interface Searcher {
  readonly stages: number;
  readonly first: (stage: number, before: unknown) => FirstPlan;
  readonly search: (order: LegOrder, onBest: (cost: number) => void) => LegReport<unknown>;
  readonly bound: () => Promise<number | undefined>;
}

/** Reads the problem and searches it; `stopped` is asked whenever the budget is. */
export const searcherOf = <Problem, Plan>(
  solver: Solver<Problem, Plan>,
  text: string,
  stopped: () => boolean,
): Reading<Searcher> => {
  const read = solver.read(text);
  if ('failure' in read) return read;
  const problem = read.value;
  return {
    value: {
      stages: solver.stages(problem),
      first: (stage, before) => {
        const plan = solver.first(problem, stage, before as Plan | undefined);
        return { plan, cost: plan === undefined ? Infinity : solver.cost(problem, stage, plan) };
      },
      search: (order, onBest) =>
        solver.search(problem, {
          ...order,
          plan: order.plan as Plan | undefined,
          spent: spentOf(order, stopped),
          onBest,
        }),
      bound: async () => solver.bound?.(problem),
    },
  };
};

const spentOf = ({ limit, from, to }: LegOrder, stopped: () => boolean): Leg<unknown>['spent'] => {
  const done: Leg<unknown>['spent'] =
    'iterations' in limit
      ? (iterations) => iterations / limit.iterations
      : () => (clock() - limit.begin) / (limit.until - limit.begin);
  return (iterations) => (stopped() ? Infinity : from + (to - from) * done(iterations));
};

/** A crew in the caller's own thread, one leg after the other: for specs and where nothing else is to be done. */
export const crewHere = <Problem, Plan>(
  solver: Solver<Problem, Plan>,
  text: string,
  { size }: { readonly size: number },
): Reading<Crew> => {
  let stopped = false;
  const searcher = searcherOf(solver, text, () => stopped);
  if ('failure' in searcher) return searcher;
  return {
    value: {
      size,
      stages: searcher.value.stages,
      first: async (stage, before) => searcher.value.first(stage, before),
      search: async (orders, onBest) => orders.map((order) => searcher.value.search(order, onBest)),
      stop: () => {
        stopped = true;
      },
      close: async () => undefined,
    },
  };
};
