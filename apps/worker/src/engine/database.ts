import { type DataSource } from 'typeorm';
import { connectionFaults, missingMigrations } from '#libs/db/boot-checks';
import { type KeyRing } from '#libs/crypto/key-ring';
import { connectDataSource } from '#libs/db/data-source';
import { createFieldCipher } from '#libs/db/field-cipher';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { createInTransaction, type InTransaction } from '#libs/db/transaction';
import { CountersignError } from '#libs/errors/errors';
import { faultOf } from '../fault';
import { type Log } from '../log';
import { type WorkerConfig } from '../worker-config';
import { untilDone } from './until';

/** The connected, migrated ledger and its keys. */
export interface Database {
  readonly source: DataSource;
  readonly ring: KeyRing;
  readonly inTransaction: InTransaction;
}

/** Beside the activities' connections: four for the relay, one each for publisher and reconciler. */
const ownConnections = 6;

const connect = async ({ databaseUrl, poolSize }: WorkerConfig): Promise<DataSource> => {
  const source = await connectDataSource({
    url: databaseUrl,
    poolSize: poolSize + ownConnections,
    applicationName: 'countersign-worker',
  });
  try {
    const missing = await missingMigrations(source);
    if (missing.length > 0) throw new CountersignError('DATABASE_UNAVAILABLE', { missingMigrations: missing.length });
    return source;
  } catch (thrown) {
    await source.destroy();
    throw thrown;
  }
};

/**
 * Waits for PostgreSQL and for its newest schema, then opens the key ring. Throws what waiting cannot mend:
 * DATABASE_UNSAFE for a connection unfit to serve, KEY_UNAVAILABLE for a wrong key.
 */
export const openDatabase = async (
  config: WorkerConfig,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<Database> => {
  const onFailure = (thrown: unknown): void => log.warn(faultOf(thrown), 'waiting for the database');
  const source = await untilDone(() => connect(config), { signal, onFailure });
  try {
    const faults = await connectionFaults(source);
    if (faults.length > 0) throw new CountersignError('DATABASE_UNSAFE', { faults });
    const ring = await loadKeyRing(source, config.kek, { create: config.profile === 'demo' });
    return { source, ring, inTransaction: createInTransaction(source, createFieldCipher(ring)) };
  } catch (thrown) {
    await source.destroy();
    throw thrown;
  }
};
