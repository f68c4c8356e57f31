import { at } from '../arrays';
import type { Random } from '../random';
import type { SearchSpace } from '../search/search';
import { type PasPlan, type PasProblem, roomPolicy } from './pas.problem';
import { tablesOf } from './pas.tables';

/** What a night without a bed costs in the search: more than any wish of a night, so that placing comes first. */
export const unplacedNight = 1000;

/** Parts in rooms; beds follow, because stays in a room are intervals and a room has as many beds as it may hold. */
export interface PasSpace extends SearchSpace {
  readonly plan: () => PasPlan;
  /** Remembers this state. */
  readonly keep: () => void;
  /** The state remembered last, at first the one that the search began with. */
  readonly kept: () => PasPlan;
}

/**
 * The search space of PAS. Hard rules hold in every state: a part is only ever in a room that takes it, on nights with a
 * free bed and nobody of the other gender where that is a rule. Changes: a part into another room; a part into a room
 * and one who lies there out of it, into the room the first came from or a third.
 */
export const pasSpace = (problem: PasProblem, start: PasPlan): PasSpace => {
  const house = new Rooms(problem);
  for (const [part, bed] of start.entries()) if (bed >= 0) house.put(part, at(problem.beds.room, bed));
  let total = [...start.keys()].reduce((sum, part) => sum + house.costOf(part, house.roomOf(part)), 0);
  const kept = house.rooms.slice();
  let [part, room, other, otherRoom, difference] = [0, -1, -1, -1, 0];
  return {
    propose: (random: Random) => {
      part = random.below(start.length);
      room = house.roomFor(part, random);
      other = random.next() < 0.4 ? -1 : house.someoneIn(room, random);
      difference = house.costOf(part, room) - house.costOf(part, house.roomOf(part));
      if (other >= 0) {
        otherRoom = random.next() < 0.5 ? house.roomOf(part) : house.roomFor(other, random);
        difference += house.costOf(other, otherRoom) - house.costOf(other, room);
      }
      return room < 0 || room === house.roomOf(part) || other === part ? Infinity : difference;
    },
    commit: () => {
      const made = other < 0 ? house.move(part, room) : house.exchange(part, room, [other, otherRoom]);
      if (made) total += difference;
      return made;
    },
    cost: () => total,
    plan: () => bedsOf(problem, house.rooms),
    keep: () => kept.set(house.rooms),
    kept: () => bedsOf(problem, kept),
  };
};

/** Who is in which room, by night; the class is for the speed of monomorphic fields in the innermost loop. */
class Rooms {
  private readonly nights: number;
  private readonly roomCount: number;
  /** The room of each part, -1 = none. */
  readonly rooms: Int32Array;
  private readonly place: Int32Array;
  private readonly lists: number[][];
  /** Patients of each gender in a room on a night: men, then women. */
  private readonly present: readonly [Int32Array, Int32Array];
  private readonly capacity: Int32Array;
  private readonly same: Uint8Array;
  private readonly first: Int32Array;
  private readonly end: Int32Array;
  private readonly woman: Uint8Array;
  private readonly cost: Int32Array;
  private readonly open: Int32Array[];

  constructor(problem: PasProblem) {
    const { nights, rooms, parts, beds, patients } = problem;
    const tables = tablesOf(problem);
    this.nights = nights;
    this.roomCount = rooms.ids.length;
    this.rooms = new Int32Array(parts.patient.length).fill(-1);
    this.place = new Int32Array(parts.patient.length);
    this.lists = rooms.ids.map(() => []);
    this.present = [new Int32Array(this.roomCount * nights), new Int32Array(this.roomCount * nights)];
    this.capacity = new Int32Array(this.roomCount);
    for (const room of beds.room) this.capacity[room] = at(this.capacity, room) + 1;
    this.same = rooms.policy.map((policy) => (policy === roomPolicy.same ? 1 : 0));
    this.first = parts.first;
    this.end = parts.end;
    this.woman = Uint8Array.from(parts.patient, (patient) => at(patients.woman, patient));
    this.cost = tables.cost;
    this.open = [...this.rooms.keys()].map((part) =>
      Int32Array.from([...rooms.ids.keys()].filter((room) => at(tables.allowed, part * this.roomCount + room) === 1)),
    );
  }

