import { at, groupBy, placesOf } from '../arrays';
import { malformed, reading, type Reading } from '../failure';
import { jsonBy, placeIn, uniquePlaces } from '../json';
import type { IhtcPlan, IhtcProblem } from './ihtc.problem';
import { type IhtcSolution, ihtcSolutionSchema } from './ihtc.schema';

/**
 * Reads a solution of the competition: who is not named is not admitted, as published solutions have it. What breaks a
 * rule is left to the validator.
 */
export const readIhtcPlan = (problem: IhtcProblem, text: string): Reading<IhtcPlan> =>
  reading(() => {
    const file = jsonBy(ihtcSolutionSchema, text);
    return { ...admissionsOf(problem, file), duties: dutiesOf(problem, file) };
  });

const admissionsOf = (problem: IhtcProblem, { patients }: IhtcSolution): Omit<IhtcPlan, 'duties'> => {
  const count = problem.people.patients;
  const known = placesOf(problem.people.ids.slice(0, count));
  const rooms = placesOf(problem.rooms.ids);
  const theatres = placesOf(problem.theatres.ids);
  const [day, room, theatre] = [0, 1, 2].map(() => new Int32Array(count).fill(-1)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  uniquePlaces('patients', patients);
  for (const [index, entry] of patients.entries()) {
    const patient = placeIn(known, entry.id, `patients[${index}].id`);
    if (entry.admission_day === 'none') continue;
    if (entry.admission_day >= problem.days) malformed(`patients[${index}].admission_day`, 'after the horizon');
    day[patient] = entry.admission_day;
    room[patient] = placeIn(rooms, entry.room, `patients[${index}].room`);
    theatre[patient] = placeIn(theatres, entry.operating_theater, `patients[${index}].operating_theater`);
  }
  return { day, room, theatre };
};

const dutiesOf = (problem: IhtcProblem, { nurses }: IhtcSolution): IhtcPlan['duties'] => {
  const known = placesOf(problem.nurses.ids);
  const rooms = placesOf(problem.rooms.ids);
  const shifts = placesOf(problem.shiftNames);
  uniquePlaces('nurses', nurses);
  const duties = nurses.flatMap(({ id, assignments }, index) =>
    assignments.flatMap((assignment, number) => {
      const place = `nurses[${index}].assignments[${number}]`;
      if (assignment.day >= problem.days) malformed(`${place}.day`, 'after the horizon');
      const shift = assignment.day * shifts.size + placeIn(shifts, assignment.shift, `${place}.shift`);
      const nurse = placeIn(known, id, `nurses[${index}].id`);
      return assignment.rooms.map((room) => ({ nurse, shift, room: placeIn(rooms, room, `${place}.rooms`) }));
    }),
  );
  return {
    nurse: Int32Array.from(duties, ({ nurse }) => nurse),
    shift: Int32Array.from(duties, ({ shift }) => shift),
    room: Int32Array.from(duties, ({ room }) => room),
  };
};

/** A plan as the competition's solution file. */
export const writeIhtcPlan = (problem: IhtcProblem, plan: IhtcPlan): string =>
  `${JSON.stringify({ patients: admissions(problem, plan), nurses: assignments(problem, plan) }, null, 2)}\n`;

const admissions = (problem: IhtcProblem, plan: IhtcPlan): IhtcSolution['patients'] =>
  [...plan.day].map((day, patient) =>
    day < 0
      ? { id: at(problem.people.ids, patient), admission_day: 'none' }
      : {
          id: at(problem.people.ids, patient),
          admission_day: day,
          room: at(problem.rooms.ids, at(plan.room, patient)),
          operating_theater: at(problem.theatres.ids, at(plan.theatre, patient)),
        },
  );

const assignments = ({ nurses, rooms, shiftNames }: IhtcProblem, { duties }: IhtcPlan): IhtcSolution['nurses'] => {
  const byNurse = groupBy([...duties.nurse.keys()], (duty) => at(duties.nurse, duty));
  return nurses.ids.map((id, nurse) => {
    const byShift = groupBy(byNurse.get(nurse) ?? [], (duty) => at(duties.shift, duty));
    return {
      id,
      assignments: [...byShift]
        .toSorted(([a], [b]) => a - b)
        .map(([shift, inShift]) => ({
          day: Math.floor(shift / shiftNames.length),
          shift: at(shiftNames, shift % shiftNames.length),
          rooms: inShift.map((duty) => at(rooms.ids, at(duties.room, duty))),
        })),
    };
  });
};
