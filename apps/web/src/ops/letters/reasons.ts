/** Why a message could not be taken: the code it was answered with, the reason, and where in the message. */
export interface LetterReason {
  readonly code: string;
  /** For texts `reasons.<why>`. */
  readonly why: string;
  readonly place: string;
}

/** The reasons in what the API stores of a dead letter: `204 visit-unknown PV1-19; 101 field-missing PID-3`. */
export const reasonsOf = (stored: string | null): readonly LetterReason[] =>
  (stored ?? '')
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .filter(([code]) => code !== undefined && code !== '')
    .map(([code = '', why = '', place = '']) => ({ code, why, place }));
