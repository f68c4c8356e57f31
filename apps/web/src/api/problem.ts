/** A refusal of the API: its code is its identity, the rest of the body its detail. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.name = 'Problem';
  }
}

/** Code of what never reached the API, or came back as no answer of it. */
export const unreachable = 'NETWORK';

/** Whether something thrown is a refusal with this code. */
export const isProblem = (thrown: unknown, ...codes: readonly string[]): thrown is Problem =>
  thrown instanceof Problem && (codes.length === 0 || codes.includes(thrown.code));

/** Whether nothing was answered: what was sent may or may not have happened, and the same key says which. */
export const isUnreachable = (thrown: unknown): boolean => isProblem(thrown, unreachable);

/** The problem of an answer that is none of success. */
export const problemOf = (status: number, body: unknown): Problem => {
  const detail = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const code = typeof detail['code'] === 'string' ? detail['code'] : unreachable;
  return new Problem(status, code, detail);
};
