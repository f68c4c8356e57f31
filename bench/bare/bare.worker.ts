import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { Pool } from 'pg';
import { measuredWorkerOptions } from '#libs/temporal/worker-options';
import { createBareActivities, createBareModelActivities, type ModelRequest } from './bare.activities';

/** What the process is told by its parent, as JSON in its only argument. */
export interface BareWorkerOrder {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** What its drafting flows ask, and how many at once; null: nothing drafts. */
  readonly drafting: BareDrafting | null;
}

/** See {@link BareWorkerOrder}. */
export interface BareDrafting {
  readonly request: ModelRequest;
  readonly slots: number;
}

/** The line that says the worker polls. */
export const readyLine = 'bare worker ready';

const main = async (order: BareWorkerOrder): Promise<void> => {
  Runtime.install({
    logger: new DefaultLogger('WARN'),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
    workerHeartbeatInterval: 0,
  });
  const { drafting } = order;
  const pool = new Pool({ connectionString: order.databaseUrl, max: order.poolSize });
  const connection = await NativeConnection.connect({ address: order.address });
  const worker = await Worker.create({
    ...measuredWorkerOptions,
    connection,
    namespace: order.namespace,
    taskQueue: order.taskQueue,
    workflowsPath: require.resolve('./bare.workflow'),
    activities: { ...createBareActivities(pool), ...(drafting && createBareModelActivities(drafting.request)) },
    ...(drafting && { maxConcurrentActivityTaskExecutions: drafting.slots }),
    maxConcurrentLocalActivityExecutions: order.poolSize,
  });
  const run = worker.run();
  console.log(readyLine);
  await run;
  await connection.close();
  await pool.end();
};

// Only as a program: the parent imports the types and the line.
if (require.main === module) void main(JSON.parse(process.argv[2] ?? '{}') as BareWorkerOrder);
