import { at, sum } from '../arrays';
import { care, type PasuProblem, roomGender } from './pasu.problem';

/** What the search looks up instead of working it out: who fits where, and how long the theatre may run. */
export interface PasuTables {
  /** What a night costs by patient × rooms; {@link brokenRule} = the patient may not lie there. */
  readonly fit: Int32Array;
  /** The rooms in which each patient may lie, those that fit best first. */
  readonly rooms: readonly Int32Array[];
  /** Minutes of the theatre lists (day × specialisms) and of whole days: what there is, and the most that may be used. */
  readonly listMinutes: Int32Array;
  readonly listLimit: Int32Array;
  readonly dayMinutes: Int32Array;
  readonly dayLimit: Int32Array;
  /** Whose surgery counts for the list of the specialism: all but those who are registered on the day and cannot wait. */
  readonly planned: Uint8Array;
}

/** What a broken rule costs, a patient without a day or a night in a forbidden room: more than any wish. */
export const brokenRule = 10_000;

const overtimePerSlot = 30;
const overtimePerDay = 60;

export const tablesOf = (problem: PasuProblem): PasuTables => {
  const { patients, rooms, specialisms, theatre, days } = problem;
  const fit = Int32Array.from({ length: patients.ids.length * rooms.ids.length }, (_, cell) =>
    fitOf(problem, Math.floor(cell / rooms.ids.length), cell % rooms.ids.length),
  );
  const dayMinutes = Int32Array.from(
    { length: days },
    (_, day) =>
      sum(theatre.slots.subarray(day * specialisms.length, (day + 1) * specialisms.length)) * theatre.slotMinutes,
  );
  return {
    fit,
    rooms: patients.ids.map((_, patient) =>
      Int32Array.from(
        [...rooms.ids.keys()]
          .filter((room) => at(fit, patient * rooms.ids.length + room) < brokenRule)
          .toSorted((a, b) => at(fit, patient * rooms.ids.length + a) - at(fit, patient * rooms.ids.length + b)),
      ),
    ),
    listMinutes: theatre.slots.map((slots) => slots * theatre.slotMinutes),
    listLimit: theatre.slots.map((slots) => slots * (theatre.slotMinutes + overtimePerSlot)),
    dayMinutes,
    dayLimit: dayMinutes.map((minutes) => minutes + overtimePerDay),
    planned: Uint8Array.from(patients.ids, (_, patient) =>
      at(patients.registration, patient) < at(patients.admission, patient) ||
      at(patients.maxAdmission, patient) > at(patients.admission, patient)
        ? 1
        : 0,
    ),
  };
};

const fitOf = (problem: PasuProblem, patient: number, room: number): number => {
  const { rooms, departments, patients, specialisms, features } = problem;
  const department = at(rooms.department, room);
  const level = at(departments.care, department * specialisms.length + at(patients.specialism, patient));
  const age = at(patients.age, patient);
  const oldest = at(departments.maxAge, department) || Infinity;
  if (level === care.none || age < at(departments.minAge, department) || age > oldest) return brokenRule;
  let cost = level === care.auxiliary ? 20 : 0;
  for (let feature = 0; feature < features.length; feature++) {
    if (at(rooms.has, room * features.length + feature) === 1) continue;
    if (at(patients.needed, patient * features.length + feature) === 1) return brokenRule;
    cost += 20 * at(patients.preferred, patient * features.length + feature);
  }
  return cost + sizeAndGender(problem, patient, room);
};

const sizeAndGender = ({ rooms, patients }: PasuProblem, patient: number, room: number): number => {
  const tooLarge = at(rooms.capacity, room) > (at(patients.preferredCapacity, patient) || Infinity);
  const forbidden = at(patients.woman, patient) === 1 ? roomGender.male : roomGender.female;
  return (tooLarge ? 10 : 0) + (at(rooms.gender, room) === forbidden ? 50 : 0);
};
