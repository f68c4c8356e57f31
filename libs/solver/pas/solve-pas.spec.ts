import { randomPas } from '../../../test/support/solver/random-pas';
import { randomOf } from '../random';
import { iterationBudget } from '../search/search';
import { firstPasPlan } from './first-plan';
import { unplacedNight } from './pas.house';
import { pasSpace } from './pas.space';
import { scorePas } from './pas.validator';
import { solvePas } from './solve-pas';

const costOf = ({ medium, soft }: { readonly medium: number; readonly soft: number }): number =>
  unplacedNight * medium + soft;

describe('PAS search', () => {
  it('costs after each change what the validator says, and never breaks a hard rule', () => {
    for (let seed = 0; seed < 10; seed++) {
      const problem = randomPas(seed);
      const random = randomOf(seed);
      const empty = new Int32Array(problem.parts.patient.length).fill(-1);
      const space = pasSpace(problem, seed % 2 === 0 ? empty : firstPasPlan(problem));
      let changes = 0;
      for (let step = 0; step < 1000; step++) {
        const before = space.cost();
        const difference = space.propose(random);
        // Every change is taken, good or bad: a walk sees what a search avoids.
        if (difference === Infinity || !space.commit()) {
          expect(space.cost()).toBe(before);
          continue;
        }
        changes++;
        const score = scorePas(problem, space.plan());
        expect([space.cost(), score.hard]).toEqual([costOf(score), 0]);
        expect(space.cost()).toBe(before + difference);
      }
      expect(changes).toBeGreaterThan(100);
    }
  });

  it('gives one answer for one seed and budget, and keeps the best it saw', () => {
    const problem = randomPas(3);
    const wish = { seed: 5, spent: iterationBudget(100_000) };
    const [one, again] = [solvePas(problem, wish), solvePas(problem, wish)];
    expect(again).toEqual(one);
    expect(one.iterations).toBe(100_352);
    const score = scorePas(problem, one.plan);
    expect([costOf(score), score.hard]).toEqual([one.best, 0]);
  });

  it.each([
    ['annealing', { kind: 'annealing', from: 60, to: 1 }],
    ['late acceptance', { kind: 'late', length: 500 }],
  ] as const)('improves the first plan by %s, in every house', (_, acceptance) => {
    for (let seed = 0; seed < 10; seed++) {
      const problem = randomPas(seed);
      const first = costOf(scorePas(problem, firstPasPlan(problem)));
      const { best } = solvePas(problem, { seed, acceptance, spent: iterationBudget(50_000) });
      expect(best).toBeLessThan(first);
    }
  });

  it('has nothing to do in a house without patients', () => {
    expect(solvePas(randomPas(1, 0), { seed: 1, spent: iterationBudget(1000) })).toMatchObject({
      best: 0,
      iterations: 0,
    });
  });
});
