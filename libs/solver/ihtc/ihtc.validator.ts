import { add, at, sum } from '../arrays';
import { type IhtcPlan, type IhtcProblem, type IhtcWeightName, ihtcWeightNames } from './ihtc.problem';

export type IhtcRule =
  | 'roomOverCapacity'
  | 'gendersMixed'
  | 'roomIncompatible'
  | 'surgeonOvertime'
  | 'theatreOvertime'
  | 'mandatoryUnscheduled'
  | 'beforeRelease'
  | 'afterDue'
  | 'roomWithoutNurse'
  | 'roomWithTwoNurses'
  | 'nurseNotOnShift';

/** A hard rule that a plan breaks, in words: `room r1, day 3`. */
export interface IhtcBreak {
  readonly rule: IhtcRule;
  readonly where: string;
}

export interface IhtcScore {
  readonly breaks: readonly IhtcBreak[];
  /** What the weights are multiplied by. */
  readonly counts: Readonly<Record<IhtcWeightName, number>>;
  readonly cost: number;
}

/** Who lies in each room on each day (room × days), occupants included; stays are cut at the horizon. */
type Occupancy = readonly (readonly number[])[];

/** Scores a plan from nothing but the problem: slow, plain, and without a line in common with the search. */
export const scoreIhtc = (problem: IhtcProblem, plan: IhtcPlan): IhtcScore => {
  const house = occupancyOf(problem, plan);
  const nurseOf = nurseByRoomAndShift(problem, plan);
  const theatres = theatreUse(problem, plan);
  const nursing = nursingCounts(problem, plan, nurseOf);
  const counts: Record<IhtcWeightName, number> = {
    room_mixed_age: sum(house.map((present) => ageSpan(problem, present))),
    ...nursing,
    ...theatres.counts,
    patient_delay: sum(
      [...plan.day].map((day, patient) => (day < 0 ? 0 : Math.max(0, day - at(problem.surgeries.release, patient)))),
    ),
    unscheduled_optional: [...plan.day].filter(
      (day, patient) => day < 0 && at(problem.surgeries.mandatory, patient) === 0,
    ).length,
  };
  return {
    breaks: [
      ...roomBreaks(problem, house),
      ...admissionBreaks(problem, plan),
      ...theatres.breaks,
      ...nurseBreaks({ problem, plan, house }),
    ],
    counts,
    cost: sum(ihtcWeightNames.map((name) => counts[name] * problem.weights[name])),
  };
};

const firstDay = ({ people }: IhtcProblem, plan: IhtcPlan, person: number): number =>
  person < people.patients ? at(plan.day, person) : 0;

const roomOf = ({ people, occupantRoom }: IhtcProblem, plan: IhtcPlan, person: number): number =>
  person < people.patients ? at(plan.room, person) : at(occupantRoom, person - people.patients);

const occupancyOf = (problem: IhtcProblem, plan: IhtcPlan): Occupancy => {
  const { people, days, rooms } = problem;
  const house: number[][] = Array.from({ length: rooms.ids.length * days }, () => []);
  for (const person of people.ids.keys()) {
    const first = firstDay(problem, plan, person);
    if (first < 0) continue;
    for (let day = first; day < Math.min(days, first + at(people.stay, person)); day++)
      house[roomOf(problem, plan, person) * days + day]?.push(person);
  }
  return house;
};

const ageSpan = ({ people }: IhtcProblem, present: readonly number[]): number => {
  const ages = present.map((person) => at(people.ageGroup, person));
  return ages.length === 0 ? 0 : Math.max(...ages) - Math.min(...ages);
};

const roomBreaks = (problem: IhtcProblem, house: Occupancy): IhtcBreak[] => {
  const { rooms, days, people } = problem;
  return house.flatMap((present, index): IhtcBreak[] => {
    const room = Math.floor(index / days);
    const where = `room ${at(rooms.ids, room)}, day ${index % days}`;
    const full = present.length > at(rooms.capacity, room);
    const mixed = new Set(present.map((person) => at(people.gender, person))).size > 1;
    return [
      ...(full ? [{ rule: 'roomOverCapacity', where } as const] : []),
      ...(mixed ? [{ rule: 'gendersMixed', where } as const] : []),
    ];
  });
};

const admissionBreaks = ({ people, surgeries, rooms }: IhtcProblem, plan: IhtcPlan): IhtcBreak[] =>
  [...plan.day].flatMap((day, patient): IhtcBreak[] => {
    const mandatory = at(surgeries.mandatory, patient) === 1;
    const room = at(plan.room, patient);
    const found: Partial<Record<IhtcRule, boolean>> =
      day < 0
        ? { mandatoryUnscheduled: mandatory }
        : {
            beforeRelease: day < at(surgeries.release, patient),
            afterDue: mandatory && day > at(surgeries.due, patient),
            roomIncompatible: at(surgeries.incompatible, patient * rooms.ids.length + room) === 1,
          };
    return Object.entries(found)
      .filter(([, broken]) => broken)
      .map(([rule]) => ({ rule: rule as IhtcRule, where: `patient ${at(people.ids, patient)}` }));
  });

