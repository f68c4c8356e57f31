/** Who may lie in a room: `same` = one gender on any one day. */
export const roomGender = { same: 0, male: 1, female: 2, any: 3 } as const;

/** What a department can do for a specialism. */
export const care = { none: 0, main: 1, auxiliary: 2 } as const;

/**
 * Dynamic patient admission scheduling under uncertainty (Ceschia and Schaerf; Zhu et al.): a day and rooms for each
 * patient, who become known day by day. Days count from 0. Stays may reach over the horizon to twice its length, where
 * theatre slots repeat. Columns are typed arrays, matrices lie row by row.
 */
export interface PasuProblem {
  readonly name: string;
  /** The date of day 0. */
  readonly start: string;
  readonly horizon: number;
  /** Twice the horizon: what is planned and scored. */
  readonly days: number;
  readonly specialisms: readonly string[];
  readonly features: readonly string[];
  readonly departments: {
    readonly ids: readonly string[];
    /** 0 = no limit. */
    readonly minAge: Int32Array;
    readonly maxAge: Int32Array;
    /** department × specialisms, see {@link care}. */
    readonly care: Uint8Array;
  };
  readonly rooms: {
    readonly ids: readonly string[];
    readonly capacity: Int32Array;
    readonly department: Int32Array;
    readonly gender: Uint8Array;
    /** room × features. */
    readonly has: Uint8Array;
  };
  readonly theatre: {
    readonly slotMinutes: number;
    /** day × specialisms. */
    readonly slots: Int32Array;
  };
  readonly patients: {
    readonly ids: readonly string[];
    readonly age: Int32Array;
    readonly woman: Uint8Array;
    readonly specialism: Int32Array;
    /** The first day on which anybody may know of the patient. */
    readonly registration: Int32Array;
    readonly admission: Int32Array;
    readonly maxAdmission: Int32Array;
    /** Days in a bed. */
    readonly stay: Int32Array;
    readonly mayOverstay: Uint8Array;
    /** The room in which the patient lies already, -1 = none. */
    readonly room: Int32Array;
    /** Days from the admission to the surgery, -1 = none; minutes in the theatre. */
    readonly surgeryAfter: Int32Array;
    readonly surgeryMinutes: Int32Array;
    /** 0 = none. */
    readonly preferredCapacity: Int32Array;
    /** patient × features. */
    readonly needed: Uint8Array;
    readonly preferred: Uint8Array;
  };
}

/** The room of each patient on each day (patient × days of the problem), -1 = not in house. */
export type PasuPlan = Int32Array;
