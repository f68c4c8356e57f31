import { at } from '../arrays';
import type { Random } from '../random';
import type { SearchSpace } from '../search/search';
import type { Foresight } from './foresight';
import type { PasuHouse } from './pasu.house';
import type { PasuPlan, PasuProblem } from './pasu.problem';
import { PasuTrial } from './pasu.trial';

/** Names of the ways in which a plan is changed. */
export const neighbourhoods = ['move', 'exchange', 'places', 'days', 'evict'] as const;
export type Neighbourhood = (typeof neighbourhoods)[number];

/** The plans of a day as a space to search: each change is made for trial, and taken back unless it is committed. */
export class PasuSpace implements SearchSpace {
  readonly trial: PasuTrial;
  private readonly house: PasuHouse;
  private readonly inHouse: Uint8Array;
  /** Those who may be moved: everybody who has not left. */
  private readonly open: Int32Array;
  /** By specialism, who waits for surgery. */
  private readonly surgical: readonly (readonly number[])[];

  constructor(
    private readonly problem: PasuProblem,
    today: number,
    start: { readonly plan: PasuPlan; readonly foresight: Foresight },
  ) {
    const { patients } = problem;
    this.trial = new PasuTrial(problem, today, start);
    this.house = this.trial.house;
    this.inHouse = this.trial.inHouse;
    this.open = Int32Array.from(patients.ids.keys()).filter(
      (patient) => at(this.house.day, patient) < 0 || this.house.endOf(patient) > today,
    );
    this.surgical = problem.specialisms.map((_, specialism) =>
      [...this.open].filter(
        (patient) =>
          at(patients.specialism, patient) === specialism &&
          at(patients.surgeryAfter, patient) >= 0 &&
          at(this.inHouse, patient) === 0,
      ),
    );
  }

  /** Draws a change of a kind and makes it for trial; Infinity = there is no such change, and all is as it was. */
  try(kind: Neighbourhood, random: Random): number {
    this.trial.back();
    if (this.open.length === 0 || !this[kind](random)) {
      this.trial.back();
      return Infinity;
    }
    return this.trial.difference;
  }

  propose(random: Random): number {
    const draw = random.next();
    if (draw < 0.35) return this.try('move', random);
    if (draw < 0.65) return this.try('exchange', random);
    if (draw < 0.8) return this.try('places', random);
    return this.try(draw < 0.9 ? 'days' : 'evict', random);
  }

  commit(): boolean {
    this.trial.keep();
    return true;
  }

  cost(): number {
    return this.trial.cost;
  }

  /** The plan as it stands. */
  plan(): PasuPlan {
    this.trial.back();
    return this.house.rows.slice();
  }

  /** Somebody into another room, or to another day, or both; in house: from today or from a later night on. */
  private move(random: Random): boolean {
    const patient = this.anybody(random);
    if (this.inHouse[patient] === 1) return this.transfer(patient, random);
    const day = this.house.day[patient] as number;
    const kind = day < 0 ? 2 : random.below(3);
    const to = kind === 0 ? day : this.dayFor(patient, random);
    const room = kind === 1 ? this.house.roomOn(patient, day) : this.roomFor(patient, random);
    if (to < 0 || room < 0) return false;
    this.trial.take(patient, day);
    return this.trial.give(patient, to, room);
  }

  private transfer(patient: number, random: Random): boolean {
    const first = this.trial.firstOpen(patient);
    const end = this.house.endOf(patient);
    const from = random.chance(0.6) ? first : first + random.below(end - first);
    const room = this.roomFor(patient, random);
    if (room < 0 || room === this.house.roomOn(patient, from)) return false;
    this.trial.take(patient, from);
    return this.trial.give(patient, from, room);
  }

