import { add, at, sum } from '../arrays';
import { care, type PasuPlan, type PasuProblem, roomGender } from './pasu.problem';

/** What is taken so far: beds and genders by room and day, theatre minutes by day and specialism. */
interface House {
  readonly problem: PasuProblem;
  readonly plan: PasuPlan;
  readonly present: Int32Array;
  readonly women: Int32Array;
  readonly planned: Int32Array;
  readonly operated: Int32Array;
}

interface Place {
  readonly patient: number;
  readonly room: number;
  readonly day: number;
}

/**
 * A first plan, made day by day as a hospital has to: each day those who are registered and not yet in house are planned
 * anew, who can wait least first, each to the cheapest day and room that are free for the whole stay; whose day it is
 * comes in and stays in that room. Nobody is looked at before the day of registration. Who finds no place has no day.
 */
export const firstPasuPlan = (problem: PasuProblem): PasuPlan => {
  const { patients, rooms, days, specialisms } = problem;
  const house: House = {
    problem,
    plan: new Int32Array(patients.ids.length * days).fill(-1),
    present: new Int32Array(rooms.ids.length * days),
    women: new Int32Array(rooms.ids.length * days),
    planned: new Int32Array(days * specialisms.length),
    operated: new Int32Array(days),
  };
  const waiting = new Set(patients.ids.keys());
  let places: readonly Place[] = [];
  for (let today = 0; today <= Math.max(...patients.registration); today++) {
    for (const place of places) if (waiting.has(place.patient)) take(house, place, -1);
    places = planOfDay(house, waiting, today);
    for (const { patient, day } of places) if (day === today) waiting.delete(patient);
  }
  return house.plan;
};

const planOfDay = (house: House, waiting: ReadonlySet<number>, today: number): Place[] => {
  const { patients } = house.problem;
  const inHouse = (patient: number): number => (at(patients.room, patient) >= 0 ? 0 : 1);
  const leeway = (patient: number): number =>
    at(patients.maxAdmission, patient) - Math.max(today, at(patients.admission, patient));
  const order = [...waiting]
    .filter((patient) => at(patients.registration, patient) <= today)
    .toSorted(
      (a, b) =>
        inHouse(a) - inHouse(b) ||
        leeway(a) - leeway(b) ||
        at(patients.admission, a) - at(patients.admission, b) ||
        a - b,
    );
  return order.flatMap((patient) => {
    const place = cheapestPlace(house, patient, today);
    if (place !== undefined) take(house, place, 1);
    return place ?? [];
  });
};

const cheapestPlace = (house: House, patient: number, today: number): Place | undefined => {
  const { patients, days, rooms } = house.problem;
  const own = at(patients.room, patient);
  if (own >= 0) return { patient, room: own, day: at(patients.admission, patient) };
  const wished = at(patients.admission, patient);
  const first = Math.max(today, wished);
  const last = Math.min(at(patients.maxAdmission, patient), days - at(patients.stay, patient));
  let best: Place | undefined;
  let cost = Infinity;
  for (let day = first; day <= last; day++) {
    // A day of delay costs 5, and as much as a bed that stands idle.
    const delay = 25 * (day - wished);
    if (delay >= cost) break;
    if (!theatreHasTime(house, patient, day)) continue;
    for (const room of rooms.ids.keys()) {
      const price = delay + nightsCost(house, { patient, room, day });
      if (price < cost) [best, cost] = [{ patient, room, day }, price];
    }
  }
  return best;
};

const isPlanned = ({ patients }: PasuProblem, patient: number): boolean =>
  at(patients.registration, patient) < at(patients.admission, patient) ||
  at(patients.maxAdmission, patient) > at(patients.admission, patient);

