import { CountersignError, type ErrorCode, isCountersignError } from '#libs/errors/errors';

/** A start that cannot go on: a code, and a text for the person at the terminal that says what to do. */
export const startError = (code: ErrorCode, text: string): CountersignError => new CountersignError(code, { text });

/** The text of a failed start, for the terminal. */
export const textOf = (thrown: unknown): string => {
  if (isCountersignError(thrown))
    return typeof thrown.detail['text'] === 'string' ? thrown.detail['text'] : thrown.code;
  return thrown instanceof Error ? thrown.message : String(thrown);
};

/** Where a starter tells the person at the terminal what it does: one line at a time, without a newline. */
export type Say = (line: string) => void;

/** Tells nobody. */
export const silent: Say = () => undefined;
