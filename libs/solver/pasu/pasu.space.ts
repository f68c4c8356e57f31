import { at } from '../arrays';
import type { Random } from '../random';
import type { SearchSpace } from '../search/search';
import type { Foresight } from './foresight';
import type { PasuHouse } from './pasu.house';
import type { PasuPlan, PasuProblem } from './pasu.problem';
import { PasuTrial } from './pasu.trial';

/** Names of the ways in which a plan is changed. */
export const neighbourhoods = ['move', 'exchange', 'places', 'days', 'evict'] as const;

/** How often each is drawn, summed up. */
const shares = [0.45, 0.6, 0.65, 0.8];

export type Neighbourhood = (typeof neighbourhoods)[number];

/** The plans of a day as a space to search: each change is made for trial, and taken back unless it is committed. */
export class PasuSpace implements SearchSpace {
  readonly trial: PasuTrial;
  private readonly house: PasuHouse;
  private readonly inHouse: Uint8Array;
  /** Those who may be moved: everybody who has not left. */
  private readonly open: Int32Array;
  /** Those of them who had no place at first, and might have. */
  private readonly waiting: Int32Array;
  /** Who was put out of a room for trial, and since when. */
  private readonly gone = new Int32Array(3);
  private readonly since = new Int32Array(3);
  private victims = 0;
  /** Who waits for surgery, and the same by specialism. */
  private readonly surgeries: Int32Array;
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
    this.waiting = this.open.filter(
      (patient) => at(this.house.day, patient) < 0 && at(this.trial.choices, patient).length > 0,
    );
    this.surgeries = this.open.filter(
      (patient) => at(patients.surgeryAfter, patient) >= 0 && at(this.inHouse, patient) === 0,
    );
    this.surgical = problem.specialisms.map((_, specialism) =>
      [...this.surgeries].filter((patient) => at(patients.specialism, patient) === specialism),
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
    for (let kind = 0; kind < neighbourhoods.length - 1; kind++)
      if (draw < (shares[kind] as number)) return this.try(neighbourhoods[kind] as Neighbourhood, random);
    return this.try('evict', random);
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
    const to = day >= 0 && random.next() < 0.4 ? day : this.theatreDayFor(patient, random);
    if (to < 0) return false;
    const own = day < 0 || to === day || random.next() < 0.5 ? -1 : this.house.roomOn(patient, day);
    this.trial.take(patient, day);
    return (own >= 0 && this.trial.give(patient, to, own)) || this.giveSomewhere(patient, to, random);
  }

  private transfer(patient: number, random: Random): boolean {
    const first = this.trial.firstOpen(patient);
    const end = this.house.endOf(patient);
    const from = random.next() < 0.7 ? first : first + random.below(end - first);
    const room = this.roomFor(patient, random);
    if (room < 0 || room === this.house.roomOn(patient, from)) return false;
    if (!this.house.hasBeds(room, from, from + 1)) return false;
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
    const from = this.trial.firstOpen(other);
    this.trial.take(patient, first);
    this.trial.take(other, from);
    return (
      this.trial.give(patient, first, room) &&
      (this.trial.give(other, from, own) || this.giveSomewhere(other, from, random))
    );
  }

  /** Two who are not in house take each other's day and room. */
  private places(random: Random): boolean {
    const patient = this.anybody(random);
    const day = this.house.day[patient] as number;
    if (this.inHouse[patient] === 1 || day < 0) return false;
    const to = this.dayFor(patient, random);
    const room = this.roomFor(patient, random);
    if (to < 0 || room < 0) return false;
    const other = this.someoneIn(room, to, random);
    if (other < 0 || other === patient || this.inHouse[other] === 1) return false;
    const own = this.house.roomOn(patient, day);
    const otherDay = this.house.day[other] as number;
    this.trial.take(patient, day);
    this.trial.take(other, otherDay);
    return (
      this.giveThereOrElsewhere(patient, [otherDay, room], random) &&
      this.giveThereOrElsewhere(other, [day, own], random)
    );
  }

  /** Two of one specialism who wait for surgery change days, or one takes the other's day and that one goes elsewhere. */
  private days(random: Random): boolean {
    if (this.surgeries.length === 0) return false;
    const surgery = this.surgeries[random.below(this.surgeries.length)] as number;
    const patient = this.waiting.length > 0 && random.next() < 0.5 ? this.anybody(random) : surgery;
    const other = this.partnerOf(patient, random);
    if (other < 0) return false;
    const [day, otherDay] = [this.house.day[patient] as number, this.house.day[other] as number];
    const listDay = this.dayForListOf(patient, other);
    const ownList = this.dayForListOf(other, patient);
    const otherRoom = this.house.roomOn(other, otherDay);
    const own = day < 0 ? otherRoom : this.house.roomOn(patient, day);
    this.trial.take(patient, day);
    this.trial.take(other, otherDay);
    const to = day >= 0 && random.next() < 0.6 ? ownList : this.theatreDayFor(other, random);
    const room = random.next() < 0.5 ? otherRoom : this.roomFor(patient, random);
    return this.force(patient, [listDay, room, own], random) && this.giveThereOrElsewhere(other, [to, own], random);
  }

