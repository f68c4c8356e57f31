import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { Client } from 'pg';
import { startTestTemporal, type TestTemporal } from '../../test/support/embedded';
import { temporalDatabases } from './temporal-config';
import { startTemporal } from './temporal-server';

const connects = async (connectionString: string): Promise<boolean> => {
  const client = new Client({ connectionString });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

describe('the embedded Temporal server', () => {
  let started: TestTemporal;
  beforeAll(async () => (started = await startTestTemporal()), 400_000);
  afterAll(() => started?.stop(), 30_000);

  const withClient = async <T>(work: (client: TemporalClient) => Promise<T>): Promise<T> => {
    const connection = await Connection.connect({ address: started.address });
    try {
      return await work(new TemporalClient({ connection, namespace: started.namespace }));
    } finally {
      await connection.close();
    }
  };
  const start = (workflowId: string) =>
    withClient(async (client) => {
      await client.workflow.start('nothing', { taskQueue: 'nobody', workflowId });
    });
  const statusOf = (workflowId: string) =>
    withClient(async (client) => (await client.workflow.getHandle(workflowId).describe()).status.name);

  it('starts a workflow in the namespace it has just made', async () => {
    await start('first');
    expect(await statusOf('first')).toBe('RUNNING');
  });

  it('keeps closed workflows for three days', async () => {
    const retention = await withClient(async (client) => {
      const { config } = await client.workflowService.describeNamespace({ namespace: started.namespace });
      return Number(config?.workflowExecutionRetentionTtl?.seconds);
    });
    expect(retention).toBe(3 * 86_400);
  });

  it('runs under a role that cannot open the ledger, nor the ledger’s roles its history', async () => {
    const { postgres, state, url } = started;
    const temporal = (database: string) => postgres.url('temporal', state.secrets.temporal, database);
    expect(await connects(temporal(temporalDatabases.default))).toBe(true);
    expect(await connects(temporal('countersign'))).toBe(false);
    for (const database of Object.values(temporalDatabases))
      expect(await connects(url.replace(/\w+$/, database))).toBe(false);
  });

  it('keeps the password of its role to its own file', () => {
    const file = join(started.state.dir, 'temporal', 'server.yaml');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(started.state.secrets.temporal);
    const command = readFileSync(`/proc/${started.temporal.part.pid()}/cmdline`, 'utf8');
    expect(command).not.toContain(started.state.secrets.temporal);
  });

  it('has forgotten nothing after kill -9 of itself and of PostgreSQL', async () => {
    await start('survivor');
    started.temporal.part.kill('SIGKILL');
    started.postgres.part.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([started.postgres.part.ready(), started.temporal.part.ready()]);
    expect(await statusOf('survivor')).toBe('RUNNING');
  });

  it('is back at the same address within seconds when it is started again, with its schema left alone', async () => {
    const { temporal, postgres, state } = started;
    const schemaFile = join(state.dir, 'temporal', 'schema.json');
    const before = [temporal.address, statSync(schemaFile).mtimeMs];
    await temporal.part.stop();
    const startedAt = performance.now();
    const again = await startTemporal({
      binaries: { server: started.binaries.server, schemaTool: '/nonexistent' },
      postgres,
      role: { name: 'temporal', password: state.secrets.temporal },
      ports: state.ports,
      namespace: started.namespace,
      folder: join(state.dir, 'temporal'),
      logFile: state.logFile('temporal'),
    });
    const took = performance.now() - startedAt;
    expect([again.address, statSync(schemaFile).mtimeMs]).toEqual(before);
    expect(await statusOf('survivor')).toBe('RUNNING');
    await again.part.stop();
    expect(took).toBeLessThan(8000);
  });
});
