import { at } from '../arrays';
import { foresightOf } from './foresight';
import { type Known, knownOn } from './known-on';
import type { PasuPlan, PasuProblem } from './pasu.problem';
import { PasuTrial } from './pasu.trial';

/** On how many days somebody may become known, and a plan is made on top of the one before. */
export const planningDays = ({ horizon, patients }: PasuProblem): number =>
  patients.registration.reduce((last, day) => Math.max(last, day + 1), horizon);

/**
 * A plan of a day on top of the plan of the day before: who has no place yet gets the cheapest day and room that are
 * free, who can wait least first. Who finds none has no day.
 */
export const firstPlanOfDay = (known: Known, today: number, before: PasuPlan | undefined): PasuPlan => {
  const { problem } = known;
  const { patients } = problem;
  const plan = before === undefined ? inHousePlan(problem) : known.narrowed(before);
  const trial = new PasuTrial(problem, today, { plan, foresight: foresightOf(problem, today) });
  const leeway = (patient: number): number =>
    at(patients.maxAdmission, patient) - Math.max(today, at(patients.admission, patient));
  const order = [...patients.ids.keys()]
    .filter((patient) => at(trial.house.day, patient) < 0)
    .toSorted((a, b) => leeway(a) - leeway(b) || at(patients.admission, a) - at(patients.admission, b) || a - b);
  for (const patient of order) trial.placeCheapest(patient);
  return known.widened(trial.house.rows);
};

/** A first plan of the whole horizon, made day by day as a hospital has to. */
export const firstPasuPlan = (problem: PasuProblem): PasuPlan => {
  let plan: PasuPlan | undefined;
  for (let today = 0; today < planningDays(problem); today++)
    plan = firstPlanOfDay(knownOn(problem, today), today, plan);
  return plan ?? new Int32Array();
};

/** Who is in house at the beginning, in their rooms. */
const inHousePlan = ({ patients, days }: PasuProblem): PasuPlan => {
  const plan = new Int32Array(patients.ids.length * days).fill(-1);
  for (const [patient, room] of patients.room.entries()) {
    const start = patient * days + at(patients.admission, patient);
    if (room >= 0) plan.fill(room, start, Math.min(start + at(patients.stay, patient), (patient + 1) * days));
  }
  return plan;
};
