import { z } from 'zod';
import { ihtcWeightNames } from './ihtc.problem';

const count = z.int().min(0);
const id = z.string().min(1);

const person = {
  id,
  gender: z.enum(['A', 'B']),
  age_group: z.string(),
  length_of_stay: z.int().min(1),
  workload_produced: z.array(count),
  skill_level_required: z.array(count),
};

/** The competition's instance file; what it holds beside this is no concern of ours. */
export const ihtcInstanceSchema = z.object({
  days: z.int().min(1),
  skill_levels: z.int().min(1),
  shift_types: z.array(z.string()).min(1),
  age_groups: z.array(z.string()).min(1),
  weights: z.object(
    Object.fromEntries(ihtcWeightNames.map((name) => [name, count])) as Record<
      (typeof ihtcWeightNames)[number],
      typeof count
    >,
  ),
  occupants: z.array(z.object({ ...person, room_id: id })),
  patients: z.array(
    z.object({
      ...person,
      mandatory: z.boolean(),
      surgery_release_day: count,
      surgery_due_day: count.optional(),
      surgery_duration: count,
      surgeon_id: id,
      incompatible_room_ids: z.array(id),
    }),
  ),
  surgeons: z.array(z.object({ id, max_surgery_time: z.array(count) })),
  operating_theaters: z.array(z.object({ id, availability: z.array(count) })),
  rooms: z.array(z.object({ id, capacity: count })),
  nurses: z.array(
    z.object({
      id,
      skill_level: count,
      working_shifts: z.array(z.object({ day: count, shift: z.string(), max_load: count })),
    }),
  ),
});

export type IhtcInstance = z.infer<typeof ihtcInstanceSchema>;

/** The competition's solution file. */
export const ihtcSolutionSchema = z.object({
  patients: z.array(
    z.union([
      z.object({ id, admission_day: count, room: id, operating_theater: id }),
      z.object({ id, admission_day: z.literal('none') }),
    ]),
  ),
  nurses: z.array(
    z.object({ id, assignments: z.array(z.object({ day: count, shift: z.string(), rooms: z.array(id) })) }),
  ),
});

export type IhtcSolution = z.infer<typeof ihtcSolutionSchema>;
