import { at, sum } from '../arrays';
import { type Foresight, noForesight } from './foresight';
import { type PasuPlan, type PasuProblem, roomGender } from './pasu.problem';
import { brokenRule, type PasuTables, tablesOf } from './pasu.tables';

const weight = { mixedRoom: 50, transfer: 100, delay: 5, overtime: 3 } as const;

/**
 * Who lies where on which night, and what it costs, kept up to date change by change. Rooms never hold too many and
 * theatre lists never run too long. A class for the speed of monomorphic fields in the innermost loop.
 */
export class PasuHouse {
  /** The cost of everything, as the validator has it where nothing is foreseen, and {@link brokenRule} for each. */
  total: number;
  /** The day of admission, -1 = none. */
  readonly day: Int32Array;
  /** The room by patient and day, as in a plan. */
  readonly rows: PasuPlan;
  readonly days: number;
  /** 1 = the room may take the patient, by patient × rooms. */
  private readonly allowed: Uint8Array;
  private readonly tables: PasuTables;
  private readonly roomCount: number;
  private readonly width: number;
  private readonly maxCapacity: number;
  private readonly capacity: Int32Array;
  private readonly same: Uint8Array;
  private readonly fit: Int32Array;
  private readonly patients: PasuProblem['patients'];
  private readonly bed: Float64Array;
  private readonly minute: Float64Array;
  /** By room and day: patients, women, and yesterday's leavers who may overstay; who the patients are. */
  private readonly present: Int32Array;
  private readonly women: Int32Array;
  private readonly perhaps: Int32Array;
  private readonly who: Int32Array;
  /** Minutes by day and specialism, and by day. */
  private readonly planned: Int32Array;
  private readonly operated: Int32Array;

  constructor(problem: PasuProblem, { bed, minute }: Foresight) {
    const { patients, rooms, days, specialisms } = problem;
    this.patients = patients;
    this.days = days;
    this.width = specialisms.length;
    this.tables = tablesOf(problem);
    this.fit = this.tables.fit;
    this.allowed = Uint8Array.from(this.fit, (cost) => (cost < brokenRule ? 1 : 0));
    this.roomCount = rooms.ids.length;
    this.capacity = rooms.capacity;
    this.maxCapacity = Math.max(0, ...rooms.capacity);
    this.same = Uint8Array.from(rooms.gender, (gender) => (gender === roomGender.same ? 1 : 0));
    this.bed = bed;
    this.minute = minute;
    this.day = new Int32Array(patients.ids.length).fill(-1);
    this.rows = new Int32Array(patients.ids.length * days).fill(-1);
    const cells = this.roomCount * days;
    this.present = new Int32Array(cells);
    this.women = new Int32Array(cells);
    this.perhaps = new Int32Array(cells);
    this.who = new Int32Array(cells * this.maxCapacity);
    this.planned = new Int32Array(days * this.width);
    this.operated = new Int32Array(days);
    this.total = idleHouse(problem, this.tables) + brokenRule * patients.ids.length;
  }

  get rooms(): readonly Int32Array[] {
    return this.tables.rooms;
  }

  endOf(patient: number): number {
    return (this.day[patient] as number) + (this.patients.stay[patient] as number);
  }

  roomOn(patient: number, night: number): number {
    return this.rows[patient * this.days + night] as number;
  }

  presentIn(room: number, night: number): number {
    return this.present[room * this.days + night] as number;
  }

  /** One of those in a room on a night, by number. */
  occupant(room: number, night: number, index: number): number {
    return this.who[(room * this.days + night) * this.maxCapacity + index] as number;
  }

  mayTake(patient: number, room: number): boolean {
    return this.allowed[patient * this.roomCount + room] === 1;
  }

  /** Whether there is a bed in the room on each of these nights. */
  hasBeds(room: number, from: number, end: number): boolean {
    const capacity = this.capacity[room] as number;
    const base = room * this.days;
    for (let night = from; night < end; night++) if ((this.present[base + night] as number) >= capacity) return false;
    return true;
  }

  /** Whether the theatre has the time for the surgery of an admission on a day. */
  hasTheatre(patient: number, day: number): boolean {
    const { patients } = this;
    const after = patients.surgeryAfter[patient] as number;
    if (after < 0) return true;
    const on = day + after;
    const minutes = patients.surgeryMinutes[patient] as number;
    if ((this.operated[on] as number) + minutes > (this.tables.dayLimit[on] as number)) return false;
    const list = on * this.width + (patients.specialism[patient] as number);
    return (
      this.tables.planned[patient] === 0 ||
      (this.planned[list] as number) + minutes <= (this.tables.listLimit[list] as number)
    );
  }

  /** Whether the theatre would have the time if it had nothing else to do. */
  mayOperate(patient: number, day: number): boolean {
    const { patients } = this;
    const after = patients.surgeryAfter[patient] as number;
    const minutes = patients.surgeryMinutes[patient] as number;
    if (after < 0) return true;
    const list = (day + after) * this.width + (patients.specialism[patient] as number);
    return (
      minutes <= (this.tables.dayLimit[day + after] as number) &&
      (this.tables.planned[patient] === 0 || minutes <= (this.tables.listLimit[list] as number))
    );
  }

