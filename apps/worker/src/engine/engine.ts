import { type DataConverter } from '@temporalio/common';
import { type NativeConnection } from '@temporalio/worker';
import { createDataConverter } from '#libs/temporal/data-converter';
import { type Rejection } from '#libs/temporal/payload-codec';
import { connectTemporal, type TemporalLink } from '#libs/temporal/temporal-link';
import { connectWorker } from '#libs/temporal/worker-options';
import { CountersignError } from '#libs/errors/errors';
import { type PayloadAlarm, startPayloadAlarm } from '../alarms/payload-alarm';
import { faultOf } from '../fault';
import { type Standing } from '../health/standing';
import { type Log } from '../log';
import { addLedgerGauges } from '../metrics/ledger-gauges';
import { type Metrics } from '../metrics/metrics';
import { addWorkerGauges } from '../metrics/worker-gauges';
import { type WorkerConfig } from '../worker-config';
import { createOrganisationOf, stores } from './activity-dependencies';
import { type Database, openDatabase } from './database';
import { startDesk } from './desk';
import { openModel } from './model';
import { untilDone } from './until';
import { createWorkers, runWorkers } from './workers';

/** What the engine runs with; `standing` is kept up to date for the readiness check. */
export interface EngineParts {
  readonly config: WorkerConfig;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly standing: Standing;
}

type Close = () => Promise<unknown>;

const converterOf = (
  { config, metrics }: EngineParts,
  { ring }: Database,
  of: { side: 'worker' | 'client'; alarm: PayloadAlarm },
): DataConverter => {
  const onRejected = (rejection: Rejection): void => {
    metrics.rejected(rejection);
    of.alarm.raise(rejection);
  };
  return createDataConverter({ ring, namespace: config.temporal.namespace, side: of.side, onRejected });
};

const codecOf = ({ payloadCodecs = [] }: DataConverter) => {
  const [codec] = payloadCodecs;
  if (!codec) throw new CountersignError('INTERNAL');
  return codec;
};

/** Waits until Temporal answers and knows the namespace. */
const connectNative = (
  { config, log }: EngineParts,
  link: TemporalLink,
  signal: AbortSignal,
): Promise<NativeConnection> => {
  const attempt = async (): Promise<NativeConnection> => {
    const state = await link.state();
    if (state !== 'ready') throw new CountersignError('PART_NOT_READY', { temporal: state });
    return connectWorker(config.temporal);
  };
  const onFailure = (thrown: unknown): void => log.warn(faultOf(thrown), 'waiting for Temporal');
  return untilDone(attempt, { signal, onFailure });
};

const run = async (parts: EngineParts, signal: AbortSignal, closing: Close[]): Promise<void> => {
  const { config, log, metrics, standing } = parts;
  const link = connectTemporal(config.temporal, 'worker');
  closing.push(() => link.close());
  standing.link = link;
  const database = await openDatabase(config, { log, signal });
  closing.push(() => database.source.destroy());
  standing.source = database.source;
  addLedgerGauges(metrics.registry, database.inTransaction);
  const alarm = startPayloadAlarm({ inTransaction: database.inTransaction, log });
  closing.push(alarm.stop);
  const codec = codecOf(converterOf(parts, database, { side: 'client', alarm }));
  closing.push(startDesk({ ...parts, database, link, codec }).stop);
  const model = openModel(config.model, parts);
  closing.push(() => model.close());
  const connection = await connectNative(parts, link, signal);
  closing.push(() => connection.close());
  const organisationOf = createOrganisationOf(database.source);
  const { timeScale } = config;
  const activities = { inTransaction: database.inTransaction, stores, model, timeScale, organisationOf };
  const dataConverter = converterOf(parts, database, { side: 'worker', alarm });
  const workers = await createWorkers({ config, connection, dataConverter, activities });
  addWorkerGauges(metrics.registry, workers);
  standing.workers = 'running';
  log.info({}, 'the worker is ready');
  await runWorkers(workers, signal);
};

/**
 * Runs the engine room until the signal: waits for PostgreSQL, starts relay, publisher and reconciler, waits for
 * Temporal, runs the workers. Resolves when everything has ended in order; rejects when something ended by itself.
 */
export const runEngine = async (parts: EngineParts, signal: AbortSignal): Promise<void> => {
  const closing: Close[] = [];
  try {
    await run(parts, signal, closing);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    parts.standing.workers = 'stopped';
    for (const close of closing.toReversed())
      await close().catch((thrown: unknown) => parts.log.warn(faultOf(thrown), 'could not be closed'));
  }
};