  /** Two in different rooms change places from their first open night on, each on their own days. */
  private exchange(random: Random): boolean {
    const patient = this.anybody(random);
    if ((this.house.day[patient] as number) < 0) return false;
    const first = this.trial.firstOpen(patient);
    const night = first + random.below(this.house.endOf(patient) - first);
    const room = this.roomFor(patient, random);
    const own = this.house.roomOn(patient, night);
    const other = room < 0 || room === own ? -1 : this.someoneIn(room, night, random);
    if (other < 0) return false;
    const otherRoom = random.chance(0.7) ? own : this.roomFor(other, random);
    if (!this.house.mayTake(other, otherRoom)) return false;
    const from = this.trial.firstOpen(other);
    this.trial.take(patient, first);
    this.trial.take(other, from);
    return this.trial.give(patient, first, room) && this.trial.give(other, from, otherRoom);
  }

  /** Two who are not in house take each other's day and room. */
  private places(random: Random): boolean {
    const patient = this.anybody(random);
    const day = this.house.day[patient] as number;
    const to = this.dayFor(patient, random);
    const room = this.roomFor(patient, random);
    if (this.inHouse[patient] === 1 || day < 0 || to < 0) return false;
    const other = this.someoneIn(room, to, random);
    if (other < 0 || other === patient || this.inHouse[other] === 1) return false;
    const own = this.house.roomOn(patient, day);
    this.trial.take(patient, day);
    const otherDay = this.house.day[other] as number;
    this.trial.take(other, otherDay);
    return this.trial.give(patient, otherDay, room) && this.trial.give(other, day, own);
  }

  /** Two of one specialism who wait for surgery change days. */
  private days(random: Random): boolean {
    const patient = this.anybody(random);
    const list = this.surgical[this.problem.patients.specialism[patient] as number] as readonly number[];
    if (this.inHouse[patient] === 1 || list.length < 2) return false;
    const other = list[random.below(list.length)] as number;
    const [day, otherDay] = [this.house.day[patient] as number, this.house.day[other] as number];
    if (other === patient || day < 0 || otherDay < 0 || day === otherDay) return false;
    const [room, otherRoom] = [this.house.roomOn(patient, day), this.house.roomOn(other, otherDay)];
    const swap = random.chance(0.5);
    this.trial.take(patient, day);
    this.trial.take(other, otherDay);
    return (
      this.trial.give(patient, otherDay, swap ? otherRoom : room) &&
      this.trial.give(other, day, swap ? room : otherRoom)
    );
  }

  /** Somebody comes to another day and room, and one of those who lie there goes to any other place. */
  private evict(random: Random): boolean {
    const patient = this.anybody(random);
    const to = this.dayFor(patient, random);
    const room = this.roomFor(patient, random);
    if (this.inHouse[patient] === 1 || to < 0 || room < 0) return false;
    const night = to + random.below(this.problem.patients.stay[patient] as number);
    const other = this.someoneIn(room, night, random);
    if (other < 0 || other === patient) return false;
    const otherRoom = this.roomFor(other, random);
    this.trial.take(patient, this.house.day[patient] as number);
    const from = this.trial.firstOpen(other);
    const otherDay = this.inHouse[other] === 1 ? from : this.dayFor(other, random);
    this.trial.take(other, from);
    return otherDay >= 0 && this.trial.give(patient, to, room) && this.trial.give(other, otherDay, otherRoom);
  }

  private anybody(random: Random): number {
    return this.open[random.below(this.open.length)] as number;
  }

  private dayFor(patient: number, random: Random): number {
    const choices = this.trial.choices[patient] as Int32Array;
    return choices.length === 0 ? -1 : (choices[random.below(choices.length)] as number);
  }

  private roomFor(patient: number, random: Random): number {
    const rooms = this.house.rooms[patient] as Int32Array;
    return rooms.length === 0 ? -1 : (rooms[random.below(rooms.length)] as number);
  }

  private someoneIn(room: number, night: number, random: Random): number {
    const present = this.house.presentIn(room, night);
    return present === 0 ? -1 : this.house.occupant(room, night, random.below(present));
  }
}
