/** Where and when a patient is admitted, in one number: day, room, theatre. */
export type Place = number;

/** The place of who is not admitted. */
export const nowhere: Place = -1;

const roomBits = 12;
const theatreBits = 8;

export const placeOf = (day: number, room: number, theatre: number): Place =>
  (day << (roomBits + theatreBits)) | (room << theatreBits) | theatre;

export const dayOf = (place: Place): number => place >> (roomBits + theatreBits);

export const roomOf = (place: Place): number => (place >> theatreBits) & ((1 << roomBits) - 1);

export const theatreOf = (place: Place): number => place & ((1 << theatreBits) - 1);

/** Whether two places differ in nothing but the theatre. */
export const sameBed = (one: Place, other: Place): boolean => one >> theatreBits === other >> theatreBits;
