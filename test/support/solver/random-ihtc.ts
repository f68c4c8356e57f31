import type { IhtcInstance } from '../../../libs/solver/ihtc/ihtc.schema';
import type { IhtcProblem } from '../../../libs/solver/ihtc/ihtc.problem';
import { readIhtc } from '../../../libs/solver/ihtc/read-ihtc';
import { type Random, randomOf } from '../../../libs/solver/random';
import { valueOf } from './shared-beds';

const days = 7;
const shiftTypes = ['early', 'late', 'night'];

const numbers = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

const person = (random: Random, id: string) => {
  const length_of_stay = 1 + random.below(4);
  const shifts = length_of_stay * shiftTypes.length;
  return {
    id,
    gender: random.pick(['A', 'B'] as const),
    age_group: random.pick(['child', 'adult', 'old']),
    length_of_stay,
    workload_produced: numbers(shifts, () => 1 + random.below(3)),
    skill_level_required: numbers(shifts, () => random.below(3)),
  };
};

/** Everybody's shift of a day, one kind each; the first nurses are on every shift, so that none is without. */
const workingShifts = (random: Random, nurse: number): IhtcInstance['nurses'][number]['working_shifts'] =>
  Array.from({ length: days }, (_, day) => ({
    day,
    shift: nurse < shiftTypes.length ? shiftTypes[nurse]! : random.pick(shiftTypes),
    max_load: 2 + random.below(5),
  }));

/** A hospital by chance in the competition's own format: a week, five rooms, three theatres, eight nurses. */
export const randomIhtc = (seed: number, patients = 30): IhtcProblem => {
  const random = randomOf(seed);
  const file: IhtcInstance = {
    days,
    skill_levels: 3,
    shift_types: shiftTypes,
    age_groups: ['child', 'adult', 'old'],
    weights: {
      room_mixed_age: 5,
      room_nurse_skill: 7,
      continuity_of_care: 2,
      nurse_eccessive_workload: 3,
      open_operating_theater: 20,
      surgeon_transfer: 11,
      patient_delay: 13,
      unscheduled_optional: 100,
    },
    occupants: Array.from({ length: 3 }, (_, room) => ({ ...person(random, `o${room}`), room_id: `R${room}` })),
    patients: Array.from({ length: patients }, (_, index) => {
      const mandatory = random.chance(0.3);
      const surgery_release_day = random.below(days - 1);
      return {
        ...person(random, `p${index}`),
        mandatory,
        surgery_release_day,
        ...(mandatory ? { surgery_due_day: Math.min(days - 1, surgery_release_day + 3) } : {}),
        surgery_duration: 30 * (1 + random.below(4)),
        surgeon_id: random.pick(['S0', 'S1']),
        incompatible_room_ids: ['R0', 'R1', 'R2', 'R3'].filter(() => random.chance(0.2)),
      };
    }),
    surgeons: ['S0', 'S1'].map((id) => ({ id, max_surgery_time: numbers(days, () => 120 + random.below(240)) })),
    operating_theaters: ['T0', 'T1', 'T2'].map((id) => ({
      id,
      availability: numbers(days, () => 120 + random.below(240)),
    })),
    rooms: Array.from({ length: 5 }, (_, room) => ({ id: `R${room}`, capacity: 1 + random.below(4) })),
    nurses: Array.from({ length: 8 }, (_, nurse) => ({
      id: `n${nurse}`,
      skill_level: random.below(3),
      working_shifts: workingShifts(random, nurse),
    })),
  };
  return valueOf(readIhtc(JSON.stringify(file)));
};
