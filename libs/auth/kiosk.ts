/** What a board on a wall shows: tickets to whoever waits, or where the desk stands to its staff. */
export const boardKinds = ['public-queue', 'staff-wallboard'] as const;

/** One of {@link boardKinds}. */
export type BoardKind = (typeof boardKinds)[number];

/** How a public board names patients: by their ticket alone, or by their masked name too. */
export const boardNames = ['number-only', 'masked'] as const;

/** One of {@link boardNames}. */
export type BoardNames = (typeof boardNames)[number];
