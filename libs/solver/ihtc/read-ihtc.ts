import { placesOf } from '../arrays';
import { malformed, reading, type Reading } from '../failure';
import { jsonBy, placeIn, uniquePlaces } from '../json';
import type { IhtcProblem } from './ihtc.problem';
import { type IhtcInstance, ihtcInstanceSchema } from './ihtc.schema';

/** Reads an instance of the competition. */
export const readIhtc = (text: string): Reading<IhtcProblem> =>
  reading(() => problemOf(jsonBy(ihtcInstanceSchema, text)));

const problemOf = (file: IhtcInstance): IhtcProblem => {
  const rooms = uniquePlaces('rooms', file.rooms);
  const occupantRooms = file.occupants.map((occupant, index) =>
    placeIn(rooms, occupant.room_id, `occupants[${index}].room_id`),
  );
  return {
    days: file.days,
    shiftNames: file.shift_types,
    weights: file.weights,
    people: peopleOf(file),
    surgeries: surgeriesOf(file, rooms),
    occupantRoom: Int32Array.from(occupantRooms),
    rooms: { ids: [...rooms.keys()], capacity: Int32Array.from(file.rooms, ({ capacity }) => capacity) },
    surgeons: {
      ids: [...uniquePlaces('surgeons', file.surgeons).keys()],
      time: timesOf(
        file.days,
        'surgeons',
        file.surgeons.map(({ max_surgery_time }) => max_surgery_time),
      ),
    },
    theatres: {
      ids: [...uniquePlaces('operating_theaters', file.operating_theaters).keys()],
      time: timesOf(
        file.days,
        'operating_theaters',
        file.operating_theaters.map(({ availability }) => availability),
      ),
    },
    nurses: nursesOf(file),
  };
};

/** Minutes by day, row by row. */
const timesOf = (days: number, list: string, rows: readonly (readonly number[])[]): Int32Array => {
  for (const [index, row] of rows.entries())
    if (row.length !== days)
      malformed(`${list}[${index}]`, `${row.length} days of minutes where the horizon has ${days}`);
  return Int32Array.from(rows.flat());
};

const peopleOf = (file: IhtcInstance): IhtcProblem['people'] => {
  uniquePlaces('people', [...file.patients, ...file.occupants]);
  const ages = placesOf(file.age_groups);
  const people = [
    ...file.patients.map((person, index) => ({ ...person, place: `patients[${index}]` })),
    ...file.occupants.map((person, index) => ({ ...person, place: `occupants[${index}]` })),
  ];
  const offset = new Int32Array(people.length);
  let shifts = 0;
  for (const [index, { place, length_of_stay, workload_produced, skill_level_required }] of people.entries()) {
    const needed = length_of_stay * file.shift_types.length;
    if (workload_produced.length !== needed) malformed(`${place}.workload_produced`, `not ${needed} shifts`);
    if (skill_level_required.length !== needed) malformed(`${place}.skill_level_required`, `not ${needed} shifts`);
    offset[index] = shifts;
    shifts += needed;
  }
  return {
    ids: people.map(({ id }) => id),
    patients: file.patients.length,
    gender: Int32Array.from(people, ({ gender }) => (gender === 'A' ? 0 : 1)),
    ageGroup: Int32Array.from(people, ({ age_group, place }) => placeIn(ages, age_group, `${place}.age_group`)),
    stay: Int32Array.from(people, ({ length_of_stay }) => length_of_stay),
    offset,
    workload: Int32Array.from(people.flatMap(({ workload_produced }) => workload_produced)),
    skill: Int32Array.from(people.flatMap(({ skill_level_required }) => skill_level_required)),
  };
};

const surgeriesOf = (file: IhtcInstance, rooms: ReadonlyMap<string, number>): IhtcProblem['surgeries'] => {
  const surgeons = uniquePlaces('surgeons', file.surgeons);
  const incompatible = new Uint8Array(file.patients.length * rooms.size);
  for (const [index, { incompatible_room_ids }] of file.patients.entries())
    for (const id of incompatible_room_ids)
      incompatible[index * rooms.size + placeIn(rooms, id, `patients[${index}].incompatible_room_ids`)] = 1;
  return {
    mandatory: Uint8Array.from(file.patients, ({ mandatory }) => (mandatory ? 1 : 0)),
    release: Int32Array.from(file.patients, ({ surgery_release_day }) => surgery_release_day),
    due: Int32Array.from(file.patients, dueDay(file.days)),
    duration: Int32Array.from(file.patients, ({ surgery_duration }) => surgery_duration),
    surgeon: Int32Array.from(file.patients, ({ surgeon_id }, index) =>
      placeIn(surgeons, surgeon_id, `patients[${index}].surgeon_id`),
    ),
    incompatible,
  };
};

const dueDay =
  (days: number) =>
  ({ mandatory, surgery_due_day }: IhtcInstance['patients'][number], index: number): number => {
    if (!mandatory) return days - 1;
    return surgery_due_day ?? malformed(`patients[${index}].surgery_due_day`, 'a mandatory patient without a due day');
  };

const nursesOf = (file: IhtcInstance): IhtcProblem['nurses'] => {
  const shifts = placesOf(file.shift_types);
  const horizon = file.days * file.shift_types.length;
  const load = new Int32Array(file.nurses.length * horizon).fill(-1);
  for (const [nurse, { working_shifts }] of file.nurses.entries())
    for (const [index, { day, shift, max_load }] of working_shifts.entries()) {
      const place = `nurses[${nurse}].working_shifts[${index}]`;
      if (day >= file.days) malformed(`${place}.day`, `${day} is after the horizon`);
      load[nurse * horizon + day * shifts.size + placeIn(shifts, shift, `${place}.shift`)] = max_load;
    }
  return {
    ids: [...uniquePlaces('nurses', file.nurses).keys()],
    skill: Int32Array.from(file.nurses, ({ skill_level }) => skill_level),
    load,
  };
};
