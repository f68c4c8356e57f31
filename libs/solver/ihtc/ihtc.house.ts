import { at, sum } from '../arrays';
import type { IhtcPlan, IhtcProblem } from './ihtc.problem';
import { Nursing } from './nursing';
import { dayOf, nowhere, type Place, placeOf, roomOf, theatreOf } from './place';
import { RoomUse } from './room-use';
import { mandatoryAbsence, TheatreUse } from './theatre-use';

/**
 * A state of the search: a place for each patient, a nurse for each room and shift. No hard rule is broken in it, but
 * that mandatory patients may not be admitted yet.
 */
export class IhtcHouse {
  readonly places: Int32Array;
  readonly rooms: RoomUse;
  readonly theatres: TheatreUse;
  readonly nursing: Nursing;
  /** The rooms that a patient may have, and the first and last day. */
  readonly open: readonly Int32Array[];
  readonly release: Int32Array;
  readonly due: Int32Array;
  /** The nurses on shift. */
  readonly onShift: readonly Int32Array[];
  private readonly incompatible: Uint8Array;
  private readonly roomCount: number;
  /** What the house costs with nobody admitted and the nurses of the beginning; no plan has a shift without nurses. */
  readonly emptyCost: number;

  constructor(readonly problem: IhtcProblem) {
    const { surgeries, people, rooms, nurses } = problem;
    this.rooms = new RoomUse(problem);
    this.places = this.rooms.places.subarray(0, people.patients);
    this.theatres = new TheatreUse(problem, this.places);
    this.nursing = new Nursing(problem, this.rooms);
    this.roomCount = rooms.ids.length;
    this.incompatible = surgeries.incompatible;
    this.release = surgeries.release;
    this.due = surgeries.due;
    this.open = [...this.places.keys()].map((patient) =>
      Int32Array.from([...rooms.ids.keys()].filter((room) => !this.isIncompatible(patient, room))),
    );
    const { shifts } = this.nursing;
    this.onShift = Array.from({ length: shifts }, (_, shift) =>
      Int32Array.from([...nurses.ids.keys()].filter((nurse) => at(nurses.load, nurse * shifts + shift) >= 0)),
    );
    for (let cell = 0; cell < this.nursing.nurse.length; cell++)
      this.nursing.nurse[cell] = this.onShift[cell % shifts]?.[0] ?? 0;
    const unstaffed = this.onShift.filter(({ length }) => length === 0).length;
    this.emptyCost = sum(this.theatres.absence) + unstaffed * mandatoryAbsence + this.lodgeOccupants();
  }

  private lodgeOccupants(): number {
    const { people, occupantRoom } = this.problem;
    let cost = 0;
    for (const [occupant, room] of occupantRoom.entries()) {
      const person = people.patients + occupant;
      const place = placeOf(0, room, 0);
      cost += this.rooms.difference(person, nowhere, place) + this.nursing.difference(person, nowhere, place);
      this.rooms.add(person, place);
      this.nursing.add(person, place);
      this.rooms.places[person] = place;
    }
    return cost;
  }

  isIncompatible(patient: number, room: number): boolean {
    return this.incompatible[patient * this.roomCount + room] === 1;
  }

  placeOf(patient: number): Place {
    return this.places[patient] as number;
  }

  /** Whether a patient may have a place at all, whoever else is in house. */
  suits(patient: number, to: Place): boolean {
    const day = dayOf(to);
    return (
      day >= (this.release[patient] as number) &&
      day <= (this.due[patient] as number) &&
      !this.isIncompatible(patient, roomOf(to))
    );
  }

  /** Whether a patient, leaving the place of now, fits into one that {@link suits}. */
  fits(patient: number, to: Place): boolean {
    const from = this.placeOf(patient);
    return this.theatres.fits(patient, from, to) && this.rooms.fits(patient, from, to);
  }

  /** What it costs that a patient goes to a place or nowhere. */
  difference(patient: number, to: Place): number {
    const from = this.placeOf(patient);
    return (
      this.theatres.difference(patient, from, to) +
      this.rooms.difference(patient, from, to) +
      this.nursing.difference(patient, from, to)
    );
  }

  set(patient: number, to: Place): void {
    const from = this.placeOf(patient);
    if (from >= 0) {
      this.theatres.leave(patient, from);
      this.nursing.remove(patient, from);
      this.rooms.remove(patient, from);
    }
    if (to >= 0) {
      this.theatres.enter(patient, to);
      this.nursing.add(patient, to);
      this.rooms.add(patient, to);
    }
    this.places[patient] = to;
  }

  /** Sets a patient's place and gives what that costs. */
  change(patient: number, to: Place): number {
    if (to < 0) return this.discharge(patient);
    const difference = this.difference(patient, to);
    this.set(patient, to);
    return difference;
  }

  /** {@link change} to nowhere, with one pass over the shifts instead of three. */
  private discharge(patient: number): number {
    const from = this.placeOf(patient);
    if (from < 0) return 0;
    const difference = this.theatres.difference(patient, from, nowhere) + this.rooms.difference(patient, from, nowhere);
    this.theatres.leave(patient, from);
    const saved = this.nursing.remove(patient, from);
    this.rooms.remove(patient, from);
    this.places[patient] = nowhere;
    return difference - saved;
  }
}

/** Takes a plan over into an empty house; gives its cost. */
export const occupy = (house: IhtcHouse, plan: IhtcPlan): number => {
  let cost = house.emptyCost;
  for (const [duty, room] of plan.duties.room.entries()) {
    const [shift, nurse] = [at(plan.duties.shift, duty), at(plan.duties.nurse, duty)];
    cost += house.nursing.changeOfNurse(room, shift, nurse);
    house.nursing.assign(room, shift, nurse);
  }
  for (const [patient, day] of plan.day.entries())
    if (day >= 0) cost += house.change(patient, placeOf(day, at(plan.room, patient), at(plan.theatre, patient)));
  return cost;
};

/** The plan of places and nurses (room × shifts); also empty rooms keep their nurse. */
export const planOf = (problem: IhtcProblem, places: Int32Array, nurse: Int32Array): IhtcPlan => {
  const shifts = problem.days * problem.shiftNames.length;
  const part = (of: (place: Place) => number): Int32Array => places.map((place) => (place < 0 ? -1 : of(place)));
  return {
    day: part(dayOf),
    room: part(roomOf),
    theatre: part(theatreOf),
    duties: {
      nurse: nurse.slice(),
      shift: nurse.map((_, cell) => cell % shifts),
      room: nurse.map((_, cell) => Math.floor(cell / shifts)),
    },
  };
};