  roomOf(part: number): number {
    return this.rooms[part] as number;
  }

  costOf(part: number, room: number): number {
    return room < 0
      ? unplacedNight * ((this.end[part] as number) - (this.first[part] as number))
      : (this.cost[part * this.roomCount + room] as number);
  }

  /** A room that may take the part, whoever lies there; -1 where no room may. */
  roomFor(part: number, random: Random): number {
    const open = this.open[part] as Int32Array;
    return open.length === 0 ? -1 : (open[random.below(open.length)] as number);
  }

  /** A part in the room, -1 in an empty one. */
  someoneIn(room: number, random: Random): number {
    const list = room < 0 ? undefined : this.lists[room];
    return list === undefined || list.length === 0 ? -1 : (list[random.below(list.length)] as number);
  }

  put(part: number, room: number): void {
    this.rooms[part] = room;
    if (room < 0) return;
    const list = this.lists[room] as number[];
    this.place[part] = list.push(part) - 1;
    this.count(part, room, 1);
  }

  private take(part: number): number {
    const room = this.roomOf(part);
    if (room < 0) return room;
    const list = this.lists[room] as number[];
    const last = list.pop() as number;
    if (last !== part) {
      const place = this.place[part] as number;
      list[place] = last;
      this.place[last] = place;
    }
    this.rooms[part] = -1;
    this.count(part, room, -1);
    return room;
  }

  private count(part: number, room: number, by: number): void {
    const present = this.woman[part] === 1 ? this.present[1] : this.present[0];
    const end = room * this.nights + (this.end[part] as number);
    for (let cell = room * this.nights + (this.first[part] as number); cell < end; cell++)
      present[cell] = (present[cell] as number) + by;
  }

  private fits(part: number, room: number): boolean {
    if (room < 0) return true;
    const own = this.woman[part] === 1 ? this.present[1] : this.present[0];
    const others = this.woman[part] === 1 ? this.present[0] : this.present[1];
    const capacity = this.capacity[room] as number;
    const same = this.same[room] === 1;
    const end = room * this.nights + (this.end[part] as number);
    for (let cell = room * this.nights + (this.first[part] as number); cell < end; cell++) {
      const strangers = others[cell] as number;
      if ((own[cell] as number) + strangers >= capacity || (same && strangers > 0)) return false;
    }
    return true;
  }

  move(part: number, room: number): boolean {
    if (!this.fits(part, room)) return false;
    this.take(part);
    this.put(part, room);
    return true;
  }

  /** Puts a part into a room and another one out of it; all stays as it was where one of the two finds no bed. */
  exchange(part: number, room: number, [other, otherRoom]: readonly [number, number]): boolean {
    if (otherRoom >= 0 && !this.mayTake(other, otherRoom)) return false;
    const from = this.take(part);
    this.take(other);
    if (this.fits(part, room)) {
      this.put(part, room);
      if (this.fits(other, otherRoom)) {
        this.put(other, otherRoom);
        return true;
      }
      this.take(part);
    }
    this.put(other, room);
    this.put(part, from);
    return false;
  }

  private mayTake(part: number, room: number): boolean {
    return (this.open[part] as Int32Array).includes(room);
  }
}

/** A bed for each part: in each room by the first night, the first bed that is free again. */
const bedsOf = ({ beds, parts }: PasProblem, rooms: Int32Array): PasPlan => {
  const plan = new Int32Array(rooms.length).fill(-1);
  const free = new Int32Array(beds.room.length);
  const order = [...rooms.keys()].toSorted((a, b) => at(parts.first, a) - at(parts.first, b) || a - b);
  for (const part of order) {
    const own = at(rooms, part);
    if (own < 0) continue;
    const bed = beds.room.findIndex((room, index) => room === own && at(free, index) <= at(parts.first, part));
    plan[part] = bed;
    free[bed] = at(parts.end, part);
  }
  return plan;
};
