import { setTimeout as sleep } from 'node:timers/promises';
import { type Client } from '@temporalio/client';
import { DefaultLogger, type NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { type KeyRing, unwrapRing, createRing } from '#libs/crypto/key-ring';
import { createDataConverter } from '#libs/temporal/data-converter';
import { connectTemporal, temporalClient, type TemporalLink } from '#libs/temporal/temporal-link';
import { connectWorker } from '#libs/temporal/worker-options';
import { createPayloadCodec } from '#libs/temporal/payload-codec';
import { createWorkflowDoor, type WorkflowDoor } from '#libs/temporal/workflow-door';
import { bundleWorkflows } from './bundle-workflows';
import { startTestTemporal, type TestTemporal } from './embedded';
import { type FakeLedger } from './fake-triage-ledger';

/** The key every recorded history is encrypted with: a test key, so that histories replay anywhere. */
export const replayKek = Buffer.alloc(32, 7);
export const replayNamespace = 'replay';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});

/** A real Temporal server with the product's codec and a worker over a fake ledger. */
export interface WorkflowHarness {
  readonly client: Client;
  readonly door: WorkflowDoor;
  readonly link: TemporalLink;
  readonly ring: KeyRing;
  /** Runs a worker on the given activities while the work goes on. */
  run<T>(ledger: Pick<FakeLedger, 'activities' | 'model'>, work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Starts the harness; about two seconds. */
export const startWorkflowHarness = async (ring = unwrapRing(replayKek, createRing(replayKek, new Date()))) => {
  const server: TestTemporal = await startTestTemporal(replayNamespace);
  const link = connectTemporal({ address: server.address, namespace: replayNamespace }, 'test');
  const native: NativeConnection = await connectWorker({ address: server.address, namespace: replayNamespace });
  const bundle = await bundleWorkflows();
  const codec = { ring, namespace: replayNamespace, onRejected: () => undefined };
  const converter = createDataConverter({ ...codec, side: 'worker' });
  const client = temporalClient(link, createDataConverter({ ...codec, side: 'client' }));
  const door = createWorkflowDoor({ link, codec: createPayloadCodec({ ...codec, side: 'client' }) });
  const run: WorkflowHarness['run'] = async (ledger, work) => {
    const base = { connection: native, namespace: replayNamespace, dataConverter: converter };
    const { activities } = ledger;
    const flows = await Worker.create({
      ...base,
      taskQueue: 'countersign',
      workflowBundle: bundle,
      activities,
      stickyQueueScheduleToStartTimeout: '2s',
    });
    const model = await Worker.create({ ...base, taskQueue: 'countersign-model', activities: ledger.model });
    return flows.runUntil(model.runUntil(work()));
  };
  const stop = async () => {
    await native.close();
    await link.close();
    await server.stop();
  };
  return { client, door, link, ring, run, stop } satisfies WorkflowHarness;
};

/** Waits until something holds; fails with the last value after the time. */
export const until = async (holds: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> => {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`did not hold within ${ms} ms: ${holds.toString()}`);
    await sleep(20);
  }
};
