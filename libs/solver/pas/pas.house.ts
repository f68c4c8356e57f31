import { at, sum } from '../arrays';
import type { Random } from '../random';
import { type PasPlan, type PasProblem, roomPolicy } from './pas.problem';
import { tablesOf } from './pas.tables';

/** Who is in which room, by night; the class is for the speed of monomorphic fields in the innermost loop. */
export class PasHouse {
  readonly nights: number;
  private readonly roomCount: number;
  /** The room of each part, -1 = none. */
  readonly rooms: Int32Array;
  private readonly place: Int32Array;
  /** The parts of each room, in no order. */
  readonly lists: number[][];
  /** Patients of each gender in a room on a night: men, then women. */
  readonly present: readonly [Int32Array, Int32Array];
  readonly capacity: Int32Array;
  readonly same: Uint8Array;
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly woman: Uint8Array;
  private readonly cost: Int32Array;
  private readonly allowed: Uint8Array;
  private readonly open: Int32Array[];
  private readonly within: Uint16Array;
  private readonly dearest: number;
  /** Nights of parts that have no room. */
  without: number;

  /** `night` is what a night without a bed costs. */
  constructor(
    problem: PasProblem,
    readonly night: number,
  ) {
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
    this.without = sum(this.end) - sum(this.first);
    this.allowed = tables.allowed;
    ({ rooms: this.open, within: this.within, dearest: this.dearest } = tables.byCost);
  }

  roomOf(part: number): number {
    return this.rooms[part] as number;
  }

  costOf(part: number, room: number): number {
    return room < 0
      ? this.night * ((this.end[part] as number) - (this.first[part] as number))
      : (this.cost[part * this.roomCount + room] as number);
  }

  /** A room that may take the part at no more than a cost, whoever lies there; -1 where there is none. */
  roomWithin(part: number, cost: number, random: Random): number {
    const night = Math.min(
      this.dearest,
      Math.floor(cost / ((this.end[part] as number) - (this.first[part] as number))),
    );
    if (night < 0) return -1;
    const count = this.within[part * (this.dearest + 1) + night] as number;
    return count === 0 ? -1 : ((this.open[part] as Int32Array)[random.below(count)] as number);
  }

  /** Somebody who lies in the room on a night of the part, looked for from a place by chance; -1 where nobody does. */
  someoneMeeting(part: number, room: number, random: Random): number {
    const list = this.lists[room] as number[];
    if (list.length === 0) return -1;
    const start = random.below(list.length);
    for (let step = 0; step < list.length; step++) {
      const one = list[(start + step) % list.length] as number;
      if (this.meets(one, part)) return one;
    }
    return -1;
  }

  /** Whether two parts have a night in common. */
  meets(one: number, other: number): boolean {
    const { first, end } = this;
    return (first[one] as number) < (end[other] as number) && (first[other] as number) < (end[one] as number);
  }

  put(part: number, room: number): void {
    this.rooms[part] = room;
    if (room < 0) return;
    this.without -= (this.end[part] as number) - (this.first[part] as number);
    const list = this.lists[room] as number[];
    this.place[part] = list.push(part) - 1;
    this.count(part, room, 1);
  }

  private take(part: number): number {
    const room = this.roomOf(part);
    if (room < 0) return room;
    this.without += (this.end[part] as number) - (this.first[part] as number);
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

  /** Whether the room has a bed for the part and company it may have. */
  fits(part: number, room: number): boolean {
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

  /** Whether the room may take the part, whoever lies there. */
  mayTake(part: number, room: number): boolean {
    return this.allowed[part * this.roomCount + room] === 1;
  }

  /** Puts several parts into other rooms at once, or leaves all as it was where one of them finds no bed. */
  rearrange(parts: readonly number[], targets: readonly number[]): boolean {
    const from = parts.map((part) => this.take(part));
    let put = 0;
    while (put < parts.length && this.fits(parts[put] as number, targets[put] as number)) {
      this.put(parts[put] as number, targets[put] as number);
      put++;
    }
    if (put === parts.length) return true;
    for (const part of parts.slice(0, put)) this.take(part);
    for (const [index, part] of parts.entries()) this.put(part, from[index] as number);
    return false;
  }
}

/** A bed for each part: in each room by the first night, the first bed that is free again. */
export const bedsOf = ({ beds, parts }: PasProblem, rooms: Int32Array): PasPlan => {
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
