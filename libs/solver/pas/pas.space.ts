import { at } from '../arrays';
import type { Random } from '../random';
import type { SearchSpace } from '../search/search';
import { PasChain } from './pas.chain';
import { nightPrice } from './night-price';
import { bedsOf, PasHouse } from './pas.house';
import type { PasPlan, PasProblem } from './pas.problem';

/** Parts in rooms; beds follow, because stays in a room are intervals and a room has as many beds as it may hold. */
export interface PasSpace extends SearchSpace {
  readonly plan: () => PasPlan;
  /** Remembers this state. */
  readonly keep: () => void;
  /** The state remembered last, at first the one that the search began with. */
  readonly kept: () => PasPlan;
}

/** The share of proposals that are chains, and the share below which the others are moves of one part alone. */
const chains = 0.2;
const moves = 0.4;

/**
 * The search space of PAS. Hard rules hold in every state: a part is only ever in a room that takes it, on nights with a
 * free bed and nobody of the other gender where that is a rule. Changes: a part into another room; a part into a room
 * and one who lies there out of it, into the room the first came from or a third; a chain between two rooms, which takes
 * along whoever is in the way, such as all the women of a room for some nights.
 */
export const pasSpace = (problem: PasProblem, start: PasPlan): PasSpace => {
  const house = new PasHouse(problem, nightPrice(problem));
  for (const [part, bed] of start.entries()) if (bed >= 0) house.put(part, at(problem.beds.room, bed));
  const chain = new PasChain(house);
  const kept = house.rooms.slice();
  let total = [...start.keys()].reduce((sum, part) => sum + house.costOf(part, house.roomOf(part)), 0);
  let kind: 'move' | 'exchange' | 'chain' = 'move';
  let [part, room, other, otherRoom, difference] = [0, -1, -1, -1, 0];

  const proposeExchange = (random: Random): number => {
    other = house.someoneIn(room, random);
    if (other < 0) return 0;
    kind = 'exchange';
    otherRoom = random.next() < 0.5 ? house.roomOf(part) : house.roomFor(other, random);
    return house.costOf(other, otherRoom) - house.costOf(other, room);
  };

  return {
    propose: (random: Random) => {
      part = random.below(start.length);
      room = house.roomFor(part, random);
      const own = house.roomOf(part);
      if (room < 0 || room === own) return Infinity;
      const draw = random.next();
      if (draw < chains && own >= 0) {
        kind = 'chain';
        difference = chain.build(part, room, random);
        return difference;
      }
      kind = 'move';
      difference = house.costOf(part, room) - house.costOf(part, own);
      if (draw > moves) difference += proposeExchange(random);
      return difference;
    },
    commit: () => {
      const made =
        kind === 'move'
          ? house.move(part, room)
          : kind === 'exchange'
            ? house.exchange(part, room, [other, otherRoom])
            : house.rearrange(chain.parts, chain.targets);
      if (made) total += difference;
      return made;
    },
    cost: () => total,
    plan: () => bedsOf(problem, house.rooms),
    keep: () => kept.set(house.rooms),
    kept: () => bedsOf(problem, kept),
  };
};
