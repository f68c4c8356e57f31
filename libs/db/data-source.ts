import { DataSource } from 'typeorm';
import { type PoolClient, type Pool } from 'pg';
import { allEntities } from './entities/all-entities';
import { Foundation1764000000001 } from './migrations/0001-foundation';
import { Ledger1764000000002 } from './migrations/0002-ledger';
import { PreparedClient } from './prepared-client';
import { Triage1764000000003 } from './migrations/0003-triage';
import { RowSecurity1764000000004 } from './migrations/0004-row-security';
import { Feeds1764000000005 } from './migrations/0005-feeds';
import { Retention1764000000006 } from './migrations/0006-retention';
import { RulePacks1764000000007 } from './migrations/0007-rule-packs';

/** Every migration, oldest first. */
export const migrations = [
  Foundation1764000000001,
  Ledger1764000000002,
  Triage1764000000003,
  RowSecurity1764000000004,
  Feeds1764000000005,
  Retention1764000000006,
  RulePacks1764000000007,
];

/** How to reach PostgreSQL. */
export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize?: number;
  readonly applicationName?: string;
}

/** A data source on the ledger; not yet connected. Waits 1 s at most for a connection and 10 s for a statement. */
export const createDataSource = ({
  url,
  poolSize = 10,
  applicationName = 'countersign',
}: DatabaseOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    entities: allEntities,
    migrations,
    migrationsTransactionMode: 'each',
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
    poolSize,
    applicationName,
    connectTimeoutMS: 1000,
    extra: {
      Client: PreparedClient,
      // Statements that do not wait for each other's rows go out in one message.
      pipeline: true,
      statement_timeout: 10_000,
      idle_in_transaction_session_timeout: 15_000,
      // Our statements find rows by keys: the plan of one set of parameters is the plan of all, and is made once.
      options: '-c plan_cache_mode=force_generic_plan',
    },
    poolErrorHandler: () => undefined,
  });

/** Connects, and keeps an error on a checked-out client from ending the process: the query that follows reports it. */
export const connectDataSource = async (options: DatabaseOptions): Promise<DataSource> => {
  const source = await createDataSource(options).initialize();
  poolOf(source).on('connect', (client: PoolClient) => client.on('error', () => undefined));
  return source;
};

/** The pg pool beneath a data source. */
export const poolOf = (source: DataSource): Pool => (source.driver as unknown as { master: Pool }).master;