/** The surgery of an admission on a day: its day, its cell by specialism, its minutes; none without a surgery. */
const surgeryOf = (
  { patients, specialisms, days }: PasuProblem,
  patient: number,
  day: number,
): { on: number; cell: number; minutes: number } | undefined => {
  const on = day + at(patients.surgeryAfter, patient);
  if (at(patients.surgeryAfter, patient) < 0 || on >= days) return undefined;
  return {
    on,
    cell: on * specialisms.length + at(patients.specialism, patient),
    minutes: at(patients.surgeryMinutes, patient),
  };
};

const theatreHasTime = ({ problem, planned, operated }: House, patient: number, day: number): boolean => {
  const surgery = surgeryOf(problem, patient, day);
  if (surgery === undefined) return true;
  const { slots, slotMinutes } = problem.theatre;
  const width = problem.specialisms.length;
  const ofDay = sum(slots.subarray(surgery.on * width, (surgery.on + 1) * width)) * slotMinutes;
  const inTheatre = at(operated, surgery.on) + surgery.minutes <= ofDay + 60;
  if (!isPlanned(problem, patient)) return inTheatre;
  return inTheatre && at(planned, surgery.cell) + surgery.minutes <= at(slots, surgery.cell) * (slotMinutes + 30);
};

/** What a stay costs in a room; infinite where it may not be. */
const nightsCost = ({ problem, present, women }: House, { patient, room, day }: Place): number => {
  const { patients, rooms, days } = problem;
  const fit = fitCost(problem, patient, room);
  if (fit === Infinity) return fit;
  const stay = at(patients.stay, patient);
  const woman = at(patients.woman, patient);
  let cost = fit * stay;
  for (let cell = room * days + day; cell < room * days + day + stay; cell++) {
    const [here, womenHere] = [at(present, cell), at(women, cell)];
    if (here >= at(rooms.capacity, room)) return Infinity;
    const others = woman === 1 ? here - womenHere : womenHere;
    const same = woman === 1 ? womenHere : here - womenHere;
    if (at(rooms.gender, room) === roomGender.same && others > 0 && same === 0) cost += 50;
  }
  return cost;
};

const fitCost = (problem: PasuProblem, patient: number, room: number): number => {
  const { rooms, departments, patients, specialisms, features } = problem;
  const department = at(rooms.department, room);
  const level = at(departments.care, department * specialisms.length + at(patients.specialism, patient));
  const age = at(patients.age, patient);
  if (
    level === care.none ||
    age < at(departments.minAge, department) ||
    age > (at(departments.maxAge, department) || Infinity)
  )
    return Infinity;
  let cost = level === care.auxiliary ? 20 : 0;
  for (let feature = 0; feature < features.length; feature++) {
    if (at(rooms.has, room * features.length + feature) === 1) continue;
    if (at(patients.needed, patient * features.length + feature) === 1) return Infinity;
    cost += 20 * at(patients.preferred, patient * features.length + feature);
  }
  return cost + sizeAndGender(problem, patient, room);
};

const sizeAndGender = ({ rooms, patients }: PasuProblem, patient: number, room: number): number => {
  const tooLarge = at(rooms.capacity, room) > (at(patients.preferredCapacity, patient) || Infinity);
  const forbidden = at(patients.woman, patient) === 1 ? roomGender.male : roomGender.female;
  return (tooLarge ? 10 : 0) + (at(rooms.gender, room) === forbidden ? 50 : 0);
};

/** Takes a place (1) or gives it back (-1). */
const take = (
  { problem, plan, present, women, planned, operated }: House,
  { patient, room, day }: Place,
  sign: 1 | -1,
): void => {
  const { days, patients } = problem;
  for (let on = day; on < Math.min(days, day + at(patients.stay, patient)); on++) {
    plan[patient * days + on] = sign === 1 ? room : -1;
    add(present, room * days + on, sign);
    add(women, room * days + on, sign * at(patients.woman, patient));
  }
  const surgery = surgeryOf(problem, patient, day);
  if (surgery === undefined) return;
  add(operated, surgery.on, sign * surgery.minutes);
  if (isPlanned(problem, patient)) add(planned, surgery.cell, sign * surgery.minutes);
};
