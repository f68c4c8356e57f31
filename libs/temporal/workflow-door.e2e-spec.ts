import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { startTestTemporal, type TestTemporal } from '../../test/support/embedded';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { createPayloadCodec } from './payload-codec';
import { connectTemporal, type TemporalLink } from './temporal-link';
import { createWorkflowDoor, type WorkflowDoor } from './workflow-door';

const kek = randomBytes(32);
const ring = unwrapRing(kek, createRing(kek, new Date()));
const canary = 'CANARY-王小明';

const doorTo = (link: TemporalLink, deadlineMs = 5000): WorkflowDoor => {
  const { namespace } = link;
  const codec = createPayloadCodec({ ring, namespace, side: 'client', onRejected: () => undefined });
  return createWorkflowDoor({ link, codec, deadlineMs });
};
const start = (workflowId: string) => ({
  workflowId,
  workflowType: 'triage',
  taskQueue: 'nobody',
  args: [{ canary }],
  requestId: randomUUID(),
});
const signal = (workflowId: string) => ({ workflowId, signalName: 'decided', args: [canary], requestId: randomUUID() });

describe('the workflow door', () => {
  let started: TestTemporal;
  let link: TemporalLink;
  let door: WorkflowDoor;

  const events = async (workflowId: string) => {
    const { workflowService } = link.connection;
    const execution = { workflowId };
    const answer = await workflowService.getWorkflowExecutionHistory({ namespace: link.namespace, execution });
    return answer.history!.events!;
  };
  const signals = async (workflowId: string) =>
    (await events(workflowId)).flatMap(({ workflowExecutionSignaledEventAttributes: it }) => (it ? [it] : []));
  const terminate = (workflowId: string) =>
    link.connection.workflowService.terminateWorkflowExecution({
      namespace: link.namespace,
      workflowExecution: { workflowId },
    });

  beforeAll(async () => {
    started = await startTestTemporal();
    link = connectTemporal({ address: started.address, namespace: started.namespace }, 'test');
    door = doorTo(link);
  }, 400_000);
  afterAll(async () => {
    await link?.close();
    await started?.stop();
  }, 60_000);

  it('starts a workflow with encoded arguments and an identity that names no machine', async () => {
    const request = start('triage:1');
    expect(await door.start(request)).toEqual({ ok: true });
    const { input, identity } = (await events('triage:1'))[0]!.workflowExecutionStartedEventAttributes!;
    expect(identity).toBe(`countersign-test@${process.pid}`);
    expect(input!.payloads).toHaveLength(1);
    expect(Buffer.from(input!.payloads![0]!.metadata!['encoding']!).toString()).toBe('binary/encrypted');
    expect(Buffer.from(input!.payloads![0]!.data!).includes('CANARY')).toBe(false);
  });

  it('starts a workflow once, however often it is asked, also after the workflow closed', async () => {
    const request = start('triage:2');
    const answers = await Promise.all(Array.from({ length: 8 }, () => door.start(request)));
    expect(answers).toEqual(Array(8).fill({ ok: true }));
    const { runId } = (
      await link.connection.workflowService.describeWorkflowExecution({
        namespace: link.namespace,
        execution: { workflowId: 'triage:2' },
      })
    ).workflowExecutionInfo!.execution!;
    expect(await door.start(start('triage:2'))).toEqual({ ok: false, reason: 'already-started' });
    await terminate('triage:2');
    expect(await door.start(start('triage:2'))).toEqual({ ok: false, reason: 'already-started' });
    const started = (await events('triage:2'))[0]!.workflowExecutionStartedEventAttributes!;
    expect(started.originalExecutionRunId).toBe(runId);
  });

  it('signals once per request id', async () => {
    await door.start(start('triage:3'));
    const request = signal('triage:3');
    for (let i = 0; i < 3; i++) expect(await door.signal(request)).toEqual({ ok: true });
    expect(await door.signal(signal('triage:3'))).toEqual({ ok: true });
    const sent = await signals('triage:3');
    expect(sent.map(({ signalName }) => signalName)).toEqual(['decided', 'decided']);
    expect(sent.every(({ input }) => !Buffer.from(input!.payloads![0]!.data!).includes('CANARY'))).toBe(true);
  });

  it('says that a workflow is unknown or closed', async () => {
    expect(await door.signal(signal('triage:unknown'))).toEqual({ ok: false, reason: 'not-found' });
    await door.start(start('triage:4'));
    await terminate('triage:4');
    expect(await door.signal(signal('triage:4'))).toEqual({ ok: false, reason: 'not-found' });
    expect(await signals('triage:4')).toEqual([]);
  });

  it('says that a request can never succeed', async () => {
    expect(await door.start(start(`triage:${'x'.repeat(2000)}`))).toEqual({ ok: false, reason: 'invalid' });
    expect(await door.signal({ ...signal('triage:1'), signalName: '' })).toEqual({ ok: false, reason: 'invalid' });
  });

  it('tells a missing namespace from a missing workflow, so that no signal is given up for it', async () => {
    const elsewhere = connectTemporal({ address: started.address, namespace: 'not-yet' }, 'test');
    try {
      expect(await elsewhere.state()).toBe('namespace-missing');
      const door = doorTo(elsewhere);
      expect(await door.start(start('triage:5'))).toEqual({ ok: false, reason: 'namespace-missing' });
      expect(await door.signal(signal('triage:5'))).toEqual({ ok: false, reason: 'namespace-missing' });
    } finally {
      await elsewhere.close();
    }
    expect(await link.state()).toBe('ready');
  });

  it('says that Temporal is away while it is, and works again soon after it is back', async () => {
    started.temporal.part.kill('SIGKILL');
    // Both at once: on an idle machine it is back within a second.
    const away = await Promise.all([link.state(300), doorTo(link, 300).signal(signal('triage:1'))]);
    expect(away).toEqual(['unavailable', { ok: false, reason: 'unavailable' }]);
    await started.temporal.part.ready();
    const since = Date.now();
    let answer = await doorTo(link, 1000).signal(signal('triage:1'));
    while (!answer.ok && Date.now() - since < 8000) answer = await doorTo(link, 1000).signal(signal('triage:1'));
    expect(answer).toEqual({ ok: true });
    expect(Date.now() - since).toBeLessThan(8000);
  });
});

describe('the Temporal link', () => {
  let deaf: Server;
  let port: number;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    deaf = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    port = (deaf.address() as { port: number }).port;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => deaf.close(resolve));
  });

  it.each([
    ['nobody listens', '127.0.0.1:1'],
    ['somebody listens and never answers', undefined],
  ])('is made at once and answers in time when %s', async (_what, address) => {
    const since = Date.now();
    const link = connectTemporal({ address: address ?? `127.0.0.1:${port}`, namespace: 'none' }, 'api');
    expect(Date.now() - since).toBeLessThan(200);
    expect(await link.state(300)).toBe('unavailable');
    expect(await doorTo(link, 300).start(start('triage:6'))).toEqual({ ok: false, reason: 'unavailable' });
    expect(Date.now() - since).toBeLessThan(2500);
    await link.close();
  });
});
