import { at } from '../arrays';
import type { PasuPlan, PasuProblem } from './pasu.problem';

/** What may be known on a day: a problem of its own, which holds nobody who is registered later. */
export interface Known {
  readonly problem: PasuProblem;
  /** The rows of a plan of the whole problem that are about these patients, in their order. */
  readonly narrowed: (plan: PasuPlan) => PasuPlan;
  /** A plan of the whole problem, in which the others have no day. */
  readonly widened: (plan: PasuPlan) => PasuPlan;
}

/** The patients of a problem who are registered by a day. A planner that is given this alone cannot look ahead. */
export const knownOn = (problem: PasuProblem, day: number): Known => {
  const { patients, days, features } = problem;
  const places = [...patients.ids.keys()].filter((patient) => at(patients.registration, patient) <= day);
  const column = (values: Int32Array): Int32Array => Int32Array.from(places, (patient) => at(values, patient));
  const flags = (values: Uint8Array, width = 1): Uint8Array =>
    Uint8Array.from(places.flatMap((patient) => [...values.subarray(patient * width, (patient + 1) * width)]));
  const known: PasuProblem = {
    ...problem,
    patients: {
      ids: places.map((patient) => at(patients.ids, patient)),
      age: column(patients.age),
      woman: flags(patients.woman),
      specialism: column(patients.specialism),
      registration: column(patients.registration),
      admission: column(patients.admission),
      maxAdmission: column(patients.maxAdmission),
      stay: column(patients.stay),
      mayOverstay: flags(patients.mayOverstay),
      room: column(patients.room),
      surgeryAfter: column(patients.surgeryAfter),
      surgeryMinutes: column(patients.surgeryMinutes),
      preferredCapacity: column(patients.preferredCapacity),
      needed: flags(patients.needed, features.length),
      preferred: flags(patients.preferred, features.length),
    },
  };
  return {
    problem: known,
    narrowed: (plan) =>
      Int32Array.from(places.flatMap((patient) => [...plan.subarray(patient * days, (patient + 1) * days)])),
    widened: (plan) => {
      const whole = new Int32Array(patients.ids.length * days).fill(-1);
      for (const [row, patient] of places.entries())
        whole.set(plan.subarray(row * days, (row + 1) * days), patient * days);
      return whole;
    },
  };
};
