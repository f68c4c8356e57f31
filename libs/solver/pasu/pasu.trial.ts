import { at } from '../arrays';
import type { Foresight } from './foresight';
import { PasuHouse } from './pasu.house';
import type { PasuPlan, PasuProblem } from './pasu.problem';

/** A change that was made for trial, to be taken back. */
interface Trace {
  patient: number;
  /** The first night that was touched; the day of admission where all of the stay was. */
  from: number;
  day: number;
  readonly row: Int32Array;
}

/**
 * Changes of a day's plan that are made for trial and can be taken back. Who was admitted before today stays admitted and
 * lay where they lay; everything else is open.
 */
export class PasuTrial {
  readonly house: PasuHouse;
  /** 1 = admitted before today. */
  readonly inHouse: Uint8Array;
  /** The days on which each patient may still be admitted. */
  readonly choices: readonly Int32Array[];
  private readonly mayCome: Uint8Array;
  private readonly traces: Trace[] = [];
  private used = 0;
  private kept: number;

  constructor(
    private readonly problem: PasuProblem,
    private readonly today: number,
    { plan, foresight }: { readonly plan: PasuPlan; readonly foresight: Foresight },
  ) {
    const { patients, days } = problem;
    this.house = new PasuHouse(problem, foresight);
    const everybody = [...patients.ids.keys()];
    for (const patient of everybody) this.load(patient, plan.subarray(patient * days, (patient + 1) * days));
    this.inHouse = Uint8Array.from(everybody, (patient) => (this.isInHouse(patient) ? 1 : 0));
    this.choices = everybody.map((patient) => this.daysFor(patient));
    this.mayCome = new Uint8Array(everybody.length * days);
    for (const [patient, choices] of this.choices.entries())
      for (const day of choices) this.mayCome[patient * days + day] = 1;
    this.kept = this.house.total;
  }

  /** What is on trial costs so much more than what is kept. */
  get difference(): number {
    return this.house.total - this.kept;
  }

  get cost(): number {
    return this.kept;
  }

  keep(): void {
    this.used = 0;
    this.kept = this.house.total;
  }

  private load(patient: number, row: Int32Array): void {
    const day = row.findIndex((room) => room >= 0);
    if (day < 0) return;
    this.house.admit(patient, day);
    this.layRow(patient, day, row);
  }

  private layRow(patient: number, from: number, row: Int32Array): void {
    const end = this.house.endOf(patient);
    for (let night = from; night < end; night++) this.house.occupy(patient, row[night] as number, night);
  }

  private isInHouse(patient: number): boolean {
    const day = at(this.house.day, patient);
    return day >= 0 && (day < this.today || at(this.problem.patients.room, patient) >= 0);
  }

  private daysFor(patient: number): Int32Array {
    const { patients, days } = this.problem;
    const first = Math.max(this.today, at(patients.admission, patient));
    const last = Math.min(at(patients.maxAdmission, patient), days - at(patients.stay, patient));
    const range = Array.from({ length: Math.max(0, last + 1 - first) }, (_, index) => first + index);
    return Int32Array.from(range.filter((day) => this.house.mayOperate(patient, day)));
  }

  /** The best price at which a patient without a day finds a place, taken if there is one. */
  placeCheapest(patient: number): boolean {
    let best: readonly [number, number] | undefined;
    let cost = Infinity;
    for (const day of at(this.choices, patient))
      for (const room of at(this.house.rooms, patient)) {
        const fits = this.give(patient, day, room);
        if (fits && this.house.total < cost) [best, cost] = [[day, room], this.house.total];
        if (fits) this.clear(patient, day);
      }
    if (best === undefined) return false;
    this.give(patient, ...best);
    this.keep();
    return true;
  }

  /** Whether a patient who is not in house may come on a day. */
  isChoice(patient: number, day: number): boolean {
    return day >= 0 && day < this.house.days && this.mayCome[patient * this.house.days + day] === 1;
  }

  /** The first night that is not past. */
  firstOpen(patient: number): number {
    return Math.max(this.today, this.house.day[patient] as number);
  }

  /** Takes somebody out of bed from a night on, all of the stay where it has not begun; -1 = there is nothing to take. */
  take(patient: number, from: number): void {
    const trace = (this.traces[this.used] ??= { patient, from, day: 0, row: new Int32Array(this.house.days) });
    trace.patient = patient;
    trace.from = from;
    trace.day = this.house.day[patient] as number;
    this.used++;
    if (from < 0) return;
    const end = this.house.endOf(patient);
    for (let night = from; night < end; night++) trace.row[night] = this.house.roomOn(patient, night);
    this.clear(patient, from);
  }

  private clear(patient: number, from: number): void {
    this.house.vacate(patient, from);
    if (this.inHouse[patient] === 0) this.house.dismiss(patient);
  }

  /** Puts somebody to bed in a room from a day on, if beds and theatre allow it. */
  give(patient: number, day: number, room: number): boolean {
    const waits = (this.house.day[patient] as number) < 0;
    if (waits && !this.isChoice(patient, day)) return false;
    const end = waits ? day + (this.problem.patients.stay[patient] as number) : this.house.endOf(patient);
    if (!this.house.mayTake(patient, room) || !this.house.hasBeds(room, day, end)) return false;
    if (waits) {
      if (!this.house.hasTheatre(patient, day)) return false;
      this.house.admit(patient, day);
    }
    for (let night = day; night < end; night++) this.house.occupy(patient, room, night);
    return true;
  }

  /** Takes back what was made for trial. */
  back(): void {
    for (let index = 0; index < this.used; index++) {
      const { patient, from } = this.traces[index] as Trace;
      const day = this.house.day[patient] as number;
      const given = day >= 0 && this.house.roomOn(patient, this.house.endOf(patient) - 1) >= 0;
      if (given) this.clear(patient, this.inHouse[patient] === 1 ? from : day);
    }
    for (let index = 0; index < this.used; index++) {
      const { patient, from, day, row } = this.traces[index] as Trace;
      if (day < 0) continue;
      if ((this.house.day[patient] as number) < 0) this.house.admit(patient, day);
      this.layRow(patient, from, row);
    }
    this.used = 0;
  }
}
