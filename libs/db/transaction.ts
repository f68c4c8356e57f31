import { type Client, escapeLiteral, type PoolClient } from 'pg';
import { type DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { noOrganisation, type Principal, reachableWards } from '#libs/auth/principal';
import { type FieldCipher } from './field-cipher';

/** What a store works with: one transaction, on whose behalf it runs, and the keys of its encrypted columns. */
export interface Tx {
  readonly manager: EntityManager;
  readonly principal: Principal;
  readonly cipher: FieldCipher;
  /** Runs SQL and returns its rows. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** The one way to the database: opens transactions for a principal. */
export type InTransaction = <T>(principal: Principal, work: (tx: Tx) => Promise<T>) => Promise<T>;

/** A work unit that answers with a refusal is rolled back: nothing of it stays. */
class RolledBack extends Error {
  constructor(readonly value: unknown) {
    super('rolled back');
  }
}

const isRefused = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'refused' in value && value.refused === true;

/* One message to PostgreSQL instead of two, for every transaction of the product; that takes literals, not parameters. */
const openingSql = (principal: Principal): string => {
  const wards = reachableWards(principal);
  const settings = {
    actor: principal.kind === 'system' ? principal.name : principal.id,
    organisation: principal.organisationId,
    wards: wards === null ? '*' : wards.join(','),
  };
  const sets = Object.entries(settings).map(
    ([name, value]) => `set_config('countersign.${name}', ${escapeLiteral(value)}, true)`,
  );
  return `begin; select ${sets.join(', ')}`;
};

/**
 * Runs work in a transaction of the runner; rolls back and throws on what the work throws. TypeORM's own way would send
 * three messages more; it is told that a transaction is open, because it locks rows only then.
 */
const transact = async <T>(
  runner: QueryRunner,
  { opening, deadlineMs }: { opening: string; deadlineMs?: number | undefined },
  work: () => Promise<T>,
): Promise<T> => {
  const told = runner as { isTransactionActive: boolean };
  // Outside: where no connection was to be had there is nothing to roll back, and a second wait would help nobody.
  const client = (await runner.connect()) as PoolClient & Pick<Client, 'end'>;
  // Each statement has its own limit, but behind a slow network thirty of them add up to a minute.
  const deadline = deadlineMs === undefined ? undefined : setTimeout(() => void client.end(), deadlineMs);
  // A connection that breaks between two statements takes the runner with it, and the next one would only say that.
  let broken: Error | undefined;
  const onBreak = (error: Error): void => void (broken = error);
  client.once('error', onBreak);
  try {
    // Written to the connection here and now, so before any statement of the work, which need not wait for the answer.
    const opened = client.query(opening);
    opened.catch(() => undefined);
    told.isTransactionActive = true;
    const value = await work();
    await opened;
    await runner.query('commit');
    return value;
  } catch (thrown) {
    // Where even this fails the connection is gone, and the transaction with it.
    await runner.query('rollback').catch(() => undefined);
    throw broken ?? thrown;
  } finally {
    clearTimeout(deadline);
    client.off('error', onBreak);
    told.isTransactionActive = false;
    await runner.release();
  }
};

/**
 * Makes the transaction runner of a data source. The principal is set with SET LOCAL, so no pooled connection keeps it.
 * A transaction that is not over after `deadlineMs` loses its connection, and with it whatever it had done: for callers
 * who wait. Without it there is none.
 */
export const createInTransaction =
  (source: DataSource, cipher: FieldCipher, { deadlineMs }: { deadlineMs?: number } = {}): InTransaction =>
  async (principal, work) => {
    const runner = source.createQueryRunner();
    const { manager } = runner;
    const query = <Row>(sql: string, parameters: readonly unknown[] = []) =>
      runner.query(sql, parameters as unknown[]) as Promise<Row[]>;
    try {
      return await transact(runner, { opening: openingSql(principal), deadlineMs }, async () => {
        const value = await work({ manager, principal, cipher, query });
        if (isRefused(value)) throw new RolledBack(value);
        return value;
      });
    } catch (thrown) {
      // oxlint-disable-next-line typescript/no-unsafe-return -- the value is what `work` returned
      if (thrown instanceof RolledBack) return thrown.value as never;
      throw thrown;
    }
  };

/**
 * Runs work that must see the wards of the whole organisation, in a transaction of somebody who does not: what is known of
 * a patient holds on every ward, and what a person signed is theirs wherever they work now. Reaches no further than the organisation. The caller has checked what the person may do.
 */
export const acrossWards = async <T>(tx: Tx, work: () => Promise<T>): Promise<T> => {
  const wards = reachableWards(tx.principal);
  if (wards === null) return work();
  const reach = (to: string) => tx.query(`select set_config('countersign.wards', $1, true)`, [to]);
  await reach('*');
  // Not given back when the work throws: nothing of this transaction will stay, and nothing more can be asked in it.
  const value = await work();
  await reach(wards.join(','));
  return value;
};

const installation: Principal = { kind: 'system', name: 'installation', organisationId: noOrganisation };

/** One read for the installation, on nobody's behalf: the feed's numbers, how long the outbox waits, whose a case is. */
export const readForInstallation = <Row>(
  source: DataSource,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> => {
  const runner = source.createQueryRunner();
  return transact(
    runner,
    { opening: openingSql(installation) },
    () => runner.query(sql, [...parameters]) as Promise<Row[]>,
  );
};