  /** Somebody of the specialism whose day the patient may take, -1 where the one who was drawn is none. */
  private partnerOf(patient: number, random: Random): number {
    const list = this.surgical[this.problem.patients.specialism[patient] as number] as readonly number[];
    if (this.inHouse[patient] === 1 || list.length < 2) return -1;
    const other = list[random.below(list.length)] as number;
    if (other === patient || (this.house.day[other] as number) < 0) return -1;
    return this.trial.isChoice(patient, this.dayForListOf(patient, other)) ? other : -1;
  }

  /** The day of admission that puts the surgery of a patient on the day of another one's. */
  private dayForListOf(patient: number, other: number): number {
    const { surgeryAfter } = this.problem.patients;
    return (this.house.day[other] as number) + (surgeryAfter[other] as number) - (surgeryAfter[patient] as number);
  }

  /** Somebody comes to another day or room, and those who are in the way, three at most, go to other places. */
  private evict(random: Random): boolean {
    const patient = this.anybody(random);
    const day = this.house.day[patient] as number;
    const from = day < 0 ? -1 : this.trial.firstOpen(patient);
    const to = this.dayToForce(patient, from, random);
    const room = this.roomFor(patient, random);
    if (to < 0 || room < 0) return false;
    const own = day < 0 ? room : this.house.roomOn(patient, from);
    this.trial.take(patient, from);
    return this.force(patient, [to, room, own], random);
  }

  /** Puts somebody into a room and others out of it, for whom there is another room. */
  private force(patient: number, [to, room, other]: readonly [number, number, number], random: Random): boolean {
    const end = this.inHouse[patient] === 1 ? this.house.endOf(patient) : to + this.stayOf(patient);
    return this.clearRoom(room, [to, end], random) && this.trial.give(patient, to, room) && this.rehouse(other, random);
  }

  /** The day from which somebody is to lie in another room: mostly another day of admission, for who may have one. */
  private dayToForce(patient: number, from: number, random: Random): number {
    const mayWait = this.inHouse[patient] === 0 && (from < 0 || random.next() < 0.7);
    return mayWait ? this.theatreDayFor(patient, random) : from;
  }

  /** Puts those who were put out into the room that became free, or anywhere, those who may wait on any day. */
  private rehouse(room: number, random: Random): boolean {
    for (let index = 0; index < this.victims; index++) {
      const victim = this.gone[index] as number;
      const day = this.since[index] as number;
      if (this.trial.give(victim, day, room) || this.giveSomewhere(victim, day, random)) continue;
      if (this.inHouse[victim] === 1 || !this.giveSomewhere(victim, this.dayFor(victim, random), random)) return false;
    }
    return true;
  }

  /** Takes people out of a room until it has a bed on each of these nights; false where more than three are in the way. */
  private clearRoom(room: number, [from, end]: readonly [number, number], random: Random): boolean {
    this.victims = 0;
    for (let night = from; night < end; night++) {
      if (this.house.hasBeds(room, night, night + 1)) continue;
      if (this.victims === this.gone.length) return false;
      const victim = this.someoneIn(room, night, random);
      const since = this.trial.firstOpen(victim);
      this.trial.take(victim, since);
      this.gone[this.victims] = victim;
      this.since[this.victims] = since;
      this.victims++;
    }
    return true;
  }

  /** A day for which the theatre has time, if a few draws find one. */
  private theatreDayFor(patient: number, random: Random): number {
    for (let tries = 0; tries < 4; tries++) {
      const day = this.dayFor(patient, random);
      if (day < 0 || day === this.house.day[patient] || this.house.hasTheatre(patient, day)) return day;
    }
    return -1;
  }

  /** Puts somebody to bed in a room, or in any. */
  private giveThereOrElsewhere(patient: number, [day, room]: readonly [number, number], random: Random): boolean {
    return (day >= 0 && this.trial.give(patient, day, room)) || this.giveSomewhere(patient, day, random);
  }

  private giveSomewhere(patient: number, day: number, random: Random): boolean {
    for (let tries = 0; day >= 0 && tries < 3; tries++) {
      const room = this.roomFor(patient, random);
      if (room >= 0 && this.trial.give(patient, day, room)) return true;
    }
    return false;
  }

  /** Anybody who has not left, now and then one of those without a place. */
  private anybody(random: Random): number {
    if (this.waiting.length > 0 && random.next() < 0.1) {
      const patient = this.waiting[random.below(this.waiting.length)] as number;
      if ((this.house.day[patient] as number) < 0) return patient;
    }
    return this.open[random.below(this.open.length)] as number;
  }

  /** A day on which the patient may come, most often an early one. */
  private dayFor(patient: number, random: Random): number {
    const choices = this.trial.choices[patient] as Int32Array;
    const draw = random.next();
    return choices.length === 0 ? -1 : (choices[(choices.length * draw * draw) | 0] as number);
  }

  /** A room that may take the patient, most often one that fits well. */
  private roomFor(patient: number, random: Random): number {
    const rooms = this.house.rooms[patient] as Int32Array;
    const draw = random.next();
    return rooms.length === 0 ? -1 : (rooms[(rooms.length * draw * draw) | 0] as number);
  }

  private stayOf(patient: number): number {
    return this.problem.patients.stay[patient] as number;
  }

  private someoneIn(room: number, night: number, random: Random): number {
    const present = this.house.presentIn(room, night);
    return present === 0 ? -1 : this.house.occupant(room, night, random.below(present));
  }
}
