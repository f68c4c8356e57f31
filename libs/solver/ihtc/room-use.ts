import type { IhtcProblem } from './ihtc.problem';
import type { Random } from '../random';
import { dayOf, nowhere, type Place, roomOf } from './place';

/** Who lies in which room on which day: beds, genders, ages. Stays are cut at the horizon. */
export class RoomUse {
  private readonly days: number;
  private readonly cells: number;
  private readonly capacity: Int32Array;
  private readonly gender: Int32Array;
  private readonly age: Int32Array;
  private readonly stay: Int32Array;
  private readonly ages: number;
  /** Beds that somebody of a gender may have: gender × rooms × days. */
  private readonly free: Int32Array;
  /** People in a room on a day, and who they are: `beds` for each cell, the first `present` of them filled. */
  readonly present: Int32Array;
  readonly who: Int32Array;
  readonly beds: number;
  /** People of an age group in a room on a day, and which groups are there as bits. */
  private readonly ageCount: Int32Array;
  private readonly ageBits: Int32Array;
  private readonly mixed: number;
  /** The place of each person. */
  readonly places: Int32Array;

  constructor(problem: IhtcProblem) {
    const { rooms, days, people, weights } = problem;
    this.days = days;
    this.cells = rooms.ids.length * days;
    this.capacity = rooms.capacity;
    this.gender = people.gender;
    this.age = people.ageGroup;
    this.stay = people.stay;
    this.ages = Math.max(0, ...people.ageGroup) + 1;
    const occupants = rooms.capacity.map((_, room) => problem.occupantRoom.filter((own) => own === room).length);
    this.beds = Math.max(1, ...rooms.capacity, ...occupants);
    this.free = new Int32Array(2 * this.cells);
    for (let cell = 0; cell < 2 * this.cells; cell++)
      this.free[cell] = rooms.capacity[Math.floor((cell % this.cells) / days)] as number;
    this.present = new Int32Array(this.cells);
    this.who = new Int32Array(this.cells * this.beds);
    this.ageCount = new Int32Array(this.cells * this.ages);
    this.ageBits = new Int32Array(this.cells);
    this.mixed = weights.room_mixed_age;
    this.places = new Int32Array(people.ids.length).fill(nowhere);
  }

  endOf(person: number, day: number): number {
    return Math.min(this.days, day + (this.stay[person] as number));
  }

  /** Whether there is a bed beside nobody of the other gender all the days, where the person leaves another place. */
  fits(person: number, from: Place, to: Place): boolean {
    const room = roomOf(to);
    const same = from >= 0 && roomOf(from) === room;
    const here = same ? dayOf(from) : this.days;
    const left = same ? this.endOf(person, here) : this.days;
    const row = (this.gender[person] as number) * this.cells + room * this.days;
    const end = this.endOf(person, dayOf(to));
    for (let day = dayOf(to); day < end; day++)
      if ((this.free[row + day] as number) <= 0 && (day < here || day >= left)) return false;
    return true;
  }

  private liesIn(person: number, room: number, day: number): boolean {
    const place = this.places[person] as number;
    return place >= 0 && roomOf(place) === room && day >= dayOf(place) && day < this.endOf(person, dayOf(place));
  }

  /** As {@link fits}, where another person leaves at the same time. */
  fitsInstead(person: number, to: Place, other: number): boolean {
    const room = roomOf(to);
    const gender = this.gender[person] as number;
    const most = gender === this.gender[other] ? this.beds : 1;
    const end = this.endOf(person, dayOf(to));
    for (let day = dayOf(to); day < end; day++) {
      const cell = room * this.days + day;
      if ((this.free[gender * this.cells + cell] as number) > 0 || this.liesIn(person, room, day)) continue;
      if (!this.liesIn(other, room, day) || (this.present[cell] as number) > most) return false;
    }
    return true;
  }

