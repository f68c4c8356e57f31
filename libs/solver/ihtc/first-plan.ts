import { at } from '../arrays';
import type { Random } from '../random';
import { evicted } from './eviction';
import type { IhtcHouse } from './ihtc.house';
import { nowhere, type Place, placeOf } from './place';

/** How many places are looked at, where each would send somebody away. */
const looked = 60;

/** The mandatory patients who are still to be admitted, and how often each was sent away. */
export interface Waiting {
  readonly queue: number[];
  readonly sentAway: Int32Array;
}

/** Who waits at first: who has the fewest days and rooms to choose from comes first, from the end. */
export const waitingOf = (house: IhtcHouse): Waiting => {
  const { surgeries } = house.problem;
  const choices = (patient: number): number =>
    (at(house.due, patient) - at(house.release, patient) + 1) * at(house.open, patient).length;
  const queue = [...house.places.keys()].filter(
    (patient) => at(surgeries.mandatory, patient) === 1 && house.placeOf(patient) < 0,
  );
  return {
    queue: queue.toSorted((a, b) => choices(b) - choices(a)),
    sentAway: new Int32Array(house.places.length).fill(1),
  };
};

/**
 * Admits one who waits: where nobody has to leave, or else where those leave who were sent away least often (Nagata and
 * Bräysy's ejection with penalties for vehicle routing, 2009). Gives what that costs.
 */
export const admitNext = (house: IhtcHouse, { queue, sentAway }: Waiting, random: Random): number => {
  const patient = queue.pop();
  if (patient === undefined) return 0;
  const free = freePlace(house, patient, random);
  if (free >= 0) return house.change(patient, free);
  const least = leastEviction(house, { queue, sentAway }, { patient, random });
  if (least === undefined) {
    queue.unshift(patient);
    return 0;
  }
  let cost = 0;
  for (const other of least.leaving) {
    cost += house.change(other, nowhere);
    if (at(house.problem.surgeries.mandatory, other) === 1) queue.push(other);
  }
  return cost + house.change(patient, least.place);
};

const leastEviction = (
  house: IhtcHouse,
  { sentAway }: Waiting,
  { patient, random }: { readonly patient: number; readonly random: Random },
): { readonly place: Place; readonly leaving: readonly number[] } | undefined => {
  sentAway[patient] = at(sentAway, patient) + 1;
  let [least, leastPrice]: [ReturnType<typeof leastEviction>, number] = [undefined, Infinity];
  for (let look = 0; look < looked; look++) {
    const place = anyPlace(house, patient, random);
    const leaving = place < 0 ? undefined : evicted(house, sentAway, { patient, place });
    if (leaving === undefined) continue;
    const price = leaving.reduce((sum, other) => sum + at(sentAway, other), 0);
    if (price < leastPrice) [least, leastPrice] = [{ place, leaving }, price];
  }
  return least;
};

const anyPlace = (house: IhtcHouse, patient: number, random: Random): Place => {
  const rooms = at(house.open, patient);
  const first = at(house.release, patient);
  const days = at(house.due, patient) - first + 1;
  if (rooms.length === 0 || days <= 0) return nowhere;
  return placeOf(
    first + random.below(days),
    at(rooms, random.below(rooms.length)),
    random.below(house.problem.theatres.ids.length),
  );
};

/** The cheapest of some free places, or nowhere. */
export const freePlace = (house: IhtcHouse, patient: number, random: Random): Place => {
  const found: Place[] = [];
  for (let day = at(house.release, patient); day <= at(house.due, patient); day++)
    for (const room of at(house.open, patient)) {
      if (!house.rooms.fits(patient, nowhere, placeOf(day, room, 0))) continue;
      for (const theatre of house.problem.theatres.ids.keys()) {
        const place = placeOf(day, room, theatre);
        if (house.theatres.fits(patient, nowhere, place)) found.push(place);
      }
    }
  let [best, bestCost] = [nowhere, Infinity];
  for (let draw = 0; draw < Math.min(found.length, looked); draw++) {
    const place = at(found, random.below(found.length));
    const cost = house.difference(patient, place);
    if (cost < bestCost) [best, bestCost] = [place, cost];
  }
  return best;
};

/** Gives each occupied room the cheapest nurse of each shift, one after the other; gives what that costs. */
export const chooseNurses = (house: IhtcHouse): number => {
  const { nursing } = house;
  let cost = 0;
  for (let shift = 0; shift < nursing.shifts; shift++)
    for (const room of house.problem.rooms.ids.keys()) {
      let [best, bestCost] = [at(nursing.nurse, room * nursing.shifts + shift), 0];
      for (const nurse of at(house.onShift, shift)) {
        const difference = nursing.changeOfNurse(room, shift, nurse);
        if (difference < bestCost) [best, bestCost] = [nurse, difference];
      }
      nursing.assign(room, shift, best);
      cost += bestCost;
    }
  return cost;
};

/** Admits optional patients where that saves cost; gives what it costs. */
export const admitOptional = (house: IhtcHouse, random: Random): number => {
  let cost = 0;
  for (const patient of house.places.keys()) {
    if (house.placeOf(patient) >= 0) continue;
    const place = freePlace(house, patient, random);
    if (place >= 0 && house.difference(patient, place) < 0) cost += house.change(patient, place);
  }
  return cost;
};
