import type { Random } from '../random';
import type { IhtcHouse } from './ihtc.house';
import { dayOf, nowhere, type Place, placeOf, roomOf, theatreOf } from './place';

/** What a move gives that was not made. */
export const notMade = Infinity;

/**
 * The neighbourhoods of patients. Each draws a change, makes it if it breaks no hard rule and costs no more than the
 * limit, and gives what it costs, else {@link notMade}.
 */
export class PatientMoves {
  private readonly patients: number;
  private readonly theatres: number;
  private readonly mandatory: Uint8Array;
  /** The two of an exchange and where they go. */
  private first = 0;
  private second = 0;
  private firstTo: Place = nowhere;
  private secondTo: Place = nowhere;

  constructor(
    private readonly house: IhtcHouse,
    private readonly random: Random,
  ) {
    this.patients = house.places.length;
    this.theatres = house.problem.theatres.ids.length;
    this.mandatory = house.problem.surgeries.mandatory;
  }

  attempt(limit: number): number {
    const { random } = this;
    if (this.patients === 0) return notMade;
    const patient = random.below(this.patients);
    const place = this.house.placeOf(patient);
    const draw = random.next();
    if (draw < 0.35) return this.exchange(patient, place, limit);
    if (place < 0) return this.go(patient, this.anyPlace(patient), limit);
    if (draw < 0.37) return this.mandatory[patient] === 1 ? notMade : this.go(patient, nowhere, limit);
    return this.go(patient, this.otherPlace(patient, place), limit);
  }

  private go(patient: number, to: Place, limit: number): number {
    const { house } = this;
    if (to === house.placeOf(patient) || (to >= 0 && !house.fits(patient, to))) return notMade;
    const difference = house.difference(patient, to);
    if (difference > limit) return notMade;
    house.set(patient, to);
    return difference;
  }

  private anyRoom(patient: number): number {
    const rooms = this.house.open[patient] as Int32Array;
    return rooms.length === 0 ? 0 : (rooms[this.random.below(rooms.length)] as number);
  }

  private anyDay(patient: number): number {
    const first = this.house.release[patient] as number;
    return first + this.random.below((this.house.due[patient] as number) - first + 1);
  }

  private anyPlace(patient: number): Place {
    const day = this.anyDay(patient);
    return placeOf(day, this.anyRoom(patient), this.theatreOn(day));
  }

  /** A theatre that is open on the day more often than one that is not. */
  private theatreOn(day: number): number {
    const { random, theatres } = this;
    const theatre = random.below(theatres);
    return this.house.theatres.isOpen(theatre, day) ? theatre : random.below(theatres);
  }

  private otherPlace(patient: number, place: Place): Place {
    const draw = this.random.next();
    if (draw < 0.5) return placeOf(dayOf(place), this.anyRoom(patient), theatreOf(place));
    if (draw < 0.6) return placeOf(dayOf(place), roomOf(place), this.random.below(this.theatres));
    const day = this.anyDay(patient);
    const theatre = this.random.chance(0.5) ? theatreOf(place) : this.theatreOn(day);
    return placeOf(day, draw < 0.8 ? roomOf(place) : this.anyRoom(patient), theatre);
  }

  /** A patient into another's place or room, and the other into the first one's, elsewhere or out. */
  private exchange(patient: number, place: Place, limit: number): number {
    const other = this.random.below(this.patients);
    const theirs = this.house.placeOf(other);
    if (other === patient || theirs < 0) return notMade;
    this.first = patient;
    this.second = other;
    this.firstTo = theirs;
    this.secondTo = place;
    if (place < 0) this.secondTo = this.wayOut(other);
    else this.exchangePart(place, theirs);
    return this.both(limit);
  }

  private wayOut(patient: number): Place {
    return this.mandatory[patient] === 1 || this.random.chance(0.3) ? this.anyPlace(patient) : nowhere;
  }

  private exchangePart(place: Place, theirs: Place): void {
    const draw = this.random.next();
    if (draw < 0.5) {
      this.firstTo = placeOf(dayOf(place), roomOf(theirs), theatreOf(place));
      this.secondTo = placeOf(dayOf(theirs), roomOf(place), theatreOf(theirs));
    } else if (draw > 0.9) this.secondTo = this.anyPlace(this.second);
  }

  private both(limit: number): number {
    const { house, first, second, firstTo, secondTo } = this;
    if (!house.suits(first, firstTo) || (secondTo >= 0 && !house.suits(second, secondTo))) return notMade;
    const from = house.placeOf(first);
    const fromSecond = house.placeOf(second);
    let difference = house.change(second, nowhere);
    if (house.fits(first, firstTo)) {
      difference += house.change(first, firstTo);
      if (secondTo < 0 || house.fits(second, secondTo)) {
        difference += house.change(second, secondTo);
        if (difference <= limit) return difference;
        house.set(second, nowhere);
      }
      house.set(first, from);
    }
    house.set(second, fromSecond);
    return notMade;
  }
}
