import { NativeConnection, type ReplayWorkerOptions, type WorkerOptions } from '@temporalio/worker';
import { createDataConverter } from './data-converter';
import type { CodecOptions } from './payload-codec';
import { securityOf, type TemporalSettings } from './temporal-settings';

/**
 * The worker settings measured for this product: after `kill -9` another worker takes over within two seconds (the
 * default waits ten), a thousand waiting cases stay in memory, and a stop lets running steps finish.
 */
export const measuredWorkerOptions = {
  stickyQueueScheduleToStartTimeout: '2s',
  maxCachedWorkflows: 1000,
  shutdownGraceTime: '5s',
  shutdownForceTime: '20s',
} as const satisfies Partial<WorkerOptions>;

/** A worker's connection; unlike a client's it must be there: throws when Temporal does not answer. */
export const connectWorker = ({ address, ...rest }: TemporalSettings): Promise<NativeConnection> =>
  NativeConnection.connect({ address, ...securityOf({ address, ...rest }) });

/**
 * Options to replay encrypted histories of a namespace. A test must also fail when `onRejected` was called: refused
 * input reaches the workflow as the marker, and a replay over markers proves nothing.
 */
export const replayOptions = (
  workflows: Pick<ReplayWorkerOptions, 'workflowsPath' | 'workflowBundle'>,
  codec: Omit<CodecOptions, 'side'>,
): ReplayWorkerOptions => {
  // The SDK's type leaves the namespace out and replays in "default", where nothing of ours decrypts; it is passed on.
  const options = { ...workflows, namespace: codec.namespace };
  return { ...options, dataConverter: createDataConverter({ ...codec, side: 'worker' }) };
};
