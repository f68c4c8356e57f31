/** Why a file cannot be read: where it is wrong and what is wrong there, in words for the person who named the file. */
export interface FormatFailure {
  readonly place: string;
  readonly reason: string;
}

/** What a reader gives: the thing read, or why there is none. */
export type Reading<T> = { readonly value: T } | { readonly failure: FormatFailure };

/** A parser's way out of nested functions; {@link reading} makes it a value at the door. */
class FormatError extends Error {
  constructor(readonly failure: FormatFailure) {
    super(`${failure.place}: ${failure.reason}`);
  }
}

/** Leaves the parser: the file is wrong at this place for this reason. */
export const malformed = (place: string, reason: string): never => {
  throw new FormatError({ place, reason });
};

/** Runs a parser; what is wrong with the file is its value, what is wrong with the parser goes on as an error. */
export const reading = <T>(parse: () => T): Reading<T> => {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof FormatError) return { failure: error.failure };
    throw error;
  }
};
