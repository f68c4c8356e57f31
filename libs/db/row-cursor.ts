import { type Tx } from './transaction';

const perFetch = 1000;

/**
 * Reads the rows of a query in order, some at a time, as they stood when it began: for results larger than memory should
 * hold. The cursor's name is its own in the transaction.
 */
export async function* readThrough<Row>(
  tx: Tx,
  { cursor, sql, values }: { cursor: string; sql: string; values: readonly unknown[] },
): AsyncGenerator<Row> {
  await tx.query(`declare ${cursor} no scroll cursor for ${sql}`, values);
  for (let full = true; full;) {
    const page = await tx.query<Row>(`fetch forward ${perFetch} from ${cursor}`);
    yield* page;
    full = page.length === perFetch;
  }
  await tx.query(`close ${cursor}`);
}
