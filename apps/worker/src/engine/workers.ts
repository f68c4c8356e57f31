import { type DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { type ActivityDependencies, createLedgerActivities, createModelActivities } from '#activities';
import { CountersignError } from '#libs/errors/errors';
import { type SlotLimits } from '#libs/llm/slots';
import { identityOf } from '#libs/temporal/temporal-settings';
import { measuredWorkerOptions } from '#libs/temporal/worker-options';
import { taskQueues, type WorkerConfig } from '../worker-config';

/** What the two Temporal workers are made of. */
export interface WorkerParts {
  readonly config: WorkerConfig;
  readonly connection: NativeConnection;
  readonly dataConverter: DataConverter;
  readonly activities: ActivityDependencies;
}

/** What was cancelled at the end of the grace has so long to give up. */
const cancelMs = 15_000;

/**
 * How many drafts a worker works on: half as many again as the model writes, since before and after the model each is read
 * and stored, and a slot of the model must not stand empty meanwhile. Never more than the line for a slot holds.
 */
export const draftsAtOnce = ({ running, waiting }: SlotLimits): number =>
  running + Math.min(waiting, Math.ceil(running / 2));

/** Makes the worker of the workflows with their database-only steps, and the worker of the model calls. */
export const createWorkers = async (parts: WorkerParts): Promise<Worker[]> => {
  const { config, connection, dataConverter, activities } = parts;
  const shared = {
    ...measuredWorkerOptions,
    shutdownGraceTime: config.drainMs,
    shutdownForceTime: config.drainMs + cancelMs,
    connection,
    dataConverter,
    namespace: config.temporal.namespace,
    identity: identityOf('worker'),
  };
  const workflows = Worker.create({
    ...shared,
    taskQueue: taskQueues.workflows,
    workflowBundle: config.workflows,
    activities: createLedgerActivities(activities),
    // More at once would only wait for a connection, and be given up after a second.
    maxConcurrentLocalActivityExecutions: config.poolSize,
  });
  const model = Worker.create({
    ...shared,
    taskQueue: taskQueues.model,
    activities: createModelActivities(activities),
    maxConcurrentActivityTaskExecutions: draftsAtOnce(config.model.slots),
  });
  return Promise.all([workflows, model]);
};

/**
 * Runs workers until the signal, then lets them finish what they do. When one ends by itself the others are stopped and
 * this rejects: half an engine room would look alive and do nothing.
 */
export const runWorkers = async (workers: readonly Worker[], signal: AbortSignal): Promise<void> => {
  let asked = false;
  let died = false;
  const shutdown = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const stop = (): void => {
    asked = true;
    shutdown();
  };
  const runs = workers.map((worker) =>
    worker.run().finally(() => {
      if (asked) return;
      died = true;
      shutdown();
    }),
  );
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ends = await Promise.allSettled(runs);
  signal.removeEventListener('abort', stop);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  if (died) throw new CountersignError('PART_NOT_READY', { part: 'temporal-worker' });
};