  /** Gives a patient without a day one: the theatre and the delay; the beds are {@link occupy}. */
  admit(patient: number, day: number): void {
    this.day[patient] = day;
    this.total += this.delayOf(patient, day) - brokenRule;
    this.operate(patient, day, 1);
  }

  /** Takes the day from a patient whose beds are given back already. */
  dismiss(patient: number): void {
    const day = this.day[patient] as number;
    this.day[patient] = -1;
    this.total += brokenRule - this.delayOf(patient, day);
    this.operate(patient, day, -1);
  }

  /** Gives a bed for a night; nights are given in their order, the last of the stay at the end. */
  occupy(patient: number, room: number, night: number): void {
    this.rows[patient * this.days + night] = room;
    this.count(patient, room * this.days + night, 1);
    if (this.isTransfer(patient, night, room)) this.total += weight.transfer;
    if (night + 1 === this.endOf(patient)) this.countLeaver(patient, room, 1);
  }

  /** Gives back the beds of a patient from a night on. */
  vacate(patient: number, from: number): void {
    const row = patient * this.days;
    const end = this.endOf(patient);
    if (from >= end) return;
    this.countLeaver(patient, this.rows[row + end - 1] as number, -1);
    for (let night = end - 1; night >= from; night--) {
      const room = this.rows[row + night] as number;
      if (this.isTransfer(patient, night, room)) this.total -= weight.transfer;
      this.rows[row + night] = -1;
      this.count(patient, room * this.days + night, -1);
    }
  }

  private isTransfer(patient: number, night: number, room: number): boolean {
    const before =
      night > 0 ? (this.rows[patient * this.days + night - 1] as number) : (this.patients.room[patient] as number);
    return before >= 0 && before !== room;
  }

  private delayOf(patient: number, day: number): number {
    return weight.delay * Math.max(0, day - (this.patients.admission[patient] as number));
  }

  private count(patient: number, cell: number, by: 1 | -1): void {
    const room = (cell / this.days) | 0;
    const base = cell * this.maxCapacity;
    const before = this.cellCost(cell, room);
    const present = this.present[cell] as number;
    if (by === 1) this.who[base + present] = patient;
    else {
      let place = base;
      while (this.who[place] !== patient) place++;
      this.who[place] = this.who[base + present - 1] as number;
    }
    this.present[cell] = present + by;
    if (this.patients.woman[patient] === 1) this.women[cell] = (this.women[cell] as number) + by;
    const night = (this.fit[patient * this.roomCount + room] as number) - (this.bed[cell - room * this.days] as number);
    this.total += this.cellCost(cell, room) - before + by * night;
  }

  private countLeaver(patient: number, room: number, by: 1 | -1): void {
    const night = this.endOf(patient);
    if (this.patients.mayOverstay[patient] === 0 || night >= this.days) return;
    const cell = room * this.days + night;
    const before = this.cellCost(cell, room);
    this.perhaps[cell] = (this.perhaps[cell] as number) + by;
    this.total += this.cellCost(cell, room) - before;
  }

  /** Both genders in a room for one at a time, and patients above the capacity if yesterday's leavers stay. */
  private cellCost(cell: number, room: number): number {
    const present = this.present[cell] as number;
    const women = this.women[cell] as number;
    const above = present + (this.perhaps[cell] as number) - (this.capacity[room] as number);
    const mixed = this.same[room] === 1 && women > 0 && women < present ? weight.mixedRoom : 0;
    return above > 0 ? mixed + above : mixed;
  }

  private operate(patient: number, day: number, by: 1 | -1): void {
    const { patients } = this;
    const after = patients.surgeryAfter[patient] as number;
    if (after < 0) return;
    const on = day + after;
    const minutes = by * (patients.surgeryMinutes[patient] as number);
    const dayBefore = this.operated[on] as number;
    this.operated[on] = dayBefore + minutes;
    const free = this.tables.dayMinutes[on] as number;
    this.total += overtime(dayBefore + minutes - free) - overtime(dayBefore - free);
    if (this.tables.planned[patient] === 0) return;
    const list = on * this.width + (patients.specialism[patient] as number);
    const before = this.planned[list] as number;
    this.planned[list] = before + minutes;
    this.total += this.listCost(list, before + minutes) - this.listCost(list, before);
  }

  private listCost(list: number, used: number): number {
    const minutes = this.tables.listMinutes[list] as number;
    return overtime(used - minutes) - (this.minute[list] as number) * Math.min(used, minutes);
  }
}

const overtime = (minutes: number): number => (minutes > 0 ? weight.overtime * minutes : 0);

/** What a house costs in which nobody lies: the beds and the theatre that its patients could fill. */
const idleHouse = (problem: PasuProblem, { listMinutes }: PasuTables): number => {
  const { patients, rooms, horizon, specialisms } = problem;
  const sure = noForesight(problem);
  const wished = sum(
    patients.ids.map((_, patient) => {
      const admission = at(patients.admission, patient);
      return Math.max(0, Math.min(horizon, admission + at(patients.stay, patient)) - admission);
    }),
  );
  const beds = Math.min(wished, sum(rooms.capacity) * horizon);
  const minutes = Math.min(sum(patients.surgeryMinutes), sum(listMinutes.subarray(0, horizon * specialisms.length)));
  return beds * (sure.bed[0] ?? 0) + minutes * (sure.minute[0] ?? 0);
};
