/** The global invariants (docs/reliability.md): what must hold whatever was killed, cut off or forged. */
export const invariants = {
  I1: 'every acknowledged decision exists exactly once',
  I2: 'no review has two outcomes',
  I3: 'every state change has exactly one audit row that names who made it',
  I4: 'workflows and ledger agree within 30 s of quiet',
  I5: 'no gate was passed without a decision over exactly what was signed',
  I6: 'patient data is nowhere in the clear',
  I8: 'no workflow fails again and again, and nothing waits to be sent for over 30 s',
} as const;

/** One of {@link invariants}. */
export type InvariantId = keyof typeof invariants;

/** Where an invariant does not hold: ids, codes and places, never patient data. */
export interface Violation {
  readonly invariant: InvariantId;
  readonly what: string;
  /** What it is about: a row, a workflow, a column or a file. */
  readonly where: string;
}

/** Runs SQL on the ledger, as a role that row security hides nothing from. */
export type Query = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** A question to the ledger whose every answered row is a violation; it selects `id`. */
export interface Check {
  readonly what: string;
  readonly sql: string;
}

/** Asks the checks of an invariant one after the other. */
export const violationsOf = async (
  query: Query,
  invariant: InvariantId,
  checks: readonly Check[],
): Promise<Violation[]> => {
  const found: Violation[] = [];
  for (const { what, sql } of checks)
    for (const { id } of await query<{ id: string }>(sql)) found.push({ invariant, what, where: id });
  return found;
};
