import type { Random } from '../random';
import type { IhtcHouse } from './ihtc.house';
import { notMade } from './move';
import { PatientTrades } from './patient-trades';
import { dayOf, nowhere, type Place, placeOf, roomOf, theatreOf } from './place';
import { PlaceDraws } from './place-draws';

/** Shares of the kinds of moves: of all, or of those who are admitted. */
const tradesOfDays = 0.3;
const tradesOfRooms = 0.05;
const days = 0.3;
const drops = 0.01;
/** Of other changes: of the theatre alone; and how often somebody is pressed out of a room that is full. */
const theatres = 0.15;
const presses = 0.15;

/**
 * The neighbourhoods of patients. Each draws a change, makes it if it breaks no hard rule and costs no more than the
 * limit, and gives what it costs, else {@link notMade}.
 */
export class PatientMoves {
  private readonly patients: number;
  private readonly mandatory: Uint8Array;
  private readonly draws: PlaceDraws;
  private readonly trades: PatientTrades;

  constructor(
    private readonly house: IhtcHouse,
    private readonly random: Random,
  ) {
    this.patients = house.places.length;
    this.mandatory = house.problem.surgeries.mandatory;
    this.draws = new PlaceDraws(house, random);
    this.trades = new PatientTrades(house, random, this.draws);
  }

  attempt(limit: number): number {
    const { house, random } = this;
    if (this.patients === 0) return notMade;
    const patient = random.below(this.patients);
    const place = house.placeOf(patient);
    const draw = random.next();
    if (draw < tradesOfDays) return this.trades.days(patient, limit);
    if (place < 0 || draw < tradesOfDays + days) return this.go(patient, this.draws.fitting(patient), limit);
    if (draw < tradesOfDays + days + tradesOfRooms) return this.trades.rooms(patient, limit);
    if (draw > 1 - drops) return this.drop(patient, limit);
    return this.sameDay(patient, place, limit);
  }

  private drop(patient: number, limit: number): number {
    if (this.mandatory[patient] === 1) return notMade;
    const difference = this.house.difference(patient, nowhere);
    if (difference > limit) return notMade;
    this.house.set(patient, nowhere);
    return difference;
  }

  /** Into a place that fits already. */
  private go(patient: number, to: Place, limit: number): number {
    if (to < 0) return notMade;
    const difference = this.house.difference(patient, to);
    if (difference > limit) return notMade;
    this.house.set(patient, to);
    return difference;
  }

  /** Into another theatre, or another room, out of which perhaps somebody is pressed. */
  private sameDay(patient: number, place: Place, limit: number): number {
    const { house, random } = this;
    if (random.next() < theatres) {
      const to = placeOf(dayOf(place), roomOf(place), this.draws.theatre());
      return to !== place && house.theatres.fits(patient, place, to) ? this.go(patient, to, limit) : notMade;
    }
    const to = placeOf(dayOf(place), this.draws.room(patient), theatreOf(place));
    if (to === place) return notMade;
    if (house.rooms.fits(patient, place, to)) return this.go(patient, to, limit);
    return random.next() < presses ? this.trades.press(patient, to, limit) : notMade;
  }
}
