import { randomPas } from '../../../test/support/solver/random-pas';
import { firstPasPlan } from '../pas/first-plan';
import { nightPrice } from '../pas/night-price';
import type { PasPlan, PasProblem } from '../pas/pas.problem';
import { pasSolver } from '../pas/pas.solver';
import { scorePas } from '../pas/pas.validator';
import { pasBound } from './pas-bound';

/** The cost of a plan by the validator; infinite where it breaks a hard rule. */
const costOf = (problem: PasProblem, plan: PasPlan): number => {
  const { hard, medium, soft } = scorePas(problem, plan);
  return hard > 0 ? Infinity : nightPrice(problem) * medium + soft;
};

/** The cheapest of all plans there are: every room for every part; by first night the first free bed of a room will do. */
const cheapest = (problem: PasProblem): number => {
  const { parts, beds, rooms } = problem;
  const plan = new Int32Array(parts.patient.length).fill(-1);
  const order = [...plan.keys()].toSorted((a, b) => parts.first[a]! - parts.first[b]!);
  const bedsOfRooms = rooms.ids.map((_, room) => [...beds.room.keys()].filter((bed) => beds.room[bed] === room));
  let best = Infinity;
  const from = (place: number): void => {
    const part = order[place];
    if (part === undefined) {
      best = Math.min(best, costOf(problem, plan));
      return;
    }
    from(place + 1);
    for (const inRoom of bedsOfRooms) {
      const free = inRoom.find((bed) => {
        plan[part] = bed;
        return scorePas(problem, plan).hard === 0;
      });
      if (free !== undefined) from(place + 1);
      plan[part] = -1;
    }
  };
  from(0);
  return best;
};

describe('bound of PAS', () => {
  it('is not above the cheapest of all plans of tiny houses, and often equal to it', async () => {
    let equal = 0;
    for (let seed = 0; seed < 12; seed++) {
      const problem = randomPas(seed, 4, 2);
      const [bound, best] = [await pasBound(problem), cheapest(problem)];
      expect(bound).toBeLessThanOrEqual(best);
      if (bound === best) equal++;
    }
    expect(equal).toBeGreaterThan(6);
  });

  it('is below every plan that was found in houses with too few beds, and says how many nights must be without one', async () => {
    let nights = 0;
    for (let seed = 0; seed < 4; seed++) {
      const problem = randomPas(seed);
      const bound = (await pasBound(problem))!;
      const { best } = pasSolver.search(problem, {
        stage: 0,
        plan: undefined,
        seed,
        thread: 0,
        from: 0,
        to: 1,
        spent: (iterations) => iterations / 20_000,
        onBest: () => undefined,
      });
      for (const plan of [best!, firstPasPlan(problem)]) expect(bound).toBeLessThanOrEqual(costOf(problem, plan));
      nights += Math.floor(bound / nightPrice(problem));
    }
    expect(nights).toBeGreaterThan(0);
  });

  it('is 0 for a house without patients', async () => {
    expect(await pasBound(randomPas(1, 0))).toBe(0);
  });
});
