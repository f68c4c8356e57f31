import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { full } from '../../../../test/support/counts';
import { startTestTemporal, type TestTemporal } from '../../../../test/support/embedded';
import { bundleWorkflows } from '../../../../test/support/bundle-workflows';
import { connectTemporal, type TemporalLink } from '#libs/temporal/temporal-link';
import { connectWorker } from '#libs/temporal/worker-options';
import { createWorkflowLookup, type ListedRun, type WorkflowLookup } from './workflow-lookup';

describe('looking workflows up', () => {
  let started: TestTemporal;
  let link: TemporalLink;
  let native: NativeConnection;
  let worker: Worker;
  let running: Promise<void>;
  let client: Client;
  let lookup: WorkflowLookup;

  const idsOf = async (pages: AsyncIterable<readonly ListedRun[]>): Promise<string[]> => {
    const ids: string[] = [];
    for await (const page of pages) ids.push(...page.map(({ workflowId }) => workflowId));
    return ids.toSorted((a, b) => a.localeCompare(b));
  };
  const until = async (holds: () => Promise<boolean>, withinMs: number): Promise<void> => {
    for (const end = Date.now() + withinMs; !(await holds());) {
      if (Date.now() > end) throw new Error(`did not hold: ${holds}`);
      await sleep(100);
    }
  };
  const start = (workflowType: string, workflowId: string) =>
    client.workflow.start(workflowType, { workflowId, taskQueue: 'probe', args: [] });

  beforeAll(async () => {
    started = await startTestTemporal();
    const { address, namespace } = started;
    link = connectTemporal({ address, namespace }, 'test');
    native = await connectWorker({ address, namespace });
    client = new Client({ connection: link.connection, namespace });
    lookup = createWorkflowLookup(link);
    worker = await Worker.create({
      connection: native,
      namespace,
      taskQueue: 'probe',
      workflowBundle: await bundleWorkflows(join(__dirname, '../../../../test/support/workflows/probe.workflows.ts')),
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

  it('tells running from closed from unknown, also before the index does', async () => {
    const handle = await start('waiting', 'waiting:1');
    expect(await lookup.stateOf('waiting:1')).toEqual({ state: 'running', runId: handle.firstExecutionRunId });
    expect(await lookup.stateOf('waiting:2')).toEqual({ state: 'missing', runId: null });
    await until(async () => (await idsOf(lookup.running())).includes('waiting:1'), 10_000);
    await handle.signal('finish');
    await handle.result();
    expect(await lookup.stateOf('waiting:1')).toEqual({ state: 'closed', runId: handle.firstExecutionRunId });
    await until(async () => !(await idsOf(lookup.running())).includes('waiting:1'), 10_000);
  });

  it('lists every running workflow, page after page, with when it started', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => `page:${String(at).padStart(2, '0')}`);
    await Promise.all(ids.map((id) => start('waiting', id)));
    await until(async () => (await idsOf(lookup.running())).length === ids.length, 10_000);
    expect(await idsOf(createWorkflowLookup(link, { pageSize: 5 }).running())).toEqual(ids);
    for await (const [run] of lookup.running())
      expect(Math.abs(run!.startedAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('finds no workflow in trouble where there is none', async () => {
    expect(await idsOf(lookup.troubled())).toEqual([]);
  });

  // Temporal reports after five failures in a row, which takes half a minute.
  (full ? it : it.skip)(
    'finds the workflow whose task fails again and again, and no other',
    async () => {
      await start('stumbling', 'stumbling:1');
      await until(async () => (await idsOf(lookup.troubled())).length > 0, 120_000);
      expect(await idsOf(lookup.troubled())).toEqual(['stumbling:1']);
    },
    130_000,
  );

  it('throws while Temporal is away', async () => {
    const away = createWorkflowLookup(connectTemporal({ address: '127.0.0.1:1', namespace: 'none' }, 'test'), {
      deadlineMs: 300,
    });
    await expect(away.stateOf('waiting:1')).rejects.toMatchObject({ code: expect.any(Number) as number });
    await expect(idsOf(away.running())).rejects.toMatchObject({ code: expect.any(Number) as number });
  });
});
