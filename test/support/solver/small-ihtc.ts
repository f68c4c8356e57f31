import type { IhtcInstance, IhtcSolution } from '../../../libs/solver/ihtc/ihtc.schema';

const shifts = (days: number, value: number): number[] => Array.from({ length: days * 2 }, () => value);

const everyShift = (shift: string, max_load: number): IhtcInstance['nurses'][number]['working_shifts'] =>
  [0, 1, 2].map((day) => ({ day, shift, max_load }));

/**
 * A week-end of our own for specs: three days of two shifts, two rooms, two theatres, two surgeons, two nurses. Ann and
 * Ben must come, Cleo may; old Olaf lies in R1 until the end of day 0.
 */
const weekEnd: IhtcInstance = {
  days: 3,
  skill_levels: 3,
  shift_types: ['day', 'night'],
  age_groups: ['child', 'adult', 'old'],
  weights: {
    room_mixed_age: 5,
    room_nurse_skill: 7,
    continuity_of_care: 1,
    nurse_eccessive_workload: 3,
    open_operating_theater: 20,
    surgeon_transfer: 11,
    patient_delay: 13,
    unscheduled_optional: 100,
  },
  occupants: [
    {
      id: 'olaf',
      gender: 'A',
      age_group: 'old',
      length_of_stay: 1,
      workload_produced: [2, 2],
      skill_level_required: [0, 0],
      room_id: 'R1',
    },
  ],
  patients: [
    {
      id: 'ann',
      mandatory: true,
      gender: 'B',
      age_group: 'adult',
      length_of_stay: 2,
      surgery_release_day: 0,
      surgery_due_day: 1,
      surgery_duration: 60,
      surgeon_id: 'S1',
      incompatible_room_ids: [],
      workload_produced: shifts(2, 1),
      skill_level_required: [2, 1, 0, 0],
    },
    {
      id: 'ben',
      mandatory: true,
      gender: 'A',
      age_group: 'child',
      length_of_stay: 2,
      surgery_release_day: 0,
      surgery_due_day: 2,
      surgery_duration: 90,
      surgeon_id: 'S1',
      incompatible_room_ids: ['R2'],
      workload_produced: shifts(2, 3),
      skill_level_required: shifts(2, 0),
    },
    {
      id: 'cleo',
      mandatory: false,
      gender: 'B',
      age_group: 'adult',
      length_of_stay: 5,
      surgery_release_day: 1,
      surgery_duration: 30,
      surgeon_id: 'S2',
      incompatible_room_ids: [],
      workload_produced: shifts(5, 1),
      skill_level_required: shifts(5, 0),
    },
  ],
  surgeons: [
    { id: 'S1', max_surgery_time: [150, 90, 60] },
    { id: 'S2', max_surgery_time: [0, 60, 60] },
  ],
  operating_theaters: [
    { id: 'T1', availability: [120, 120, 120] },
    { id: 'T2', availability: [120, 120, 0] },
  ],
  rooms: [
    { id: 'R1', capacity: 2 },
    { id: 'R2', capacity: 1 },
  ],
  nurses: [
    { id: 'nora', skill_level: 1, working_shifts: everyShift('day', 4) },
    { id: 'nils', skill_level: 0, working_shifts: everyShift('night', 4) },
  ],
};

/** The week-end, for a spec to change. */
export const smallIhtc = (): IhtcInstance => structuredClone(weekEnd);

/** Nora has both rooms by day, Nils by night; Ann comes on day 0 into R2, Ben on day 1 into R1, Cleo not at all. */
export const smallIhtcSolution = (): IhtcSolution => ({
  patients: [
    { id: 'ann', admission_day: 0, room: 'R2', operating_theater: 'T1' },
    { id: 'ben', admission_day: 1, room: 'R1', operating_theater: 'T1' },
    { id: 'cleo', admission_day: 'none' },
  ],
  nurses: [
    { id: 'nora', assignments: [0, 1, 2].map((day) => ({ day, shift: 'day', rooms: ['R1', 'R2'] })) },
    { id: 'nils', assignments: [0, 1, 2].map((day) => ({ day, shift: 'night', rooms: ['R1', 'R2'] })) },
  ],
});