const theatreUse = (
  problem: IhtcProblem,
  plan: IhtcPlan,
): {
  readonly breaks: IhtcBreak[];
  readonly counts: Pick<Record<IhtcWeightName, number>, 'open_operating_theater' | 'surgeon_transfer'>;
} => {
  const { days, surgeons, theatres, surgeries } = problem;
  const operated = new Int32Array(surgeons.time.length);
  const used = new Int32Array(theatres.time.length);
  const open = new Set<string>();
  const visits = new Set<string>();
  const teams = new Set<string>();
  for (const [patient, day] of plan.day.entries()) {
    if (day < 0) continue;
    const surgeon = at(surgeries.surgeon, patient);
    const theatre = at(plan.theatre, patient);
    add(operated, surgeon * days + day, at(surgeries.duration, patient));
    add(used, theatre * days + day, at(surgeries.duration, patient));
    open.add(`${theatre}/${day}`);
    teams.add(`${surgeon}/${day}`);
    visits.add(`${surgeon}/${day}/${theatre}`);
  }
  const over = (
    list: { ids: readonly string[]; time: Int32Array },
    minutes: Int32Array,
    [rule, word]: [IhtcRule, string],
  ): IhtcBreak[] =>
    [...minutes.keys()]
      .filter((cell) => at(minutes, cell) > at(list.time, cell))
      .map((cell) => ({ rule, where: `${word} ${at(list.ids, Math.floor(cell / days))}, day ${cell % days}` }));
  return {
    breaks: [
      ...over(surgeons, operated, ['surgeonOvertime', 'surgeon']),
      ...over(theatres, used, ['theatreOvertime', 'theatre']),
    ],
    counts: { open_operating_theater: open.size, surgeon_transfer: visits.size - teams.size },
  };
};

/** The first nurse who has a room in a shift (room × shifts), -1 where there is none. */
const nurseByRoomAndShift = ({ rooms, days, shiftNames }: IhtcProblem, { duties }: IhtcPlan): Int32Array => {
  const shifts = days * shiftNames.length;
  const nurses = new Int32Array(rooms.ids.length * shifts).fill(-1);
  for (const [duty, room] of duties.room.entries()) {
    const cell = room * shifts + at(duties.shift, duty);
    if (at(nurses, cell) < 0) nurses[cell] = at(duties.nurse, duty);
  }
  return nurses;
};

const nurseBreaks = ({
  problem,
  plan,
  house,
}: {
  problem: IhtcProblem;
  plan: IhtcPlan;
  house: Occupancy;
}): IhtcBreak[] => {
  const { rooms, nurses, days, shiftNames } = problem;
  const perDay = shiftNames.length;
  const shifts = days * perDay;
  const staffed = new Int32Array(rooms.ids.length * shifts);
  const { duties } = plan;
  for (const [duty, room] of duties.room.entries()) add(staffed, room * shifts + at(duties.shift, duty), 1);
  const words = (shift: number): string => `day ${Math.floor(shift / perDay)}, ${at(shiftNames, shift % perDay)}`;
  const inRoom = (cell: number): string => `room ${at(rooms.ids, Math.floor(cell / shifts))}, ${words(cell % shifts)}`;
  const occupied = (cell: number): boolean => (house[Math.floor(cell / perDay)]?.length ?? 0) > 0;
  const cells = [...staffed.keys()];
  const offShift = [...duties.nurse.keys()].filter(
    (duty) => at(nurses.load, at(duties.nurse, duty) * shifts + at(duties.shift, duty)) < 0,
  );
  return [
    ...cells
      .filter((cell) => occupied(cell) && at(staffed, cell) === 0)
      .map((cell) => ({ rule: 'roomWithoutNurse' as const, where: inRoom(cell) })),
    ...cells
      .filter((cell) => at(staffed, cell) > 1)
      .map((cell) => ({ rule: 'roomWithTwoNurses' as const, where: inRoom(cell) })),
    ...offShift.map((duty) => ({
      rule: 'nurseNotOnShift' as const,
      where: `nurse ${at(nurses.ids, at(duties.nurse, duty))}, ${words(at(duties.shift, duty))}`,
    })),
  ];
};

type NursingCounts = Pick<
  Record<IhtcWeightName, number>,
  'room_nurse_skill' | 'continuity_of_care' | 'nurse_eccessive_workload'
>;

const nursingCounts = (problem: IhtcProblem, plan: IhtcPlan, nurseOf: Int32Array): NursingCounts => {
  const { people, nurses, days, shiftNames } = problem;
  const shifts = days * shiftNames.length;
  const loads = new Int32Array(nurses.load.length);
  const counts = { room_nurse_skill: 0, continuity_of_care: 0, nurse_eccessive_workload: 0 };
  for (const person of people.ids.keys()) {
    const first = firstDay(problem, plan, person) * shiftNames.length;
    if (first < 0) continue;
    const seen = new Set<number>();
    const end = Math.min(shifts, first + at(people.stay, person) * shiftNames.length);
    for (let shift = first; shift < end; shift++) {
      const nurse = at(nurseOf, roomOf(problem, plan, person) * shifts + shift);
      if (nurse < 0) continue;
      const cell = at(people.offset, person) + shift - first;
      seen.add(nurse);
      counts.room_nurse_skill += Math.max(0, at(people.skill, cell) - at(nurses.skill, nurse));
      add(loads, nurse * shifts + shift, at(people.workload, cell));
    }
    counts.continuity_of_care += seen.size;
  }
  for (const [cell, load] of loads.entries())
    counts.nurse_eccessive_workload += Math.max(0, load - Math.max(0, at(nurses.load, cell)));
  return counts;
};
