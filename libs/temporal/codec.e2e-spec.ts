import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, type NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { startTestTemporal, type TestTemporal } from '../../test/support/embedded';
import { createRing, type KeyRing, unwrapRing } from '#libs/crypto/key-ring';
import { createDataConverter, failureConverterPath } from './data-converter';
import { createPayloadCodec, type Rejection } from './payload-codec';
import { connectTemporal, temporalClient, type TemporalLink } from './temporal-link';
import { connectWorker, measuredWorkerOptions, replayOptions } from './worker-options';
import { createWorkflowDoor, type WorkflowDoor } from './workflow-door';

const canary = 'CANARY-王小明-110101199003070011';
const taskQueue = 'codec';
const newRing = (): KeyRing => {
  const kek = randomBytes(32);
  return unwrapRing(kek, createRing(kek, new Date()));
};
const ring = newRing();
const logged: string[] = [];
Runtime.install({ logger: new DefaultLogger('WARN', ({ level, message }) => void logged.push(`${level} ${message}`)) });

const activities = {
  echo: async (value: unknown): Promise<unknown> => {
    Context.current().heartbeat(value);
    return Promise.resolve(value);
  },
  fail: async (text: string): Promise<never> => {
    await sleep(1);
    throw Object.assign(new Error(text), { name: text, cause: new Error(text) });
  },
};

