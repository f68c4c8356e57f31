/** What PostgreSQL or its driver says of a failed query, if anything. */
export interface DatabaseFault {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly message?: unknown;
}

const objectOf = (thrown: unknown): Readonly<Record<string, unknown>> =>
  typeof thrown === 'object' && thrown !== null ? (thrown as Record<string, unknown>) : {};

/** The driver's own error inside whatever was thrown. */
export const databaseFault = (thrown: unknown): DatabaseFault => objectOf(objectOf(thrown)['driverError'] ?? thrown);

// 25006: it takes no writes for now, as while it fails over.
const awayCodes = /^(08|53|57|25006)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
// pg and its pool give these no code at all.
const awayWords =
  /^(Connection terminated|Connection ended|Query read timeout|timeout exceeded when trying|Client has encountered|Client was closed)/;

/** Whether PostgreSQL is away, overloaded or gave up on the statement: the caller may try again. */
export const isDatabaseAway = (thrown: unknown): boolean => {
  const { code, message } = databaseFault(thrown);
  if (typeof code === 'string') return awayCodes.test(code);
  return typeof message === 'string' && awayWords.test(message);
};

/** Whether two requests collided: a unique key was taken, or PostgreSQL gave one of them up (deadlock). */
export const isLostRace = (thrown: unknown): boolean => {
  const { code } = databaseFault(thrown);
  return typeof code === 'string' && ['23505', '23P01', '40001', '40P01'].includes(code);
};
