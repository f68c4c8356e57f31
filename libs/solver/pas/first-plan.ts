import { add, at } from '../arrays';
import { type PasPlan, type PasProblem, roomPolicy } from './pas.problem';
import { type PasTables, tablesOf } from './pas.tables';

/** Who lies where on which night, so far. */
interface House {
  readonly problem: PasProblem;
  readonly tables: PasTables;
  /** bed × night: 1 where somebody lies. */
  readonly taken: Uint8Array;
  /** room × night, by gender: men at 0, women at 1. */
  readonly company: readonly [Int32Array, Int32Array];
}

/**
 * A first plan: parts by first night, then longer stay, then patient; each gets the cheapest bed that breaks no hard
 * rule, the first of the list on a tie, or none.
 */
export const firstPasPlan = (problem: PasProblem): PasPlan => {
  const { parts, rooms, beds } = problem;
  const house: House = {
    problem,
    tables: tablesOf(problem),
    taken: new Uint8Array(beds.room.length * problem.nights),
    company: [new Int32Array(rooms.ids.length * problem.nights), new Int32Array(rooms.ids.length * problem.nights)],
  };
  const plan = new Int32Array(parts.patient.length).fill(-1);
  const nights = (part: number): number => at(parts.end, part) - at(parts.first, part);
  const order = [...plan.keys()].toSorted(
    (a, b) =>
      at(parts.first, a) - at(parts.first, b) || nights(b) - nights(a) || at(parts.patient, a) - at(parts.patient, b),
  );
  for (const part of order) {
    const bed = cheapestBed(house, part);
    plan[part] = bed;
    if (bed >= 0) occupy(house, part, bed);
  }
  return plan;
};

const cheapestBed = (house: House, part: number): number => {
  const { problem, tables } = house;
  const rooms = problem.rooms.ids.length;
  let best = -1;
  let cost = Infinity;
  for (const [bed, room] of problem.beds.room.entries()) {
    const price = at(tables.cost, part * rooms + room);
    if (price >= cost || at(tables.allowed, part * rooms + room) === 0 || !isFree(house, part, bed)) continue;
    best = bed;
    cost = price;
  }
  return best;
};

const genderOf = ({ parts, patients }: PasProblem, part: number): 0 | 1 =>
  at(patients.woman, at(parts.patient, part)) === 1 ? 1 : 0;

const isFree = ({ problem, taken, company }: House, part: number, bed: number): boolean => {
  const { nights, parts, beds, rooms } = problem;
  const room = at(beds.room, bed);
  const others = company[genderOf(problem, part) === 1 ? 0 : 1];
  const same = at(rooms.policy, room) === roomPolicy.same;
  for (let night = at(parts.first, part); night < at(parts.end, part); night++)
    if (at(taken, bed * nights + night) === 1 || (same && at(others, room * nights + night) > 0)) return false;
  return true;
};

const occupy = ({ problem, taken, company }: House, part: number, bed: number): void => {
  const { nights, parts, beds } = problem;
  for (let night = at(parts.first, part); night < at(parts.end, part); night++) {
    taken[bed * nights + night] = 1;
    add(company[genderOf(problem, part)], at(beds.room, bed) * nights + night, 1);
  }
};
