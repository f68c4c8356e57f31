/** What each count of {@link IhtcProblem} costs, by the names of the competition (one of them with its own spelling). */
export const ihtcWeightNames = [
  'room_mixed_age',
  'room_nurse_skill',
  'continuity_of_care',
  'nurse_eccessive_workload',
  'open_operating_theater',
  'surgeon_transfer',
  'patient_delay',
  'unscheduled_optional',
] as const;

export type IhtcWeightName = (typeof ihtcWeightNames)[number];

/**
 * Integrated Healthcare Timetabling Competition 2024: admission day, room and theatre of each patient, rooms of each
 * nurse. People are the patients, then the occupants who are in house from day 0. A shift counts from 0 over the whole
 * horizon: day × shifts of a day + shift. Columns are typed arrays, matrices lie row by row.
 */
export interface IhtcProblem {
  readonly days: number;
  readonly shiftNames: readonly string[];
  readonly weights: Readonly<Record<IhtcWeightName, number>>;
  readonly people: {
    readonly ids: readonly string[];
    /** The first `patients` people are to be admitted; the others lie in a room. */
    readonly patients: number;
    readonly gender: Int32Array;
    readonly ageGroup: Int32Array;
    readonly stay: Int32Array;
    /** Where the shifts of the stay begin in `workload` and `skill`. */
    readonly offset: Int32Array;
    readonly workload: Int32Array;
    readonly skill: Int32Array;
  };
  /** One row for each patient. */
  readonly surgeries: {
    readonly mandatory: Uint8Array;
    readonly release: Int32Array;
    /** The last day on which a mandatory patient may come; of others the last day of the horizon. */
    readonly due: Int32Array;
    readonly duration: Int32Array;
    readonly surgeon: Int32Array;
    /** patient × rooms: 1 where the room will not do. */
    readonly incompatible: Uint8Array;
  };
  /** The room of each occupant. */
  readonly occupantRoom: Int32Array;
  readonly rooms: { readonly ids: readonly string[]; readonly capacity: Int32Array };
  /** `time`: surgeon × days, minutes. */
  readonly surgeons: { readonly ids: readonly string[]; readonly time: Int32Array };
  /** `time`: theatre × days, minutes. */
  readonly theatres: { readonly ids: readonly string[]; readonly time: Int32Array };
  readonly nurses: {
    readonly ids: readonly string[];
    readonly skill: Int32Array;
    /** nurse × shifts: the load that she can bear, -1 where she is not on shift. */
    readonly load: Int32Array;
  };
}

/** A plan as it was handed in, with whatever is wrong in it. */
export interface IhtcPlan {
  /** By patient; -1 = not admitted, and then no room and no theatre. */
  readonly day: Int32Array;
  readonly room: Int32Array;
  readonly theatre: Int32Array;
  /** Which nurse has which room in which shift: three columns of one table. */
  readonly duties: { readonly nurse: Int32Array; readonly shift: Int32Array; readonly room: Int32Array };
}
