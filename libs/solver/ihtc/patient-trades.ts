import { at, groupBy } from '../arrays';
import type { Random } from '../random';
import type { IhtcHouse } from './ihtc.house';
import { notMade } from './move';
import { dayOf, nowhere, type Place, placeOf, roomOf, theatreOf } from './place';
import type { PlaceDraws } from './place-draws';

/** How many leave for the next one in a chain, and how often somebody is drawn, or a place for who had to leave. */
const links = 3;
const partners = 6;
const refuges = 6;

/**
 * Changes of several patients at once, in the way of {@link PatientMoves}. They are made one by one and taken back if
 * that was for nothing.
 */
export class PatientTrades {
  private readonly patients: number;
  private readonly mandatory: Uint8Array;
  private readonly surgeon: Int32Array;
  private readonly duration: Int32Array;
  /** The patients of each surgeon. */
  private readonly teams: readonly Int32Array[];
  /** Who was moved and from where, each patient once, and what that cost. */
  private readonly moved = new Int32Array(links + 1);
  private readonly from = new Int32Array(links + 1);
  private count = 0;
  /** In a chain: the place that the first one left, and the one that the last one had to leave. */
  private home: Place = nowhere;
  private vacated: Place = nowhere;
  private cost = 0;

  constructor(
    private readonly house: IhtcHouse,
    private readonly random: Random,
    private readonly draws: PlaceDraws,
  ) {
    const { surgeries, surgeons } = house.problem;
    this.patients = house.places.length;
    this.mandatory = surgeries.mandatory;
    this.surgeon = surgeries.surgeon;
    this.duration = surgeries.duration;
    const teams = groupBy(house.places.keys(), (patient) => at(surgeries.surgeon, patient));
    this.teams = [...surgeons.ids.keys()].map((surgeon) => Int32Array.from(teams.get(surgeon) ?? []));
  }

  /**
   * A chain of days: a patient onto the day of another of the same surgeon, who goes to the day of the first one, or to
   * one with time left, or onto the day of a third one. Who is optional may be left out for one who was out.
   */
  days(patient: number, limit: number): number {
    const { house, random } = this;
    this.begin();
    this.home = house.placeOf(patient);
    let current = patient;
    for (let link = 0; link < links; link++) {
      const other = this.partner(current);
      if (other < 0) break;
      const theirs = house.placeOf(other);
      this.put(other, nowhere);
      if (link === 0 && this.home >= 0) this.put(current, nowhere);
      if (!this.putOn(current, theirs)) break;
      if (this.home < 0 && this.mandatory[other] === 0 && random.next() < 0.5) return this.settle(limit);
      if (this.findDay(other)) return this.settle(limit);
      current = other;
    }
    return this.takeBack();
  }

  /** Somebody of the same surgeon whose day the patient may have and who may, more often than not, go to the home day. */
  private partner(patient: number): number {
    const { home, random } = this;
    const team = this.teams[this.surgeon[patient] as number] as Int32Array;
    const mutual = home >= 0 && random.next() < 0.8;
    const gap = mutual ? this.house.theatres.minutesLeft(patient, dayOf(home)) : 0;
    for (let draw = 0; draw < partners; draw++) {
      const other = team[random.below(team.length)] as number;
      if (!this.mayFollow(patient, other)) continue;
      if (!mutual || (this.suits(other, dayOf(home)) && gap >= (this.duration[other] as number))) return other;
    }
    return -1;
  }

  /** Whether a patient may come on the day of another one of the surgeon, who leaves it. */
  private mayFollow(patient: number, other: number): boolean {
    const { house } = this;
    const [mine, theirs] = [house.placeOf(patient), house.placeOf(other)];
    if (theirs < 0 || (mine >= 0 && dayOf(mine) === dayOf(theirs)) || this.isMoved(other)) return false;
    const left = house.theatres.minutesLeft(other, dayOf(theirs));
    return left >= (this.duration[patient] as number) && this.suits(patient, dayOf(theirs));
  }

  /** Puts who has to leave a day onto the day that the first of the chain left, or onto another. */
  private findDay(patient: number): boolean {
    if (this.home >= 0 && this.suits(patient, dayOf(this.home)) && this.putOn(patient, this.home)) return true;
    const place = this.draws.fitting(patient);
    if (place >= 0) this.put(patient, place);
    return place >= 0;
  }

