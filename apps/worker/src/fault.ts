/** What may be written about something thrown: codes and names, never its message, which may quote a patient. */
export interface Fault {
  readonly error: string;
  readonly code?: string | number;
}

/** Ours, PostgreSQL's (five characters) or Node's; anything else may hold data. */
const codeForm = /^(?:[A-Z][A-Z_]{2,40}|[0-9A-Z]{5})$/;

const codeOf = (thrown: unknown): string | number | undefined => {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { code, driverError } = thrown as { code?: unknown; driverError?: unknown };
  const found = code ?? (driverError as { code?: unknown } | undefined)?.code;
  if (typeof found === 'number') return found < 1000 ? found : undefined;
  return typeof found === 'string' && codeForm.test(found) ? found : undefined;
};

/** The class, not the name: a name can be set to anything by whoever throws. */
const nameOf = (thrown: unknown): string => {
  if (typeof thrown !== 'object' || thrown === null) return typeof thrown;
  const { name } = (thrown.constructor as { name?: unknown } | null | undefined) ?? {};
  return typeof name === 'string' && /^[A-Z][A-Za-z]{1,60}$/.test(name) ? name : 'object';
};

/** Describes a failure for the log. */
export const faultOf = (thrown: unknown): Fault => {
  const code = codeOf(thrown);
  return { error: nameOf(thrown), ...(code !== undefined && { code }) };
};
