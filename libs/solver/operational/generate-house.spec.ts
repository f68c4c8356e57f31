import { valueOf } from '../../../test/support/solver/shared-beds';
import { generateHouse, usualHouse } from './generate-house';
import { wardProblem } from './read-ward';
import { wardSchema } from './ward.contract';
import { judgePlan, rankBeds } from './ward.evaluator';
import type { Placement } from './ward.problem';

describe('synthetic hospital', () => {
  it('is the same for the same wish and another for another seed', () => {
    const wish = { ...usualHouse, beds: 120, requests: 20, seed: 7 };
    expect(generateHouse(wish)).toEqual(generateHouse(wish));
    expect(generateHouse({ ...wish, seed: 8 })).not.toEqual(generateHouse(wish));
  });

  it.each([50, 400, 1500, 5000])('of %d beds is what was wished for, and passes its contract as JSON', (beds) => {
    const house = generateHouse({ ...usualHouse, occupancy: 0.95, beds, requests: 40, seed: beds });
    expect(wardSchema.parse(JSON.parse(JSON.stringify(house)))).toEqual(JSON.parse(JSON.stringify(house)));
    expect([house.beds.length, house.requests.length]).toEqual([beds, 40]);
    const share = (count: number): number => count / beds;
    const noise = 3 / Math.sqrt(beds);
    expect(Math.abs(share(house.patients.length) - 0.95)).toBeLessThan(noise);
    expect(
      Math.abs(share(house.beds.filter(({ state }) => ['dirty', 'cleaning', 'closed'].includes(state)).length) - 0.05),
    ).toBeLessThan(noise);
  });

  it('holds patients who break no rule among themselves, in forty houses', () => {
    for (let seed = 0; seed < 40; seed++) {
      const problem = valueOf(wardProblem(generateHouse({ ...usualHouse, beds: 60, requests: 5, seed })));
      expect(judgePlan(problem, []).inHouse).toEqual([]);
    }
  });

  it('has isolated patients and requests, and rooms for one sex at a time', () => {
    const house = generateHouse({ ...usualHouse, beds: 1500, requests: 300, seed: 1 });
    const isolated = (people: readonly { readonly isolation: string }[]): number =>
      people.filter(({ isolation }) => isolation !== 'none').length / people.length;
    expect(isolated(house.patients)).toBeGreaterThan(0.05);
    expect(Math.abs(isolated(house.requests) - 0.1)).toBeLessThan(0.05);
    const same = house.rooms.filter(({ policy }) => policy === 'same').length / house.rooms.length;
    expect(Math.abs(same - 0.3)).toBeLessThan(0.1);
  });

  it('lets requests into beds one after the other, each without a broken rule, so that the plan has none', () => {
    for (let seed = 0; seed < 8; seed++) {
      const problem = valueOf(
        wardProblem(generateHouse({ ...usualHouse, occupancy: 0.7, beds: 60, requests: 25, seed })),
      );
      const plan: Placement[] = [];
      for (let person = 0; person < problem.requests; person++) {
        const best = rankBeds(problem, plan, { person, from: 0 }).at(0);
        if (best?.violations.length === 0) plan.push(best.placement);
      }
      const verdict = judgePlan(problem, plan);
      expect(verdict.placements.flatMap(({ violations }) => violations)).toEqual([]);
      expect(verdict.inHouse).toEqual([]);
      expect(plan.length).toBeGreaterThan(0);
    }
  });
});