  private suits(patient: number, day: number): boolean {
    return day >= (this.house.release[patient] as number) && day <= (this.house.due[patient] as number);
  }

  /** Puts a patient onto the day of a place, into its room if that may be. */
  private putOn(patient: number, there: Place): boolean {
    if (this.house.theatres.minutesLeft(patient, dayOf(there)) < (this.duration[patient] as number)) return false;
    const place = this.draws.fittingOn(patient, dayOf(there), this.random.next() < 0.7 ? roomOf(there) : -1);
    if (place < 0) return false;
    this.put(patient, place);
    return true;
  }

  /** Two patients exchange their rooms. */
  rooms(patient: number, limit: number): number {
    const { house, random } = this;
    const other = random.below(this.patients);
    const [mine, theirs] = [house.placeOf(patient), house.placeOf(other)];
    if (other === patient || theirs < 0 || roomOf(mine) === roomOf(theirs)) return notMade;
    const to = placeOf(dayOf(mine), roomOf(theirs), theatreOf(mine));
    const back = placeOf(dayOf(theirs), roomOf(mine), theatreOf(theirs));
    if (house.isIncompatible(patient, roomOf(to)) || house.isIncompatible(other, roomOf(back))) return notMade;
    if (!house.rooms.fitsInstead(patient, to, other) || !house.rooms.fitsInstead(other, back, patient)) return notMade;
    this.begin();
    this.put(other, nowhere);
    this.put(patient, to);
    this.put(other, back);
    return this.settle(limit);
  }

  /** A chain: a patient into a room that another one has, who goes where there is a bed, or out of whose way a third goes. */
  press(patient: number, to: Place, limit: number): number {
    const { house } = this;
    this.begin();
    this.home = house.placeOf(patient);
    let [current, target] = [patient, to];
    for (let link = 0; link < links; link++) {
      const other = this.displace(current, target);
      if (other < 0) break;
      const theirs = this.vacated;
      for (let draw = 0; draw < refuges; draw++) {
        target = this.refuge(other, theirs);
        if (target < 0 || !house.rooms.fits(other, nowhere, target)) continue;
        const difference = house.difference(other, target);
        if (this.cost + difference > limit || !house.theatres.fits(other, nowhere, target)) continue;
        this.put(other, target);
        return this.settle(limit);
      }
      current = other;
      target = placeOf(dayOf(theirs), this.draws.room(other), theatreOf(theirs));
    }
    return this.takeBack();
  }

  /** Where somebody displaced might go. */
  private refuge(other: number, theirs: Place): Place {
    const draw = this.random.next();
    if (draw < 0.8) {
      const room = draw < 0.25 ? roomOf(this.home) : this.draws.room(other);
      return this.house.isIncompatible(other, room) ? nowhere : placeOf(dayOf(theirs), room, theatreOf(theirs));
    }
    return this.draws.fitting(other);
  }

  /** Puts a patient into the bed of another, who is out then; -1 where that will not do. */
  private displace(patient: number, to: Place): number {
    const { house } = this;
    const other = house.rooms.inTheWay(patient, to, this.random);
    if (other < 0 || other === patient || other >= this.patients || this.isMoved(other)) return -1;
    if (!house.rooms.fitsInstead(patient, to, other)) return -1;
    this.vacated = house.placeOf(other);
    this.put(other, nowhere);
    this.put(patient, to);
    return other;
  }

  private begin(): void {
    this.count = 0;
    this.cost = 0;
  }

  /** Nobody is displaced twice: going back, everybody would be in two places for a while. */
  private isMoved(patient: number): boolean {
    for (let index = 0; index < this.count; index++) if (this.moved[index] === patient) return true;
    return false;
  }

  private put(patient: number, to: Place): void {
    if (!this.isMoved(patient)) {
      this.moved[this.count] = patient;
      this.from[this.count++] = this.house.placeOf(patient);
    }
    this.cost += this.house.change(patient, to);
  }

  private settle(limit: number): number {
    return this.cost <= limit ? this.cost : this.takeBack();
  }

  private takeBack(): number {
    const { house, moved, from } = this;
    for (let index = 0; index < this.count; index++) house.set(moved[index] as number, nowhere);
    for (let index = 0; index < this.count; index++) house.set(moved[index] as number, from[index] as number);
    return notMade;
  }
}
