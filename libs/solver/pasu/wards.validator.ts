import { at, sum } from '../arrays';
import { care, type PasuPlan, type PasuProblem, roomGender } from './pasu.problem';
import type { PasuBreak, PasuTerm } from './pasu.validator';

/** Calls with every patient, day and room of a plan. */
const eachNight = (
  { days }: PasuProblem,
  plan: PasuPlan,
  visit: (patient: number, room: number, day: number) => void,
): void => {
  for (const [cell, room] of plan.entries()) if (room >= 0) visit(Math.floor(cell / days), room, cell % days);
};

const lacking = ({ features, rooms }: PasuProblem, wishes: Uint8Array, [patient, room]: [number, number]): number =>
  features.filter(
    (_, feature) =>
      at(wishes, patient * features.length + feature) === 1 && at(rooms.has, room * features.length + feature) === 0,
  ).length;

/** Why a patient may not lie in a room at all, if so; only the first reason counts. */
const unfit = (problem: PasuProblem, patient: number, room: number): PasuBreak['rule'] | undefined => {
  const { rooms, departments, patients, specialisms } = problem;
  const department = at(rooms.department, room);
  const [min, max] = [at(departments.minAge, department), at(departments.maxAge, department)];
  const age = at(patients.age, patient);
  if (lacking(problem, patients.needed, [patient, room]) > 0) return 'neededProperty';
  if (at(departments.care, department * specialisms.length + at(patients.specialism, patient)) === care.none)
    return 'specialism';
  return (min > 0 && age < min) || (max > 0 && age > max) ? 'age' : undefined;
};

/** The nights in rooms where the patient may not lie. */
export const unfitNights = (problem: PasuProblem, plan: PasuPlan): PasuBreak[] => {
  const breaks: PasuBreak[] = [];
  eachNight(problem, plan, (patient, room, day) => {
    const rule = unfit(problem, patient, room);
    const where = `patient ${at(problem.patients.ids, patient)}, room ${at(problem.rooms.ids, room)}`;
    if (rule !== undefined) breaks.push({ rule, where, day, count: 1 });
  });
  return breaks;
};

type NightTerms = Pick<
  Record<PasuTerm, number>,
  'preferredProperty' | 'roomTooLarge' | 'auxiliarySpecialism' | 'genderOfRoom'
>;

/** How well patients and rooms fit, night by night; a night that breaks a rule is counted there and not here. */
export const roomNights = (problem: PasuProblem, plan: PasuPlan): NightTerms => {
  const { rooms, departments, patients, specialisms } = problem;
  const counts = { preferredProperty: 0, roomTooLarge: 0, auxiliarySpecialism: 0, genderOfRoom: 0 };
  eachNight(problem, plan, (patient, room) => {
    if (unfit(problem, patient, room) !== undefined) return;
    const wish = at(patients.preferredCapacity, patient);
    const level = at(
      departments.care,
      at(rooms.department, room) * specialisms.length + at(patients.specialism, patient),
    );
    const forbidden = at(patients.woman, patient) === 1 ? roomGender.male : roomGender.female;
    counts.preferredProperty += lacking(problem, patients.preferred, [patient, room]);
    counts.roomTooLarge += wish > 0 && at(rooms.capacity, room) > wish ? 1 : 0;
    counts.auxiliarySpecialism += level === care.auxiliary ? 1 : 0;
    counts.genderOfRoom += at(rooms.gender, room) === forbidden ? 1 : 0;
  });
  return counts;
};

/** Patients in each room on each day (room × days), of those who are to be counted. */
const occupants = (
  problem: PasuProblem,
  plan: PasuPlan,
  counts: (patient: number) => boolean = () => true,
): Int32Array => {
  const present = new Int32Array(problem.rooms.ids.length * problem.days);
  eachNight(problem, plan, (patient, room, day) => {
    const cell = room * problem.days + day;
    if (counts(patient)) present[cell] = at(present, cell) + 1;
  });
  return present;
};

/** Patients above the capacity of their room, by room and day. */
export const overCapacity = (problem: PasuProblem, plan: PasuPlan): PasuBreak[] =>
  [...occupants(problem, plan)].flatMap((present, cell): PasuBreak[] => {
    const room = Math.floor(cell / problem.days);
    const count = present - at(problem.rooms.capacity, room);
    const where = `room ${at(problem.rooms.ids, room)}`;
    return count > 0 ? [{ rule: 'roomOverCapacity', where, day: cell % problem.days, count }] : [];
  });

/** Room-days with both genders in a room for one gender at a time. */
export const mixedRooms = (problem: PasuProblem, plan: PasuPlan): number => {
  const women = occupants(problem, plan, (patient) => at(problem.patients.woman, patient) === 1);
  const all = occupants(problem, plan);
  return [...all.keys()].filter((cell) => {
    const same = at(problem.rooms.gender, Math.floor(cell / problem.days)) === roomGender.same;
    return same && at(women, cell) > 0 && at(women, cell) < at(all, cell);
  }).length;
};

/** Patients above the capacity if everybody who left yesterday and may overstay were still there. */
export const overcrowdRisk = (problem: PasuProblem, plan: PasuPlan): number => {
  const { days, patients, rooms } = problem;
  const present = occupants(problem, plan);
  const perhaps = new Int32Array(present.length);
  eachNight(problem, plan, (patient, room, day) => {
    const leaves = day + 1 < days && at(plan, patient * days + day + 1) < 0;
    const cell = room * days + day + 1;
    if (leaves && at(patients.mayOverstay, patient) === 1) perhaps[cell] = at(perhaps, cell) + 1;
  });
  // Day 0 has no yesterday.
  const risk = [...present].map((count, cell) =>
    cell % days === 0 ? 0 : Math.max(0, count + at(perhaps, cell) - at(rooms.capacity, Math.floor(cell / days))),
  );
  return sum(risk);
};

/** Bed days of the horizon that are used; within capacity: without the rooms and days that hold more than they may. */
export const usedBedDays = (
  problem: PasuProblem,
  plan: PasuPlan,
): { readonly all: number; readonly withinCapacity: number } => {
  const { days, horizon, rooms } = problem;
  const cells = [...occupants(problem, plan).entries()].filter(([cell]) => cell % days < horizon);
  const fitting = cells.filter(([cell, count]) => count <= at(rooms.capacity, Math.floor(cell / days)));
  return { all: sum(cells.map(([, count]) => count)), withinCapacity: sum(fitting.map(([, count]) => count)) };
};
