import { randomPas } from '../../../test/support/solver/random-pas';
import type { Leg } from '../engine/solver';
import { randomOf } from '../random';
import { firstPasPlan } from './first-plan';
import { nightPrice, partsOfCost } from './night-price';
import type { PasPlan } from './pas.problem';
import { pasSolver } from './pas.solver';
import { pasSpace } from './pas.space';
import { scorePas } from './pas.validator';

/** A whole search in one leg of so many iterations. */
const legOf = (seed: number, iterations: number): Leg<PasPlan> => ({
  stage: 0,
  plan: undefined,
  seed,
  thread: 0,
  from: 0,
  to: 1,
  spent: (done) => done / iterations,
  onBest: () => undefined,
});

describe('PAS search', () => {
  it('costs after each change what the validator says, and never breaks a hard rule', () => {
    for (let seed = 0; seed < 10; seed++) {
      const problem = randomPas(seed);
      const random = randomOf(seed);
      const empty = new Int32Array(problem.parts.patient.length).fill(-1);
      const space = pasSpace(problem, seed % 2 === 0 ? empty : firstPasPlan(problem), 100 * (1 + seed));
      let changes = 0;
      for (let step = 0; step < 1000; step++) {
        const before = space.cost();
        const difference = space.propose(random, Infinity);
        // Every change is taken, good or bad: a walk sees what a search avoids.
        if (difference === Infinity || !space.commit()) {
          expect(space.cost()).toBe(before);
          continue;
        }
        changes++;
        expect(space.trueCost()).toBe(pasSolver.cost(problem, 0, space.plan()));
        expect(space.cost()).toBe(before + difference);
      }
      expect(changes).toBeGreaterThan(100);
    }
  });

  it('gives one answer for one seed and budget, and keeps the best it saw', () => {
    const problem = randomPas(3);
    const [one, again] = [pasSolver.search(problem, legOf(5, 100_000)), pasSolver.search(problem, legOf(5, 100_000))];
    expect(again).toEqual(one);
    expect(one.iterations).toBe(100_352);
    expect(pasSolver.cost(problem, 0, one.best!)).toBe(one.cost);
  });

  it('improves the first plan in every house, and says so of each cheaper one', () => {
    for (let seed = 0; seed < 10; seed++) {
      const problem = randomPas(seed);
      const first = pasSolver.cost(problem, 0, firstPasPlan(problem));
      const told: number[] = [];
      const { cost } = pasSolver.search(problem, { ...legOf(seed, 50_000), onBest: (better) => told.push(better) });
      expect(cost).toBeLessThan(first);
      expect(told.at(-1)).toBe(cost);
      expect(told).toEqual([...new Set(told)].toSorted((a, b) => b - a));
    }
  });

  it('has a cost that compares nights without a bed first', () => {
    const problem = randomPas(2);
    const plan = firstPasPlan(problem);
    const { medium, soft } = scorePas(problem, plan);
    expect(partsOfCost(problem, pasSolver.cost(problem, 0, plan))).toEqual({ medium, soft });
    expect(nightPrice(problem)).toBeGreaterThan(soft);
  });

  it('has nothing to do in a house without patients', () => {
    expect(pasSolver.search(randomPas(1, 0), legOf(1, 1000))).toMatchObject({ cost: 0, iterations: 0 });
  });
});
