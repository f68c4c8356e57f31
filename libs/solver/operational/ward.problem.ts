import type { WardHouse } from './ward.contract';

/** The house with names turned into places and times into hours from now. People are the requests, then the patients. */
export interface WardProblem {
  readonly house: WardHouse;
  readonly requests: number;
  readonly people: readonly WardPerson[];
  readonly bedRoom: Int32Array;
  readonly roomWard: Int32Array;
  /** Beds of a room; a room with one is a single room. */
  readonly roomBeds: readonly (readonly number[])[];
  readonly wardBeds: readonly (readonly number[])[];
  readonly adjacentRooms: readonly (readonly number[])[];
  /** Hours until a bed without a patient is clean; of a closed one without an end, infinite. */
  readonly bedReady: Float64Array;
  /** The request that a bed is reserved for, -1 = none. */
  readonly bedReservedFor: Int32Array;
  /** Hours, by person: for patients in house `ready` is 0. */
  readonly ready: Float64Array;
  readonly latest: Float64Array;
  /** Hours from now at which a patient leaves; hours that a request stays. */
  readonly stay: Float64Array;
  /** The bed of a patient in house, -1 for a request. */
  readonly bed: Int32Array;
}

export type WardPerson = WardHouse['requests'][number] | WardHouse['patients'][number];

/** A request, or a patient in house who is moved, in a bed from an hour on. */
export interface Placement {
  readonly person: number;
  readonly bed: number;
  readonly start: number;
}
