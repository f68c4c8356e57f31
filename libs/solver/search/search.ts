import { type Random, randomOf } from '../random';

/** What is searched: a state that proposes a change of itself, says what it would cost, and makes it if it may be. */
export interface SearchSpace {
  /**
   * Draws a change and gives its difference in cost; whether it breaks a hard rule is not looked at yet. What costs more
   * than the limit will not be taken, so it need not be drawn.
   */
  readonly propose: (random: Random, limit: number) => number;
  /** Makes the proposed change, or leaves everything as it was because a hard rule forbids it. */
  readonly commit: () => boolean;
  readonly cost: () => number;
}

/** When a worse state is taken: by temperature, or if no worse than the state some moves ago. */
export type Acceptance =
  | { readonly kind: 'annealing'; readonly from: number; readonly to: number }
  | { readonly kind: 'late'; readonly length: number };

export interface SearchWish {
  readonly seed: number;
  readonly acceptance: Acceptance;
  /** How much of the budget is spent after so many iterations, from 0 to 1 (the end). Asked every {@link checkEvery}. */
  readonly spent: (iterations: number) => number;
  /** Called for each state that is cheaper than all before; the state is the space's own, to be copied. */
  readonly onBest: (cost: number, iterations: number) => void;
}

export interface SearchReport {
  readonly best: number;
  readonly iterations: number;
  readonly accepted: number;
}

const checkEvery = 1024;

/** A budget of iterations: with it, one seed gives one answer on every machine. */
export const iterationBudget =
  (budget: number): SearchWish['spent'] =>
  (iterations) =>
    iterations / budget;

/** Decides by differences in cost; told of each change that was made. */
interface Gate {
  readonly limit: (cost: number, random: Random) => number;
  readonly tick: (cost: number) => void;
  readonly progress: (share: number) => void;
}

/**
 * Walks a space until its budget is spent. The difference in cost decides first, because it is a subtraction; only a
 * change that would be taken is checked against the hard rules.
 */
export const search = (space: SearchSpace, wish: SearchWish): SearchReport => {
  const random = randomOf(wish.seed);
  const gate =
    wish.acceptance.kind === 'annealing' ? annealing(wish.acceptance) : late(wish.acceptance.length, space.cost());
  let cost = space.cost();
  let best = cost;
  let accepted = 0;
  let iterations = 0;
  for (let share = 0; share < 1; share = wish.spent(iterations)) {
    gate.progress(share);
    for (let step = 0; step < checkEvery; step++) {
      const limit = gate.limit(cost, random);
      const difference = space.propose(random, limit);
      if (difference <= limit && space.commit()) {
        cost += difference;
        accepted++;
        if (cost < best) {
          best = cost;
          wish.onBest(best, iterations + step);
        }
      }
      gate.tick(cost);
    }
    iterations += checkEvery;
  }
  return { best, iterations, accepted };
};

const annealing = ({ from, to }: { from: number; to: number }): Gate => {
  let temperature = from;
  return {
    limit: (_, random) => -temperature * Math.log(1 - random.next()),
    tick: () => undefined,
    progress: (share) => {
      temperature = from * (to / from) ** share;
    },
  };
};

const late = (length: number, cost: number): Gate => {
  const costs = new Float64Array(length).fill(cost);
  let place = 0;
  return {
    limit: (current) => Math.max(0, (costs[place] ?? current) - current),
    tick: (current) => {
      costs[place] = current;
      place = (place + 1) % length;
    },
    progress: () => undefined,
  };
};
