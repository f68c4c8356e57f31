import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectTemporal, type TemporalLink } from '#libs/temporal/temporal-link';
import { startTestTemporal, type TestTemporal } from '../../test/support/embedded';
import { createWorkflowView, type WorkflowView } from './workflow-view';

jest.setTimeout(60_000);

describe('the view of the workflows', () => {
  let server: TestTemporal;
  let link: TemporalLink;
  let view: WorkflowView;
  beforeAll(async () => {
    server = await startTestTemporal('view');
    link = connectTemporal({ address: server.address, namespace: 'view' }, 'test');
    view = createWorkflowView(link);
  });
  afterAll(async () => {
    await link?.close();
    await server?.stop();
  });

  const start = async (workflowId: string): Promise<void> => {
    await link.connection.workflowService.startWorkflowExecution({
      namespace: 'view',
      workflowId,
      requestId: randomUUID(),
      workflowType: { name: 'nobodyRunsIt' },
      taskQueue: { name: 'nobody' },
    });
  };

  it('tells a running workflow from one that was ended by force, and from none', async () => {
    await start('triage:1');
    await start('triage:2');
    await link.connection.workflowService.terminateWorkflowExecution({
      namespace: 'view',
      workflowExecution: { workflowId: 'triage:2' },
    });
    expect(await view.stateOf('triage:1')).toBe('running');
    expect(await view.stateOf('triage:2')).toBe('broken');
    expect(await view.stateOf('triage:3')).toBe('missing');
  });

  it('lists what runs, and what reports problems', async () => {
    for (let tries = 0; tries < 100 && (await view.running()).length !== 1; tries++) await sleep(100);
    expect(await view.running()).toEqual(['triage:1']);
    expect(await view.troubled()).toEqual([]);
  });

  it('throws while Temporal is away, so that nothing passes unseen', async () => {
    const gone = connectTemporal({ address: '127.0.0.1:1', namespace: 'view' }, 'test');
    await expect(createWorkflowView(gone).stateOf('triage:1')).rejects.toThrow();
    await gone.close();
  });
});
