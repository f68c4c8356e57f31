import { at } from '../arrays';
import type { Random } from '../random';
import type { SearchSpace } from '../search/search';
import { PasChain } from './pas.chain';
import { nightPrice } from './night-price';
import { bedsOf, PasHouse } from './pas.house';
import { PasRefill } from './pas.refill';
import type { PasPlan, PasProblem } from './pas.problem';

/** Parts in rooms; beds follow, because stays in a room are intervals and a room has as many beds as it may hold. */
export interface PasSpace extends SearchSpace {
  /** What the state costs by {@link nightPrice}; `cost` is by the price of a night that the search was given. */
  readonly trueCost: () => number;
  readonly plan: () => PasPlan;
  /** Remembers this state. */
  readonly keep: () => void;
  /** The state remembered last, at first the one that the search began with. */
  readonly kept: () => PasPlan;
}

/** The share of proposals that are chains. */
const chains = 0.1;
/** While somebody has no bed, the share of proposals that fill rooms anew: each takes as long as hundreds of others. */
const refills = 0.002;

/**
 * The search space of PAS. Hard rules hold in every state: a part is only ever in a room that takes it, on nights with a
 * free bed and nobody of the other gender where that is a rule. Changes: a part into another room; where it does not fit,
 * one who is there out of it, into the room the first came from or a third; a chain between two rooms, which takes along
 * whoever is in the way, such as all the women of a room for some nights; and, while somebody has no bed, a few rooms
 * filled anew by exact means. `night` is what a night without a bed costs while it is searched.
 */
export const pasSpace = (problem: PasProblem, start: PasPlan, night = nightPrice(problem)): PasSpace => {
  const house = new PasHouse(problem, night);
  const price = nightPrice(problem);
  for (const [part, bed] of start.entries()) if (bed >= 0) house.put(part, at(problem.beds.room, bed));
  const chain = new PasChain(house);
  const refill = new PasRefill(house);
  const kept = house.rooms.slice();
  let total = [...start.keys()].reduce((sum, part) => sum + house.costOf(part, house.roomOf(part)), 0);
  let kind: 'move' | 'exchange' | 'chain' | 'refill' = 'move';
  let [part, room, other, otherRoom, difference] = [0, -1, -1, -1, 0];

  const proposeExchange = (random: Random, limit: number): number => {
    other = house.someoneMeeting(part, room, random);
    if (other < 0) return Infinity;
    kind = 'exchange';
    const own = house.roomOf(part);
    const before = house.costOf(other, room);
    otherRoom = random.next() < 0.5 ? own : house.roomWithin(other, before + limit, random);
    if (otherRoom === room || (otherRoom < 0 && own >= 0)) return Infinity;
    return house.costOf(other, otherRoom) - before;
  };

  const make = (): boolean => {
    if (kind === 'move') return house.move(part, room);
    if (kind === 'exchange') return house.exchange(part, room, [other, otherRoom]);
    const { parts, targets } = kind === 'chain' ? chain : refill;
    return house.rearrange(parts, targets);
  };

  return {
    propose: (random: Random, limit: number) => {
      if (house.without > 0 && random.next() < refills) {
        kind = 'refill';
        difference = refill.build(random);
        return difference;
      }
      part = random.below(start.length);
      const own = house.roomOf(part);
      const before = house.costOf(part, own);
      room = house.roomWithin(part, before + limit, random);
      if (room < 0 || room === own) return Infinity;
      if (random.next() < chains) {
        kind = 'chain';
        difference = chain.build(part, room, random);
        return difference;
      }
      kind = 'move';
      difference = house.costOf(part, room) - before;
      if (!house.fits(part, room)) difference += proposeExchange(random, limit - difference);
      return difference;
    },
    commit: () => {
      const made = make();
      if (made) total += difference;
      return made;
    },
    cost: () => total,
    trueCost: () => total + (price - night) * house.without,
    plan: () => bedsOf(problem, house.rooms),
    keep: () => kept.set(house.rooms),
    kept: () => bedsOf(problem, kept),
  };
};
