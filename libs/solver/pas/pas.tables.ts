import { at } from '../arrays';
import { type PasProblem, roomPolicy } from './pas.problem';

/** What the search asks again and again, worked out once: part × room, row by row. */
export interface PasTables {
  /** 1 where the part may lie in the room as far as the two alone decide; beds and company come on top. */
  readonly allowed: Uint8Array;
  /** Soft cost of the whole part in the room. */
  readonly cost: Int32Array;
  readonly byCost: RoomsByCost;
}

/** The rooms that may take each part, the cheapest first. */
export interface RoomsByCost {
  readonly rooms: Int32Array[];
  /** part × (dearest + 1): how many of them cost no more than so much a night. */
  readonly within: Uint16Array;
  /** What the dearest room costs anybody for a night. */
  readonly dearest: number;
}

const known = new WeakMap<PasProblem, PasTables>();

/** The tables of a problem; the validator has reasons of its own for the same numbers. */
export const tablesOf = (problem: PasProblem): PasTables => {
  const tables = known.get(problem) ?? workOut(problem);
  known.set(problem, tables);
  return tables;
};

const workOut = (problem: PasProblem): PasTables => {
  const rooms = problem.rooms.ids.length;
  const parts = problem.parts.patient.length;
  const allowed = new Uint8Array(parts * rooms);
  const cost = new Int32Array(parts * rooms);
  for (let part = 0; part < parts; part++)
    for (let room = 0; room < rooms; room++) {
      allowed[part * rooms + room] = mayLie(problem, part, room) ? 1 : 0;
      const nights = at(problem.parts.end, part) - at(problem.parts.first, part);
      cost[part * rooms + room] = nights * (specialismCost(problem, part, room) + wishCost(problem, part, room));
    }
  return { allowed, cost, byCost: roomsByCost(problem, allowed, cost) };
};

const roomsByCost = ({ parts, rooms }: PasProblem, allowed: Uint8Array, cost: Int32Array): RoomsByCost => {
  const count = rooms.ids.length;
  const nightly = (part: number, room: number): number =>
    at(cost, part * count + room) / (at(parts.end, part) - at(parts.first, part));
  const open = Array.from(parts.patient, (_, part) =>
    Int32Array.from([...rooms.ids.keys()].filter((room) => at(allowed, part * count + room) === 1)).sort(
      (a, b) => nightly(part, a) - nightly(part, b) || a - b,
    ),
  );
  const prices = open.map((own, part) => Array.from(own, (room) => nightly(part, room)));
  const dearest = prices.reduce((most, own) => Math.max(most, own.at(-1) ?? 0), 0);
  const within = new Uint16Array(open.length * (dearest + 1));
  for (const [part, own] of prices.entries())
    for (let night = 0, place = 0; night <= dearest; night++) {
      while (place < own.length && at(own, place) <= night) place++;
      within[part * (dearest + 1) + night] = place;
    }
  return { rooms: open, within, dearest };
};

/** How many properties of a row of wishes a room lacks. */
const lacking = ({ properties, rooms }: PasProblem, wishes: Uint8Array, [patient, room]: [number, number]): number => {
  let count = 0;
  for (let property = 0; property < properties; property++)
    count += at(wishes, patient * properties + property) & ~at(rooms.has, room * properties + property) & 1;
  return count;
};

const mayLie = (problem: PasProblem, part: number, room: number): boolean => {
  const { rooms, departments, patients, parts } = problem;
  const patient = at(parts.patient, part);
  const department = at(rooms.department, room);
  const oldest = at(departments.maxAge, department) || Infinity;
  const age = at(patients.age, patient);
  const otherGender = at(patients.woman, patient) === 1 ? roomPolicy.male : roomPolicy.female;
  return (
    age >= at(departments.minAge, department) &&
    age <= oldest &&
    at(rooms.policy, room) !== otherGender &&
    lacking(problem, patients.required, [patient, room]) === 0
  );
};

const specialismCost = ({ parts, rooms, departments, specialisms }: PasProblem, part: number, room: number): number => {
  const specialism = at(parts.specialism, part);
  if (specialism === 0) return 0;
  const priority = at(rooms.priority, room * (specialisms + 1) + specialism);
  const treated = at(departments.treats, at(rooms.department, room) * (specialisms + 1) + specialism);
  return 10 * (1 - treated) + (priority === 0 ? 20 : 10 * (priority - 1));
};

const wishCost = (problem: PasProblem, part: number, room: number): number => {
  const { patients, parts, rooms } = problem;
  const patient = at(parts.patient, part);
  const preferred = at(patients.preferredCapacity, patient) || Infinity;
  const tooLarge = at(rooms.capacity, room) > preferred ? 8 : 0;
  return tooLarge + 20 * lacking(problem, patients.preferred, [patient, room]);
};
