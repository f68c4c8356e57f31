import type { IhtcProblem } from './ihtc.problem';
import { dayOf, type Place, roomOf, sameBed } from './place';
import type { RoomUse } from './room-use';

/**
 * Which nurse has which room in which shift, and what that costs. Every room has a nurse in every shift, also an empty
 * one, where she costs nothing: so there is one already when somebody comes.
 */
export class Nursing {
  readonly perDay: number;
  readonly shifts: number;
  readonly nurses: number;
  /** room × shifts. */
  readonly nurse: Int32Array;
  /** Load that a nurse could bear more, below 0 her excess: shift × nurses. */
  private readonly slack: Int32Array;
  private readonly level: Int32Array;
  private readonly stay: Int32Array;
  private readonly offset: Int32Array;
  private readonly workload: Int32Array;
  private readonly skill: Int32Array;
  /** The first shift of each person, -1 = not in house; in how many shifts a person has a nurse; how many nurses. */
  private readonly start: Int32Array;
  private readonly met: Int32Array;
  private readonly distinct: Int32Array;
  private readonly mark: Int32Array;
  private round = 0;
  private readonly excess: number;
  private readonly unskilled: number;
  private readonly continuity: number;
  /** The work in a room and shift, as the last {@link careChange} found it. */
  private work = 0;

  constructor(
    problem: IhtcProblem,
    private readonly rooms: RoomUse,
  ) {
    const { people, weights, nurses, days, shiftNames } = problem;
    this.perDay = shiftNames.length;
    this.shifts = days * this.perDay;
    this.nurses = nurses.ids.length;
    this.nurse = new Int32Array(problem.rooms.ids.length * this.shifts);
    this.slack = new Int32Array(this.shifts * this.nurses);
    for (const [cell, load] of nurses.load.entries())
      this.slack[(cell % this.shifts) * this.nurses + Math.floor(cell / this.shifts)] = Math.max(0, load);
    this.level = nurses.skill;
    this.stay = people.stay;
    this.offset = people.offset;
    this.workload = people.workload;
    this.skill = people.skill;
    this.start = new Int32Array(people.ids.length).fill(-1);
    this.met = new Int32Array(people.ids.length * this.nurses);
    this.distinct = new Int32Array(people.ids.length);
    this.mark = new Int32Array(this.nurses);
    this.excess = weights.nurse_eccessive_workload;
    this.unskilled = weights.room_nurse_skill;
    this.continuity = weights.continuity_of_care;
  }

  private endOf(person: number, first: number): number {
    return Math.min(this.shifts, first + (this.stay[person] as number) * this.perDay);
  }

  /** What it costs that a person goes from one place, or nowhere, to another. */
  difference(person: number, from: Place, to: Place): number {
    if (sameBed(from, to)) return 0;
    let cost = 0;
    if (from >= 0) cost -= this.lift(person, from) + this.continuity * (this.distinct[person] as number);
    if (to >= 0) cost += this.burden(person, to);
    if (from >= 0) this.lay(person, from);
    return cost;
  }

  /** Takes a person's work off the nurses and gives what that saves, continuity aside. */
  private lift(person: number, place: Place): number {
    const { slack, nurse, nurses, level, workload, skill } = this;
    const first = dayOf(place) * this.perDay;
    const end = this.endOf(person, first);
    const row = roomOf(place) * this.shifts;
    let cell = this.offset[person] as number;
    let over = 0;
    let missing = 0;
    for (let shift = first; shift < end; shift++, cell++) {
      const who = nurse[row + shift] as number;
      const work = workload[cell] as number;
      const left = slack[shift * nurses + who] as number;
      slack[shift * nurses + who] = left + work;
      if (left < 0) over += left + work < 0 ? work : -left;
      const lacking = (skill[cell] as number) - (level[who] as number);
      if (lacking > 0) missing += lacking;
    }
    return over * this.excess + missing * this.unskilled;
  }

  /** The inverse of {@link lift}. */
  private lay(person: number, place: Place): void {
    const { slack, nurse, nurses, workload } = this;
    const first = dayOf(place) * this.perDay;
    const end = this.endOf(person, first);
    const row = roomOf(place) * this.shifts;
    let cell = this.offset[person] as number;
    for (let shift = first; shift < end; shift++, cell++) {
      const index = shift * nurses + (nurse[row + shift] as number);
      slack[index] = (slack[index] as number) - (workload[cell] as number);
    }
  }

  /** What a person's care costs in a place, come from nowhere. */
  private burden(person: number, place: Place): number {
    const { slack, nurse, nurses, level, workload, skill, mark } = this;
    const first = dayOf(place) * this.perDay;
    const end = this.endOf(person, first);
    const row = roomOf(place) * this.shifts;
    const round = ++this.round;
    let cell = this.offset[person] as number;
    let over = 0;
    let missing = 0;
    let faces = 0;
    for (let shift = first; shift < end; shift++, cell++) {
      const who = nurse[row + shift] as number;
      const work = workload[cell] as number;
      const beyond = work - (slack[shift * nurses + who] as number);
      if (beyond > 0) over += beyond > work ? work : beyond;
      const lacking = (skill[cell] as number) - (level[who] as number);
      if (lacking > 0) missing += lacking;
      if (mark[who] !== round) {
        mark[who] = round;
        faces++;
      }
    }
    return over * this.excess + missing * this.unskilled + faces * this.continuity;
  }

