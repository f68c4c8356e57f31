/** Who may lie in a room: `same` = one gender at any one time. */
export const roomPolicy = { same: 0, male: 1, female: 2, any: 3 } as const;

/**
 * Static patient admission scheduling (Demeester et al.): a bed for each admission part, dates fixed. Columns are typed
 * arrays, matrices lie row by row. Specialisms count from 1; 0 is none. Nights count from 0, `end` is the night after.
 */
export interface PasProblem {
  readonly nights: number;
  readonly specialisms: number;
  readonly properties: number;
  readonly departments: {
    readonly ids: readonly string[];
    /** 0 = no limit. */
    readonly minAge: Int32Array;
    readonly maxAge: Int32Array;
    /** department × (specialisms + 1): 1 where the department has the specialism. */
    readonly treats: Uint8Array;
  };
  readonly rooms: {
    readonly ids: readonly string[];
    readonly capacity: Int32Array;
    readonly department: Int32Array;
    readonly policy: Uint8Array;
    /** room × (specialisms + 1): the priority from 1, 0 where the room lacks the specialism. */
    readonly priority: Uint8Array;
    /** room × properties. */
    readonly has: Uint8Array;
  };
  readonly beds: { readonly ids: readonly string[]; readonly room: Int32Array };
  readonly patients: {
    readonly ids: readonly string[];
    readonly age: Int32Array;
    readonly woman: Uint8Array;
    /** 0 = none. */
    readonly preferredCapacity: Int32Array;
    /** patient × properties; what is required is not preferred as well. */
    readonly required: Uint8Array;
    readonly preferred: Uint8Array;
  };
  /** Patients who have no night in the horizon have no part. */
  readonly parts: {
    readonly patient: Int32Array;
    /** From 1, within the patient. */
    readonly number: Int32Array;
    readonly specialism: Int32Array;
    readonly first: Int32Array;
    readonly end: Int32Array;
  };
}

/** The bed of each part, by its place in {@link PasProblem.beds}; -1 = none. */
export type PasPlan = Int32Array;