describe('payloads on a real Temporal server', () => {
  let started: TestTemporal;
  let link: TemporalLink;
  let native: NativeConnection;
  let worker: Worker;
  let running: Promise<void>;
  let client: Client;
  let stranger: Client;
  let door: WorkflowDoor;
  const alarms: Rejection[] = [];

  const strangeDoor = (codecRing: KeyRing): WorkflowDoor =>
    createWorkflowDoor({
      link,
      codec: createPayloadCodec({
        ring: codecRing,
        namespace: started.namespace,
        side: 'client',
        onRejected: () => undefined,
      }),
    });
  const start = async (workflowType: string, workflowId: string, ...args: unknown[]) => {
    expect(await door.start({ workflowId, workflowType, taskQueue, args, requestId: `start ${workflowId}` })).toEqual({
      ok: true,
    });
    return client.workflow.getHandle(workflowId);
  };
  const say = async (workflowId: string, value: unknown, requestId: string) =>
    door.signal({ workflowId, signalName: 'said', args: [value], requestId });
  const heard = async (workflowId: string): Promise<unknown[]> =>
    (await client.workflow.getHandle(workflowId).query<unknown[], [unknown]>('heard', 'asked')).slice(0, -1);
  const history = async (workflowId: string) => {
    const { workflowExecutionInfo } = await link.connection.workflowService.describeWorkflowExecution({
      namespace: started.namespace,
      execution: { workflowId },
    });
    const answer = await link.connection.workflowService.getWorkflowExecutionHistory({
      namespace: started.namespace,
      execution: workflowExecutionInfo!.execution!,
    });
    return answer.history!;
  };
  const failedTasks = async (workflowId: string) =>
    (await history(workflowId)).events!.flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
      failed ? [failed] : [],
    );
  const forged = (workflowId: string, payload: Payload) =>
    link.connection.workflowService.signalWorkflowExecution({
      namespace: started.namespace,
      workflowExecution: { workflowId },
      signalName: 'said',
      input: { payloads: [payload] },
    });

  beforeAll(async () => {
    started = await startTestTemporal();
    const { address, namespace } = started;
    link = connectTemporal({ address, namespace }, 'test');
    native = await connectWorker({ address, namespace });
    const onRejected = (rejection: Rejection) => void alarms.push(rejection);
    const clientSide = createDataConverter({ ring, namespace, side: 'client', onRejected });
    client = temporalClient(link, clientSide);
    stranger = new Client({ connection: link.connection, namespace });
    door = createWorkflowDoor({ link, codec: clientSide.payloadCodecs![0]! });
    const workflowsPath = join(__dirname, 'codec-probe.workflow.ts');
    worker = await Worker.create({
      ...measuredWorkerOptions,
      connection: native,
      namespace,
      taskQueue,
      activities,
      workflowBundle: await bundleWorkflowCode({
        workflowsPath,
        failureConverterPath,
        logger: new DefaultLogger('WARN'),
      }),
      dataConverter: createDataConverter({ ring, namespace, side: 'worker', onRejected }),
    });
    running = worker.run();
  }, 400_000);
  afterAll(async () => {
    worker?.shutdown();
    await running;
    await native?.close();
    await link?.close();
    await started?.stop();
  }, 60_000);
  beforeEach(() => {
    alarms.splice(0);
  });

  it('travel every way and come back, and nothing readable stays in a history', async () => {
    const listener = await start('listener', 'listener:1', canary);
    const traveller = await start('traveller', 'traveller:1', canary, 'listener:1');
    expect(await traveller.result()).toEqual([canary, canary, canary, 'ApplicationFailure: INTERNAL']);
    expect(await listener.executeUpdate('told', { args: [canary] })).toBe(canary);
    expect(await heard('listener:1')).toEqual([canary, canary]);
    expect(await say('listener:1', 'finish', 'finish')).toEqual({ ok: true });
    expect(await listener.result()).toEqual([canary, canary, 'finish']);
    expect((await traveller.describe()).memo).toEqual({ note: canary });
    for (const workflowId of ['listener:1', 'traveller:1', 'traveller:1:child']) {
      const bytes = Buffer.from(temporal.api.history.v1.History.encode(await history(workflowId)).finish());
      expect(bytes.length).toBeGreaterThan(500);
      for (const form of [canary, 'CANARY', '王小明', Buffer.from(canary).toString('base64').slice(0, 12)]) {
        expect(bytes.includes(form)).toBe(false);
      }
      expect(bytes.includes(__dirname)).toBe(false);
    }
    expect(alarms).toEqual([]);
  });

  it('of a recorded history replay under their namespace and key, and not under another', async () => {
    const workflowsPath = join(__dirname, 'codec-probe.workflow.ts');
    const replay = async (codecRing: KeyRing, namespace: string) => {
      alarms.splice(0);
      const onRejected = (rejection: Rejection) => void alarms.push(rejection);
      const options = replayOptions({ workflowsPath }, { ring: codecRing, namespace, onRejected });
      const replayed = await Worker.runReplayHistory(options, await history('listener:1'), 'listener:1').then(
        () => 'replayed',
        () => 'diverged',
      );
      return alarms.length === 0 ? replayed : 'refused input';
    };
    expect(await replay(ring, started.namespace)).toBe('replayed');
    expect(await replay(newRing(), started.namespace)).toBe('refused input');
    expect(await replay(ring, 'default')).toBe('refused input');
  });

  it('that are forged reach the workflow as a marker, raise the alarm and fail no task', async () => {
    const handle = await start('listener', 'listener:2', 'hello');
    await start('listener', 'listener:3', 'hello');
    await stranger.workflow.getHandle('listener:2').signal('said', canary);
    await strangeDoor(newRing()).signal({
      workflowId: 'listener:2',
      signalName: 'said',
      args: [canary],
      requestId: 'a',
    });
    const ours = (await history('listener:3')).events![0]!.workflowExecutionStartedEventAttributes!.input!
      .payloads![0]!;
    await forged('listener:2', ours);
    await forged('listener:2', {});
    expect(await heard('listener:2')).toEqual(['hello', 'rejected', 'rejected', 'rejected', 'rejected']);
    expect(
      await stranger.workflow
        .getHandle('listener:2')
        .query('heard', canary)
        .catch(() => 'unreadable'),
    ).toBeDefined();
    await expect(stranger.workflow.getHandle('listener:2').executeUpdate('told', { args: [canary] })).rejects.toThrow();
    expect(await failedTasks('listener:2')).toEqual([]);
    expect(alarms.map(({ reason }) => reason)).toEqual([
      'unencrypted',
      'unknown-key',
      'foreign-workflow',
      'unencrypted',
      'unencrypted',
      'unencrypted',
    ]);
    expect(alarms.every(({ workflowId }) => workflowId === 'listener:2')).toBe(true);
    expect(JSON.stringify(alarms)).not.toContain('CANARY');
    await say('listener:2', 'finish', 'finish 2');
    expect(await handle.result()).toEqual(['hello', 'rejected', 'rejected', 'rejected', 'rejected', 'finish']);
  });

  it('of a start that is not ours are the marker too', async () => {
    await stranger.workflow.start('listener', { taskQueue, workflowId: 'listener:4', args: [canary] });
    expect(await heard('listener:4')).toEqual(['rejected']);
    expect(await failedTasks('listener:4')).toEqual([]);
  });

  it.each([
    ['well-formed', '{"driverName":"x","claimData":{"key":"y"}}'],
    ['malformed', '{"driverName":"x"'],
    ['of our own driver’s name', '{"driverName":"nowhere"}'],
  ])('that point to outside storage are refused the same way: %s', async (kind, reference) => {
    const workflowId = `listener:${kind}`;
    await start('listener', workflowId, 'hello');
    const messageType = Buffer.from('temporal.api.sdk.v1.ExternalStorageReference');
    const metadata = { encoding: Buffer.from('json/protobuf'), messageType };
    await forged(workflowId, { metadata, data: Buffer.from(reference) });
    expect(await heard(workflowId)).toEqual(['hello', 'rejected']);
    expect(await failedTasks(workflowId)).toEqual([]);
    expect(alarms).toEqual([{ reason: 'unencrypted', contextType: 'workflow', workflowId }]);
  });

  it('of a workflow task that fails say nothing, and the worker lives', async () => {
    await start('stumbler', 'stumbler:1', canary);
    for (let tries = 0; tries < 100 && (await failedTasks('stumbler:1')).length === 0; tries++) await sleep(50);
    const [failed] = await failedTasks('stumbler:1');
    expect(failed?.failure?.applicationFailureInfo?.type).toBe('INTERNAL');
    expect(failed?.failure?.stackTrace ?? '').toBe('');
    expect(JSON.stringify(failed)).not.toContain('CANARY');
    await start('listener', 'listener:7', 'hello');
    expect(await heard('listener:7')).toEqual(['hello']);
  });

  it('that nobody can read when a task fails outside the workflow do not end the worker', async () => {
    await start('unknown', 'unknown:1', canary);
    for (let tries = 0; tries < 100 && (await failedTasks('unknown:1')).length === 0; tries++) await sleep(50);
    const [failed] = await failedTasks('unknown:1');
    expect(failed?.failure).toMatchObject({ message: 'INTERNAL', applicationFailureInfo: { type: 'INTERNAL' } });
    await start('listener', 'listener:8', 'hello');
    expect(await heard('listener:8')).toEqual(['hello']);
  });
});
