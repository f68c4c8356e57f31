import { add, at, sum } from '../arrays';
import type { PasuProblem } from './pasu.problem';
import type { PasuBreak } from './pasu.validator';

/** Minutes of overtime that are allowed: for each slot of a specialism, and for each day. */
const allowedPerSlot = 30;
const allowedPerDay = 60;

export interface TheatreScore {
  readonly breaks: PasuBreak[];
  /** Minutes above the slots, at most those allowed, of each specialism and once more of each day. */
  readonly overtime: number;
  /** Minutes of the horizon's slots that are not used, as far as there are surgeries to fill them. */
  readonly idle: number;
  readonly use: number;
}

/** Minutes of one theatre list: what there is, what is used, what may be used. */
interface List {
  readonly day: number;
  readonly specialism: number;
  readonly slots: number;
  readonly used: number;
  readonly allowed: number;
}

/** Scores the theatre, where a surgery follows from the day of admission (-1 = never admitted). */
export const theatreScore = (problem: PasuProblem, admission: Int32Array): TheatreScore => {
  const { days, horizon, specialisms, patients } = problem;
  const bySpecialism = new Int32Array(days * specialisms.length);
  const byDay = new Int32Array(days);
  for (const [patient, first] of admission.entries()) {
    const day = first + at(patients.surgeryAfter, patient);
    if (first < 0 || at(patients.surgeryAfter, patient) < 0 || day >= days) continue;
    add(byDay, day, at(patients.surgeryMinutes, patient));
    if (!isUrgent(problem, patient))
      add(
        bySpecialism,
        day * specialisms.length + at(patients.specialism, patient),
        at(patients.surgeryMinutes, patient),
      );
  }
  const lists = [...bySpecialism].map((used, cell) => listOf(problem, cell, used));
  const wholeDays = [...byDay].map((used, day): List => {
    const slots = sum(lists.filter((list) => list.day === day).map((list) => list.slots));
    return { day, specialism: -1, slots, used, allowed: allowedPerDay };
  });
  const planned = lists.filter(({ day }) => day < horizon);
  const demand = sum(patients.surgeryMinutes);
  return {
    breaks: [...lists, ...wholeDays].flatMap((list) => breakOf(problem, list)),
    overtime: sum(
      [...lists, ...wholeDays].map(({ used, slots, allowed }) => Math.min(allowed, Math.max(0, used - slots))),
    ),
    idle:
      Math.min(demand, sum(planned.map(({ slots }) => slots))) -
      sum(planned.map(({ used, slots }) => Math.min(used, slots))),
    use: useOf(planned),
  };
};

/** Who is registered on the day of admission and cannot wait is no planned surgery of the specialism. */
const isUrgent = ({ patients }: PasuProblem, patient: number): boolean => {
  const admission = at(patients.admission, patient);
  return at(patients.registration, patient) === admission && at(patients.maxAdmission, patient) === admission;
};

const listOf = ({ theatre, specialisms }: PasuProblem, cell: number, used: number): List => {
  const slots = at(theatre.slots, cell);
  return {
    day: Math.floor(cell / specialisms.length),
    specialism: cell % specialisms.length,
    slots: slots * theatre.slotMinutes,
    used,
    allowed: slots * allowedPerSlot,
  };
};

const breakOf = ({ specialisms }: PasuProblem, { day, specialism, slots, used, allowed }: List): PasuBreak[] => {
  const count = used - slots - allowed;
  if (count <= 0) return [];
  return specialism < 0
    ? [{ rule: 'theatreOfDay', where: 'theatre', day, count }]
    : [{ rule: 'theatreOfSpecialism', where: `theatre of ${at(specialisms, specialism)}`, day, count }];
};

/** The mean over the days with slots of the mean over their specialisms of the share of the minutes that is used. */
const useOf = (lists: readonly List[]): number => {
  const byDay = new Map<number, number[]>();
  for (const { day, slots, used } of lists) if (slots > 0) byDay.set(day, [...(byDay.get(day) ?? []), used / slots]);
  const means = [...byDay.values()].map((shares) => sum(shares) / shares.length);
  return means.length === 0 ? 0 : sum(means) / means.length;
};
