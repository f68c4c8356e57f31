import type { Random } from '../random';
import type { IhtcHouse } from './ihtc.house';
import { dayOf, nowhere, type Place, placeOf, roomOf } from './place';

/** How often a day is drawn on which the surgeon may have no time. */
const dayDraws = 4;

/** Draws places for patients. What binds in these houses is the surgeons' time, so it is looked at first. */
export class PlaceDraws {
  private readonly theatres: number;

  constructor(
    private readonly house: IhtcHouse,
    private readonly random: Random,
  ) {
    this.theatres = house.problem.theatres.ids.length;
  }

  room(patient: number): number {
    const rooms = this.house.open[patient] as Int32Array;
    return rooms.length === 0 ? 0 : (rooms[this.random.below(rooms.length)] as number);
  }

  theatre(): number {
    return this.random.below(this.theatres);
  }

  /** A place on another day that fits; nowhere if none was drawn. A patient in house keeps the room every other time. */
  fitting(patient: number): Place {
    const { house, random } = this;
    const from = house.placeOf(patient);
    const first = house.release[patient] as number;
    const minutes = house.problem.surgeries.duration[patient] as number;
    const days = (house.due[patient] as number) - first + 1;
    for (let draw = 0; draw < dayDraws && days > 0; draw++) {
      const day = first + random.below(days);
      if ((from >= 0 && dayOf(from) === day) || house.theatres.minutesLeft(patient, day) < minutes) continue;
      return this.fittingOn(patient, day, from >= 0 && random.next() < 0.5 ? roomOf(from) : -1);
    }
    return nowhere;
  }

  /** A place on a day on which the surgeon has time, in a room if it fits there, else in any room (-1) or nowhere. */
  fittingOn(patient: number, day: number, room: number): Place {
    const { house } = this;
    const theatre = house.theatres.theatreFor(patient, day, this.random);
    if (theatre < 0) return nowhere;
    if (room >= 0 && !house.isIncompatible(patient, room)) {
      const place = placeOf(day, room, theatre);
      if (house.rooms.fits(patient, house.placeOf(patient), place)) return place;
    }
    return this.anyRoomFor(patient, placeOf(day, 0, theatre));
  }

  private anyRoomFor(patient: number, place: Place): Place {
    const { house } = this;
    const rooms = house.open[patient] as Int32Array;
    const from = house.placeOf(patient);
    let next = this.random.below(rooms.length);
    for (let count = rooms.length; count > 0; count--, next = next + 1 < rooms.length ? next + 1 : 0) {
      const there = place + placeOf(0, rooms[next] as number, 0);
      if (house.rooms.fits(patient, from, there)) return there;
    }
    return nowhere;
  }
}
