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
import { Handovers1764000000008 } from './migrations/0008-handovers';
import { Arrivals1764000000009 } from './migrations/0009-arrivals';
import { Haste1764000000010 } from './migrations/0010-haste';
import { Preferences1764000000011 } from './migrations/0011-preferences';
import { Kiosks1764000000012 } from './migrations/0012-kiosks';
import { WorkerHeartbeats1764000000014 } from './migrations/0014-worker-heartbeats';
import { TemporaryPasswords1764000000015 } from './migrations/0015-temporary-passwords';

/** Every migration, oldest first. */
export const migrations = [
  Foundation1764000000001,
  Ledger1764000000002,
  Triage1764000000003,
  RowSecurity1764000000004,
  Feeds1764000000005,
  Retention1764000000006,
  RulePacks1764000000007,
  Handovers1764000000008,
  Arrivals1764000000009,
  Haste1764000000010,
  Preferences1764000000011,
  Kiosks1764000000012,
  WorkerHeartbeats1764000000014,
  TemporaryPasswords1764000000015,
];

/** How to reach PostgreSQL. */
export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize?: number;
  readonly applicationName?: string;
  /** No statement is given up: a migration takes as long as the ledger is large, and waits for another one. */
  readonly unhurried?: boolean;
}

/**
 * A data source on the ledger; not yet connected. Waits 1 s at most for a connection and 10 s for a statement; a server
 * that does not even say so is given up a second later, with the connection.
 */
export const createDataSource = ({
  url,
  poolSize = 10,
  applicationName = 'countersign',
  unhurried = false,
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
      ...(!unhurried && { statement_timeout: 10_000, query_timeout: 11_000 }),
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
