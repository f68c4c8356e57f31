import { at, groupBy, sum } from '../arrays';
import { type PasPlan, type PasProblem, roomPolicy } from './pas.problem';

/** What each night of each break costs, as OptaPlanner scores bed allocation. */
const weights = {
  sharedBed: 1000,
  mixedRoom: 1000,
  genderOfRoom: 50,
  tooYoung: 100,
  tooOld: 100,
  missingProperty: 50,
  unassigned: 1,
  roomTooLarge: 8,
  departmentSpecialism: 10,
  roomSpecialism: 10,
  missingPreference: 20,
} as const;

export type PasTerm = keyof typeof weights;

const hardTerms = ['sharedBed', 'mixedRoom', 'genderOfRoom', 'tooYoung', 'tooOld', 'missingProperty'] as const;
const softTerms = ['roomTooLarge', 'departmentSpecialism', 'roomSpecialism', 'missingPreference'] as const;

/** A hard rule that a plan breaks: which, by whom, with whom, and for how many nights (times properties). */
export interface PasBreak {
  readonly rule: (typeof hardTerms)[number];
  readonly part: number;
  readonly other?: number;
  readonly count: number;
}

/** All costs are positive and compare hard first, then medium, then soft. */
export interface PasScore {
  readonly hard: number;
  readonly medium: number;
  readonly soft: number;
  /** Cost by term. */
  readonly terms: Readonly<Record<PasTerm, number>>;
  readonly breaks: readonly PasBreak[];
}

/** Scores a plan from nothing but the problem: slow, plain, and without a line in common with the search. */
export const scorePas = (problem: PasProblem, plan: PasPlan): PasScore => {
  const breaks = [...ownBreaks(problem, plan), ...sharedBreaks(problem, plan)];
  const counts = softCounts(problem, plan);
  for (const { rule, count } of breaks) counts[rule] += count;
  const terms = Object.fromEntries(
    Object.entries(counts).map(([term, count]) => [term, count * weights[term as PasTerm]]),
  ) as Record<PasTerm, number>;
  return {
    hard: sum(hardTerms.map((term) => terms[term])),
    medium: terms.unassigned,
    soft: sum(softTerms.map((term) => terms[term])),
    terms,
    breaks,
  };
};

const nightsOf = ({ parts }: PasProblem, part: number): number => at(parts.end, part) - at(parts.first, part);

const missing = (
  problem: PasProblem,
  wanted: Uint8Array,
  { patient, room }: { patient: number; room: number },
): number => {
  const count = problem.properties;
  const absent = (property: number): boolean =>
    at(wanted, patient * count + property) === 1 && at(problem.rooms.has, room * count + property) === 0;
  return Array.from({ length: count }, (_, property) => property).filter(absent).length;
};

/** The hard rules that a part breaks by itself, in the room of its bed. */
const ownBreaks = (problem: PasProblem, plan: PasPlan): PasBreak[] => {
  const { rooms, departments, patients, parts, beds } = problem;
  return [...plan].flatMap((bed, part): PasBreak[] => {
    if (bed < 0) return [];
    const patient = at(parts.patient, part);
    const room = at(beds.room, bed);
    const department = at(rooms.department, room);
    const age = at(patients.age, patient);
    const [min, max] = [at(departments.minAge, department), at(departments.maxAge, department)];
    const forbidden = at(patients.woman, patient) === 1 ? roomPolicy.male : roomPolicy.female;
    const times = {
      genderOfRoom: at(rooms.policy, room) === forbidden ? 1 : 0,
      tooYoung: min > 0 && age < min ? 1 : 0,
      tooOld: max > 0 && age > max ? 1 : 0,
      missingProperty: missing(problem, patients.required, { patient, room }),
    };
    return Object.entries(times)
      .filter(([, count]) => count > 0)
      .map(([rule, count]) => ({ rule: rule as keyof typeof times, part, count: count * nightsOf(problem, part) }));
  });
};

/** The hard rules that two parts break together: one bed, or two genders in a room of one gender. */
const sharedBreaks = (problem: PasProblem, plan: PasPlan): PasBreak[] => {
  const { rooms, patients, parts, beds } = problem;
  const inRooms = groupBy(
    [...plan.keys()].filter((part) => at(plan, part) >= 0),
    (part) => at(beds.room, at(plan, part)),
  );
  const breaks: PasBreak[] = [];
  const woman = (part: number): number => at(patients.woman, at(parts.patient, part));
  for (const [room, inRoom] of inRooms)
    for (const [index, part] of inRoom.entries())
      for (const other of inRoom.slice(index + 1)) {
        const count =
          Math.min(at(parts.end, part), at(parts.end, other)) - Math.max(at(parts.first, part), at(parts.first, other));
        if (count <= 0) continue;
        if (at(plan, part) === at(plan, other)) breaks.push({ rule: 'sharedBed', part, other, count });
        if (at(rooms.policy, room) === roomPolicy.same && woman(part) !== woman(other))
          breaks.push({ rule: 'mixedRoom', part, other, count });
      }
  return breaks;
};

const softCounts = (problem: PasProblem, plan: PasPlan): Record<PasTerm, number> => {
  const counts = Object.fromEntries(Object.keys(weights).map((term) => [term, 0])) as Record<PasTerm, number>;
  for (const [part, bed] of plan.entries()) {
    const nights = nightsOf(problem, part);
    if (bed < 0) counts.unassigned += nights;
    else
      for (const [term, count] of Object.entries(softTimes(problem, part, at(problem.beds.room, bed))))
        counts[term as PasTerm] += count * nights;
  }
  return counts;
};

/** How often a night of this part in this room breaks each wish. */
const softTimes = (problem: PasProblem, part: number, room: number): Record<(typeof softTerms)[number], number> => {
  const { rooms, departments, patients, parts } = problem;
  const patient = at(parts.patient, part);
  const preferred = at(patients.preferredCapacity, patient);
  const specialism = at(parts.specialism, part);
  const width = problem.specialisms + 1;
  const priority = at(rooms.priority, room * width + specialism);
  const treated = at(departments.treats, at(rooms.department, room) * width + specialism);
  return {
    roomTooLarge: preferred > 0 && at(rooms.capacity, room) > preferred ? 1 : 0,
    departmentSpecialism: specialism > 0 && treated === 0 ? 1 : 0,
    // A room that lacks the specialism costs 20, one that has it with priority p costs (p - 1) × 10.
    roomSpecialism: specialism === 0 ? 0 : priority === 0 ? 2 : priority - 1,
    missingPreference: missing(problem, patients.preferred, { patient, room }),
  };
};
