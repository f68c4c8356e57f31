import type { Crew, LegOrder } from './crew';
import { type Budget, clock, type LegReport } from './solver';

export interface SolveWish {
  readonly seed: number;
  readonly budget: Budget;
  /** Ends the search; what was found so far is the answer. */
  readonly signal?: AbortSignal;
  /** Called for better costs as they come, not for each of them. */
  readonly onProgress?: (progress: SolveProgress) => void;
}

export interface SolveProgress {
  /** From 0; a cost is only comparable with others of its stage. */
  readonly stage: number;
  readonly cost: number;
  /** Since the search began. */
  readonly milliseconds: number;
}

export interface Solved {
  /** Undefined = no plan was found that breaks no hard rule. */
  readonly plan: unknown;
  readonly cost: number;
  /** Of all threads. */
  readonly iterations: number;
  /** From the call until there was a plan; undefined = there is none. */
  readonly firstFeasibleMs: number | undefined;
}

/** How many legs a search has: threads exchange what they found at fixed shares of the budget, never by the clock. */
const legsInAll = 12;
/** From this share of a stage on, the thread that stands worst goes on from the best plan of all. */
const exchangeFrom = 0.5;

/**
 * Solves a problem with a crew, stage by stage. With a budget of iterations the answer depends on problem, seed and the
 * size of the crew alone; with a clock it is the best that was found in time.
 */
export const solve = async (crew: Crew, wish: SolveWish): Promise<Solved> => {
  const begun = clock();
  const stop = (): void => crew.stop();
  if (wish.signal?.aborted === true) stop();
  wish.signal?.addEventListener('abort', stop, { once: true });
  try {
    let sum: Solved = { plan: undefined, cost: Infinity, iterations: 0, firstFeasibleMs: undefined };
    for (let stage = 0; stage < crew.stages; stage++) {
      const solved = await solveStage(crew, { wish, stage, begun, before: sum.plan });
      sum = {
        ...solved,
        iterations: sum.iterations + solved.iterations,
        firstFeasibleMs: stage === 0 ? solved.firstFeasibleMs : sum.firstFeasibleMs,
      };
    }
    return sum;
  } finally {
    wish.signal?.removeEventListener('abort', stop);
  }
};

interface Stage {
  readonly wish: SolveWish;
  readonly stage: number;
  /** When the search began, in ms of the clock. */
  readonly begun: number;
  readonly before: unknown;
}

const solveStage = async (crew: Crew, given: Stage): Promise<Solved> => {
  const { stage, begun, wish } = given;
  const tell = (cost: number): void => wish.onProgress?.({ stage, cost, milliseconds: clock() - begun });
  const first = await crew.first(stage, given.before);
  let solved: Solved = { ...first, iterations: 0, firstFeasibleMs: foundAfter(first.plan, begun) };
  if (first.plan !== undefined) tell(first.cost);
  const onBest = (cost: number): void => {
    if (cost >= solved.cost) return;
    solved = { ...solved, cost };
    tell(cost);
  };
  const legs = Math.max(1, Math.ceil(legsInAll / crew.stages));
  let starts = Array.from({ length: crew.size }, () => first.plan);
  let best: LegReport<unknown> = { best: first.plan, cost: first.cost, last: first.plan, iterations: 0 };
  const limitOf = limitsOf(crew, given, legs);
  for (let leg = 0; leg < legs; leg++) {
    const orders = starts.map((plan, thread): LegOrder => ({
      stage,
      plan,
      thread,
      seed: seedOf(wish.seed, [stage, leg, thread]),
      from: leg / legs,
      to: (leg + 1) / legs,
      limit: limitOf(leg),
    }));
    const reports = await crew.search(orders, onBest);
    for (const report of reports) if (report.cost < best.cost) best = report;
    solved = {
      plan: best.best,
      cost: best.cost,
      iterations: solved.iterations + reports.reduce((total, { iterations }) => total + iterations, 0),
      firstFeasibleMs: solved.firstFeasibleMs ?? foundAfter(best.best, begun),
    };
    starts = exchanged(reports, best, (leg + 1) / legs);
  }
  return solved;
};

const foundAfter = (plan: unknown, begun: number): number | undefined =>
  plan === undefined ? undefined : clock() - begun;

/** Where the threads go on: each where it stood, but the worst from the best plan once the search is half over. */
const exchanged = (
  reports: readonly LegReport<unknown>[],
  best: LegReport<unknown>,
  share: number,
): LegReport<unknown>['last'][] => {
  const starts = reports.map(({ last, best: own }) => last ?? own ?? best.best);
  if (share < exchangeFrom || reports.length < 2) return starts;
  const costs = reports.map(({ cost }) => cost);
  starts[costs.indexOf(Math.max(...costs))] = best.best;
  return starts;
};

/** The limit of each leg: its share of the iterations, or of the time that is left to the stage when it begins. */
const limitsOf = (
  crew: Crew,
  { wish: { budget }, stage, begun }: Stage,
  legs: number,
): ((leg: number) => LegOrder['limit']) => {
  if ('iterations' in budget) {
    const iterations = Math.max(1, Math.floor(budget.iterations / (crew.stages * legs)));
    return () => ({ iterations });
  }
  const begin = clock();
  const end = begun + ((stage + 1) / crew.stages) * (budget.until - begun);
  const hour = (leg: number): number => begin + (leg / legs) * Math.max(0, end - begin);
  return (leg) => ({ begin: Math.min(clock(), hour(leg)), until: hour(leg + 1) });
};

/** A seed of its own for each leg of each thread, from one seed: numbers that are near give streams that are not. */
const seedOf = (seed: number, place: readonly [number, number, number]): number => {
  let mixed = seed >>> 0;
  for (const part of place) {
    mixed = Math.imul(mixed ^ (part + 0x9e3779b9), 0x85ebca6b) >>> 0;
    mixed = (mixed ^ (mixed >>> 13)) >>> 0;
  }
  return mixed;
};
