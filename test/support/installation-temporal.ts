import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { type PayloadCodec } from '@temporalio/common';
import { readKekFile } from '#libs/crypto/kek-file';
import { type KeyRing } from '#libs/crypto/key-ring';
import { connectDataSource } from '#libs/db/data-source';
import { readJson, writePrivateJson } from '#libs/embedded/state-files';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { createPayloadCodec } from '#libs/temporal/payload-codec';
import { connectTemporal, type TemporalLink } from '#libs/temporal/temporal-link';
import { createWorkflowDoor, type Delivery } from '#libs/temporal/workflow-door';
import { type TestInstallation } from './installation';

/** An event of a workflow's history. */
export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

/** An installation's Temporal as somebody with access to its port, and with the installation's keys, reaches it. */
export interface TestTemporalAccess {
  readonly link: TemporalLink;
  readonly ring: KeyRing;
  /** Encodes as the product does. */
  readonly codec: PayloadCodec;
  /** A signal of the product's own form, under a request id that Temporal has not seen. */
  signal(workflowId: string, name: string, ...args: unknown[]): Promise<Delivery>;
  /** The whole history of the latest run, or of the one named. */
  history(workflowId: string, runId?: string): Promise<HistoryEvent[]>;
  pending(workflowId: string): Promise<PendingActivity[]>;
  runId(workflowId: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens the way to an installation's Temporal, past every proxy. */
export const openTemporal = async (site: TestInstallation): Promise<TestTemporalAccess> => {
  const ring = await ringOf(site);
  const namespace = site.installation.env['TEMPORAL_NAMESPACE'] ?? 'countersign';
  const link = connectTemporal({ address: `127.0.0.1:${site.portOf('temporal-frontend')}`, namespace }, 'test');
  const { workflowService } = link.connection;
  const codec = createPayloadCodec({ ring, namespace, side: 'client', onRejected: () => undefined });
  const door = createWorkflowDoor({ link, codec });
  const describe = (workflowId: string) =>
    workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
  return {
    link,
    ring,
    codec,
    signal: (workflowId, signalName, ...args) => door.signal({ workflowId, signalName, args, requestId: randomUUID() }),
    history: (workflowId, runId) => historyOf(link, { workflowId, ...(runId !== undefined && { runId }) }),
    pending: async (workflowId) => (await describe(workflowId)).pendingActivities ?? [],
    runId: async (workflowId) => (await describe(workflowId)).workflowExecutionInfo?.execution?.runId ?? '',
    close: () => link.close(),
  };
};

/** The installation's key ring, opened with its key file. */
export const ringOf = async ({ installation: { env } }: TestInstallation): Promise<KeyRing> => {
  const read = await readKekFile(env['COUNTERSIGN_KEK_FILE']!, { strict: false });
  if (!read.ok) throw new Error(`key file: ${read.reason}`);
  const source = await connectDataSource({
    url: env['DATABASE_MIGRATION_URL']!,
    poolSize: 1,
    applicationName: 'chaos-keys',
  });
  try {
    return await loadKeyRing(source, read.kek, { create: false });
  } finally {
    await source.destroy();
  }
};

const historyOf = async (
  { connection, namespace }: TemporalLink,
  execution: { workflowId: string; runId?: string },
): Promise<HistoryEvent[]> => {
  const events: HistoryEvent[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await connection.workflowService.getWorkflowExecutionHistory({ namespace, execution, nextPageToken });
    events.push(...(page.history?.events ?? []));
    ({ nextPageToken } = page);
  } while (nextPageToken.length > 0);
  return events;
};

/** How often each activity task was tried, as far as it is over. */
export const attempts = (events: readonly HistoryEvent[]): number[] =>
  events.flatMap(({ activityTaskStartedEventAttributes: started }) => (started ? [started.attempt ?? 1] : []));

/**
 * Restarts Temporal with other dynamic settings. The start writes the file and then starts the server, in this process:
 * what is put in its place at once is what the server reads.
 */
export const restartTemporalWith = async (
  { installation }: TestInstallation,
  settings: Readonly<Record<string, readonly { value: unknown }[]>>,
): Promise<void> => {
  const part = installation.part('temporal');
  const file = join(installation.stateDir, 'temporal', 'dynamic.yaml');
  await part.stop();
  rmSync(file);
  let [started, written] = [false, false];
  const starting = part.start().finally(() => (started = true));
  while (!started && !written) {
    const made = readJson<object>(file);
    if (made) writePrivateJson(file, { ...made, ...settings });
    written = made !== null;
    await new Promise(setImmediate);
  }
  await starting;
  if (!written) throw new Error('Temporal wrote no dynamic settings');
};

const startToClose = temporal.api.enums.v1.TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE;
const causes = temporal.api.enums.v1.WorkflowTaskFailedCause;
/* A new event came while the task ended, many came while it ran, or somebody reset the workflow: it is done again. */
const overtaken: readonly unknown[] = [
  causes.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
  causes.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
  causes.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
];

/** Workflow tasks that failed, by cause; those that the server itself put off in favour of new events are none. */
export const failedTasks = (events: readonly HistoryEvent[]): number[] =>
  events.flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
    failed && !overtaken.includes(failed.cause) ? [failed.cause ?? 0] : [],
  );

/**
 * Workflow tasks that a worker took and did not report in time: what they did is done again. One that waited in the queue
 * of a worker that is gone (schedule to start) had been begun by nobody, and is none.
 */
export const unreportedTasks = (events: readonly HistoryEvent[]): number =>
  events.filter(({ workflowTaskTimedOutEventAttributes: late }) => late?.timeoutType === startToClose).length;