  add(person: number, place: Place): void {
    this.lay(person, place);
    this.start[person] = dayOf(place) * this.perDay;
    this.meet(person, place, 1);
  }

  /** Gives what the person's care has cost. */
  remove(person: number, place: Place): number {
    const cost = this.lift(person, place) + this.continuity * (this.distinct[person] as number);
    this.start[person] = -1;
    this.meet(person, place, -1);
    return cost;
  }

  private meet(person: number, place: Place, by: 1 | -1): void {
    const { met, nurse } = this;
    const first = dayOf(place) * this.perDay;
    const end = this.endOf(person, first);
    const row = roomOf(place) * this.shifts;
    const base = person * this.nurses;
    let distinct = this.distinct[person] as number;
    for (let shift = first; shift < end; shift++) {
      const index = base + (nurse[row + shift] as number);
      const count = (met[index] as number) + by;
      met[index] = count;
      if (count === (by + 1) >> 1) distinct += by;
    }
    this.distinct[person] = distinct;
  }

  /** What it costs that a room gets another nurse for a shift. */
  changeOfNurse(room: number, shift: number, to: number): number {
    const from = this.nurse[room * this.shifts + shift] as number;
    if (from === to) return 0;
    const care = this.careChange(room, shift, to);
    return care + this.loadChange(shift, from, -this.work) + this.loadChange(shift, to, this.work);
  }

  /** What it costs that two rooms exchange their nurses for a shift. */
  exchangeOfNurses(shift: number, one: number, other: number): number {
    const nurse = this.nurse[one * this.shifts + shift] as number;
    const second = this.nurse[other * this.shifts + shift] as number;
    if (nurse === second) return 0;
    let care = this.careChange(one, shift, second);
    const work = this.work;
    care += this.careChange(other, shift, nurse);
    const more = this.work - work;
    return care + this.loadChange(shift, nurse, more) + this.loadChange(shift, second, -more);
  }

  private loadChange(shift: number, nurse: number, work: number): number {
    const left = this.slack[shift * this.nurses + nurse] as number;
    const now = left - work;
    return this.excess * ((now < 0 ? -now : 0) - (left < 0 ? -left : 0));
  }

  /** Skill and continuity of everybody in a room for a shift, by another nurse. */
  private careChange(room: number, shift: number, to: number): number {
    const { met, nurses, skill, workload, start, offset } = this;
    const { who, present, beds } = this.rooms;
    const from = this.nurse[room * this.shifts + shift] as number;
    const cell = room * (this.shifts / this.perDay) + ((shift / this.perDay) | 0);
    const end = cell * beds + (present[cell] as number);
    const had = this.level[from] as number;
    const has = this.level[to] as number;
    let missing = 0;
    let faces = 0;
    let work = 0;
    for (let bed = cell * beds; bed < end; bed++) {
      const person = who[bed] as number;
      const index = (offset[person] as number) + shift - (start[person] as number);
      const asked = skill[index] as number;
      if (asked > had) missing -= asked - had;
      if (asked > has) missing += asked - has;
      work += workload[index] as number;
      if ((met[person * nurses + from] as number) === 1) faces--;
      if ((met[person * nurses + to] as number) === 0) faces++;
    }
    this.work = work;
    return missing * this.unskilled + faces * this.continuity;
  }

  /** Gives a room another nurse for a shift. */
  assign(room: number, shift: number, to: number): void {
    const { met, nurses, workload, start, offset, slack, distinct } = this;
    const { who, present, beds } = this.rooms;
    const from = this.nurse[room * this.shifts + shift] as number;
    const cell = room * (this.shifts / this.perDay) + ((shift / this.perDay) | 0);
    const end = cell * beds + (present[cell] as number);
    this.nurse[room * this.shifts + shift] = to;
    if (from === to) return;
    let work = 0;
    for (let bed = cell * beds; bed < end; bed++) {
      const person = who[bed] as number;
      work += workload[(offset[person] as number) + shift - (start[person] as number)] as number;
      const left = (met[person * nurses + from] as number) - 1;
      const now = (met[person * nurses + to] as number) + 1;
      met[person * nurses + from] = left;
      met[person * nurses + to] = now;
      distinct[person] = (distinct[person] as number) + (now === 1 ? 1 : 0) - (left === 0 ? 1 : 0);
    }
    slack[shift * nurses + from] = (slack[shift * nurses + from] as number) + work;
    slack[shift * nurses + to] = (slack[shift * nurses + to] as number) - work;
  }
}