  /** Somebody in the way on the first day on which a person does not fit; -1 if nobody is. */
  inTheWay(person: number, to: Place, random: Random): number {
    const room = roomOf(to);
    const row = (this.gender[person] as number) * this.cells;
    const end = this.endOf(person, dayOf(to));
    for (let day = dayOf(to); day < end; day++) {
      const cell = room * this.days + day;
      if ((this.free[row + cell] as number) > 0 || this.liesIn(person, room, day)) continue;
      return this.who[cell * this.beds + random.below(this.present[cell] as number)] as number;
    }
    return -1;
  }

  /** What mixed ages cost more if a person goes from one place, or nowhere, to another. */
  difference(person: number, from: Place, to: Place): number {
    if (from < 0) return to < 0 ? 0 : this.entering(person, to, from);
    if (to < 0) return -this.leaving(person, from, to);
    return this.entering(person, to, from) - this.leaving(person, from, to);
  }

  /** Days on which the person lies in the same room by the other place cost neither way. */
  private leaving(person: number, place: Place, other: Place): number {
    const same = other >= 0 && roomOf(other) === roomOf(place);
    const here = same ? dayOf(other) : this.days;
    const left = same ? this.endOf(person, here) : this.days;
    const row = roomOf(place) * this.days;
    const age = this.age[person] as number;
    const end = this.endOf(person, dayOf(place));
    let span = 0;
    for (let day = dayOf(place); day < end; day++) {
      if (day >= here && day < left) continue;
      const cell = row + day;
      if ((this.ageCount[cell * this.ages + age] as number) > 1) continue;
      const bits = this.ageBits[cell] as number;
      span += spanOf(bits) - spanOf(bits & ~(1 << age));
    }
    return span * this.mixed;
  }

  private entering(person: number, place: Place, other: Place): number {
    const same = other >= 0 && roomOf(other) === roomOf(place);
    const here = same ? dayOf(other) : this.days;
    const left = same ? this.endOf(person, here) : this.days;
    const row = roomOf(place) * this.days;
    const bit = 1 << (this.age[person] as number);
    const end = this.endOf(person, dayOf(place));
    let span = 0;
    for (let day = dayOf(place); day < end; day++) {
      const bits = this.ageBits[row + day] as number;
      if ((bits & bit) !== 0 || (day >= here && day < left)) continue;
      span += spanOf(bits | bit) - spanOf(bits);
    }
    return span * this.mixed;
  }

  add(person: number, place: Place): void {
    const room = roomOf(place);
    const gender = this.gender[person] as number;
    const age = this.age[person] as number;
    const end = room * this.days + this.endOf(person, dayOf(place));
    for (let cell = room * this.days + dayOf(place); cell < end; cell++) {
      const count = this.present[cell] as number;
      this.who[cell * this.beds + count] = person;
      this.present[cell] = count + 1;
      const own = gender * this.cells + cell;
      this.free[own] = (this.free[own] as number) - 1;
      this.free[(1 - gender) * this.cells + cell] = 0;
      this.ageCount[cell * this.ages + age] = (this.ageCount[cell * this.ages + age] as number) + 1;
      this.ageBits[cell] = (this.ageBits[cell] as number) | (1 << age);
    }
  }

  remove(person: number, place: Place): void {
    const room = roomOf(place);
    const gender = this.gender[person] as number;
    const age = this.age[person] as number;
    const end = room * this.days + this.endOf(person, dayOf(place));
    for (let cell = room * this.days + dayOf(place); cell < end; cell++) {
      const count = (this.present[cell] as number) - 1;
      let bed = cell * this.beds;
      while (this.who[bed] !== person) bed++;
      this.who[bed] = this.who[cell * this.beds + count] as number;
      this.present[cell] = count;
      const own = gender * this.cells + cell;
      this.free[own] = (this.free[own] as number) + 1;
      if (count === 0) this.free[(1 - gender) * this.cells + cell] = this.capacity[room] as number;
      const left = (this.ageCount[cell * this.ages + age] as number) - 1;
      this.ageCount[cell * this.ages + age] = left;
      if (left === 0) this.ageBits[cell] = (this.ageBits[cell] as number) & ~(1 << age);
    }
  }
}

/** The highest less the lowest of the groups that are there. */
const spanOf = (bits: number): number => (bits === 0 ? 0 : Math.clz32(bits & -bits) - Math.clz32(bits));
