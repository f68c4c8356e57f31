import { type DataSource } from 'typeorm';
import { productVersion } from '#libs/config/product-version';
import { missingMigrations } from '#libs/db/boot-checks';
import { poolOf } from '#libs/db/data-source';
import { askForProbes, type SeenWorker, seenWorkers } from '#libs/db/stores/heartbeat.store';
import { type LedgerStanding, ledgerStanding } from '#libs/db/stores/operations.store';
import { record } from '#libs/db/stores/record.store';
import { type ApiConfig, type MllpConfig } from '../api-config';
import { degradedAfterSeconds } from '../health/readiness';
import { type Work } from '../http/answer';
import { type Operations } from './operations.schema';

/** What telling how an installation stands needs beside the ledger. */
export interface OperationsParts {
  readonly config: ApiConfig;
  readonly source: DataSource;
  /** Open MLLP connections of this process. */
  readonly connected: () => number;
}

/** How the installation stands. The API asks nobody but PostgreSQL: of the rest it tells what the workers last said. */
export const showOperations =
  ({ config, source, connected }: OperationsParts): Work<Operations> =>
  async (tx) => {
    const ledger = await ledgerStanding(tx);
    const workers = await seenWorkers(tx);
    const { unsent, oldestUnsentAt, oldestUnsentSeconds, dead, deadLetters, lastMessageAt } = ledger;
    return {
      at: new Date().toISOString(),
      version: productVersion,
      profile: config.profile,
      database: { bytes: ledger.bytes, ...(await databaseOf(source)) },
      temporal: temporalOf(workers, ledger),
      outbox: { unsent, oldestUnsentAt: iso(oldestUnsentAt), oldestUnsentSeconds, dead },
      deadLetters,
      queues: queuesOf(workers),
      workers: workers.map(workerView),
      lastBackupAt: null,
      feeds: { ports: portsOf(config.mllp), connections: connected(), lastMessageAt: iso(lastMessageAt) },
      configuration: { ...config.printable },
    };
  };

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const databaseOf = async (source: DataSource): Promise<Omit<Operations['database'], 'bytes'>> => {
  const { totalCount, idleCount, waitingCount } = poolOf(source);
  const pending = await missingMigrations(source);
  return {
    pool: { total: totalCount, idle: idleCount, waiting: waitingCount },
    migrations: { applied: source.migrations.length - pending.length, pending },
  };
};

/** Live workers stand first: the newest word of one that lives counts. */
const temporalOf = (
  [newest]: readonly SeenWorker[],
  { oldestUnsentSeconds }: LedgerStanding,
): Operations['temporal'] => {
  const workersSay = newest?.live ? newest.temporal : null;
  if (oldestUnsentSeconds > degradedAfterSeconds) return { state: 'degraded', workersSay };
  if (workersSay === null) return { state: 'unknown', workersSay };
  return { state: workersSay === 'ready' ? 'reached' : 'degraded', workersSay };
};

const queuesOf = (workers: readonly SeenWorker[]): Operations['queues'] => {
  const known = [...new Set(workers.flatMap(({ queues }) => queues))].toSorted();
  return known.map((queue) => {
    const takers = workers.filter(({ queues }) => queues.includes(queue));
    const seen = Math.max(...takers.map(({ beatAt }) => beatAt.getTime()));
    return { queue, workers: takers.filter(({ live }) => live).length, lastSeenAt: new Date(seen).toISOString() };
  });
};

const workerView = ({ startedAt, beatAt, queues, model, ...plain }: SeenWorker): Operations['workers'][number] => ({
  ...plain,
  startedAt: startedAt.toISOString(),
  lastSeenAt: beatAt.toISOString(),
  queues: [...queues],
  model: model as Operations['workers'][number]['model'],
});

const portsOf = (mllp: MllpConfig | undefined): Operations['feeds']['ports'] =>
  Object.entries(mllp?.ports ?? {}).map(([charset, port]) => ({ charset, port, tls: mllp?.tls !== undefined }));

/** Has every live worker probe its model; what they find is read with {@link showOperations} some seconds later. */
export const askProbes: Work<null> = async (tx) => {
  await askForProbes(tx);
  await record(tx, { audit: { action: 'model.probe-asked', entityType: 'model' } });
  return null;
};
