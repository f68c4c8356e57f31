import { at } from '../arrays';
import type { IhtcHouse } from './ihtc.house';
import { dayOf, type Place, roomOf, theatreOf } from './place';

/**
 * The patients who have to leave a place for a patient, those first who were sent away least often; undefined where
 * that does not help, because occupants lie there or the hours are too short.
 */
export const evicted = (
  house: IhtcHouse,
  sentAway: Int32Array,
  { patient, place }: { readonly patient: number; readonly place: Place },
): readonly number[] | undefined => new Eviction(house, sentAway, patient).of(place);

class Eviction {
  private readonly leaving = new Set<number>();

  constructor(
    private readonly house: IhtcHouse,
    private readonly sentAway: Int32Array,
    private readonly patient: number,
  ) {}

  /** The patients who leave for a place; undefined where that does not help. */
  of(place: Place): readonly number[] | undefined {
    const { house, patient } = this;
    const missing = house.theatres.minutesMissing(patient, place);
    const { surgeon } = house.problem.surgeries;
    const sameDay = [...house.places.keys()].filter(
      (other) => house.placeOf(other) >= 0 && dayOf(house.placeOf(other)) === dayOf(place),
    );
    const enough =
      this.freeMinutes(
        sameDay.filter((other) => at(surgeon, other) === at(surgeon, patient)),
        missing.surgeon,
      ) &&
      this.freeMinutes(
        sameDay.filter((other) => theatreOf(house.placeOf(other)) === theatreOf(place)),
        missing.theatre,
      ) &&
      this.freeBeds(place);
    return enough ? [...this.leaving] : undefined;
  }

  private freeMinutes(others: readonly number[], missing: number): boolean {
    const { duration } = this.house.problem.surgeries;
    let left = missing;
    for (const other of others) if (this.leaving.has(other)) left -= at(duration, other);
    for (const other of others.toSorted((a, b) => at(this.sentAway, a) - at(this.sentAway, b))) {
      if (left <= 0) break;
      if (this.leaving.has(other)) continue;
      this.leaving.add(other);
      left -= at(duration, other);
    }
    return left <= 0;
  }

  private freeBeds(place: Place): boolean {
    const { house, patient } = this;
    const room = roomOf(place);
    const end = house.rooms.endOf(patient, dayOf(place));
    for (let day = dayOf(place); day < end; day++)
      if (!this.freeBed(room * house.problem.days + day, room)) return false;
    return true;
  }

  private freeBed(cell: number, room: number): boolean {
    const { people, rooms } = this.house.problem;
    const { who, present, beds } = this.house.rooms;
    const there = [...who.subarray(cell * beds, cell * beds + at(present, cell))];
    const strangers = there.filter((person) => at(people.gender, person) !== at(people.gender, this.patient));
    for (const person of strangers) {
      if (person >= people.patients) return false;
      this.leaving.add(person);
    }
    const staying = there.filter((person) => !this.leaving.has(person));
    let tooMany = staying.length + 1 - at(rooms.capacity, room);
    const movable = staying.filter((person) => person < people.patients);
    for (const person of movable.toSorted((a, b) => at(this.sentAway, a) - at(this.sentAway, b))) {
      if (tooMany <= 0) break;
      this.leaving.add(person);
      tooMany--;
    }
    return tooMany <= 0;
  }
}
