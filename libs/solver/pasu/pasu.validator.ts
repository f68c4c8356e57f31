import { at, sum } from '../arrays';
import { type PasuPlan, type PasuProblem } from './pasu.problem';
import { mixedRooms, overCapacity, overcrowdRisk, roomNights, unfitNights, usedBedDays } from './wards.validator';
import { theatreScore } from './theatre.validator';

const weights = {
  preferredProperty: 20,
  roomTooLarge: 10,
  auxiliarySpecialism: 20,
  genderOfRoom: 50,
  mixedRoom: 50,
  transfer: 100,
  delay: 5,
  overcrowdRisk: 1,
  theatreOvertime: 3,
  idleTheatre: 10,
  idleBeds: 20,
} as const;

export type PasuTerm = keyof typeof weights;

/**
 * Rules whose breaks are counted. The authors' validator knows all but the last four, which say that the plan is not one
 * for these patients at all.
 */
export type PasuRule =
  | 'neededProperty'
  | 'specialism'
  | 'age'
  | 'roomOverCapacity'
  | 'theatreOfSpecialism'
  | 'theatreOfDay'
  | 'admittedLate'
  | 'notScheduled'
  | 'admittedEarly'
  | 'stayBroken'
  | 'inHouseSentAway';

/** A hard rule that a plan breaks: who or what, on which day, and by how much. */
export interface PasuBreak {
  readonly rule: PasuRule;
  readonly where: string;
  readonly day: number;
  readonly count: number;
}

export interface PasuScore {
  readonly cost: number;
  readonly violations: number;
  readonly breaks: readonly PasuBreak[];
  /** What is multiplied by the weights. */
  readonly counts: Readonly<Record<PasuTerm, number>>;
  /** Cost by term. */
  readonly terms: Readonly<Record<PasuTerm, number>>;
  /** Share of the beds and of the theatre minutes of the horizon that are used, from 0; not part of the cost. */
  readonly bedUse: number;
  readonly theatreUse: number;
}

/** Scores a plan from nothing but the problem: slow, plain, and without a line in common with the search. */
export const scorePasu = (problem: PasuProblem, plan: PasuPlan): PasuScore => {
  const theatre = theatreScore(problem, admissionDays(problem, plan));
  const beds = usedBedDays(problem, plan);
  const counts: Record<PasuTerm, number> = {
    ...roomNights(problem, plan),
    mixedRoom: mixedRooms(problem, plan),
    transfer: transfers(problem, plan),
    delay: sum(
      [...admissionDays(problem, plan)].map((day, patient) =>
        day < 0 ? 0 : Math.max(0, day - at(problem.patients.admission, patient)),
      ),
    ),
    overcrowdRisk: overcrowdRisk(problem, plan),
    theatreOvertime: theatre.overtime,
    idleTheatre: theatre.idle,
    idleBeds: Math.min(bedDaysAskedFor(problem), sum(problem.rooms.capacity) * problem.horizon) - beds.withinCapacity,
  };
  const breaks = [
    ...unfitNights(problem, plan),
    ...overCapacity(problem, plan),
    ...theatre.breaks,
    ...stayBreaks(problem, plan),
  ];
  const terms = Object.fromEntries(
    Object.entries(counts).map(([term, count]) => [term, count * weights[term as PasuTerm]]),
  ) as Record<PasuTerm, number>;
  return {
    cost: sum(Object.values(terms)),
    violations: sum(breaks.map(({ count }) => count)),
    breaks,
    counts,
    terms,
    bedUse: beds.all / (sum(problem.rooms.capacity) * problem.horizon),
    theatreUse: theatre.use,
  };
};

/** The weight of a term, for files that name it. */
export const pasuWeight = (term: PasuTerm): number => weights[term];

/** The first day of each patient in house, -1 = never. */
export const admissionDays = ({ patients, days }: PasuProblem, plan: PasuPlan): Int32Array =>
  Int32Array.from(patients.ids, (_, patient) =>
    plan.subarray(patient * days, (patient + 1) * days).findIndex((room) => room >= 0),
  );

/** Changes of room from one day to the next; for who is in house already, also on day 0. */
const transfers = ({ patients, days }: PasuProblem, plan: PasuPlan): number => {
  let count = 0;
  for (const patient of patients.ids.keys()) {
    let before = at(patients.room, patient);
    for (const room of plan.subarray(patient * days, (patient + 1) * days)) {
      if (before >= 0 && room >= 0 && room !== before) count++;
      before = room;
    }
  }
  return count;
};

/** Bed days of the horizon that the patients ask for, as they would like to come. */
const bedDaysAskedFor = ({ patients, horizon }: PasuProblem): number =>
  sum(
    patients.ids.map((_, patient) => {
      const admission = at(patients.admission, patient);
      return Math.max(0, Math.min(horizon, admission + at(patients.stay, patient)) - admission);
    }),
  );

/** What is wrong with the days of a stay, whatever the rooms. */
const stayBreaks = (problem: PasuProblem, plan: PasuPlan): PasuBreak[] => {
  const { patients, days } = problem;
  return [...admissionDays(problem, plan)].flatMap((day, patient): PasuBreak[] => {
    const stay = at(patients.stay, patient);
    const nights = [...plan.subarray(patient * days, (patient + 1) * days)].filter((room) => room >= 0).length;
    const whole = plan
      .subarray(patient * days + day, patient * days + Math.min(days, day + stay))
      .every((room) => room >= 0);
    const found: Partial<Record<PasuRule, number>> =
      day < 0
        ? { notScheduled: 1 }
        : {
            admittedLate: day - at(patients.maxAdmission, patient),
            admittedEarly: at(patients.admission, patient) - day,
            stayBroken: nights === stay && whole ? 0 : 1,
            inHouseSentAway: at(patients.room, patient) >= 0 ? day : 0,
          };
    const where = `patient ${at(patients.ids, patient)}`;
    return Object.entries(found)
      .filter(([, count]) => count > 0)
      .map(([rule, count]) => ({ rule: rule as PasuRule, where, day: Math.max(0, day), count }));
  });
};
