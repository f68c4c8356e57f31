import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type Child, spawnChild, stopChild } from '#libs/embedded/children';
import { bareSchema, insertBareDecision } from '../bare/bare.activities';
import { type BareWorkerOrder, readyLine } from '../bare/bare.worker';
import { type Announcements, announceSql, listenTo } from '#libs/db/announcements';
import { type BenchSite } from '../site/bench-site';
import { runSql } from '../site/installation';
import { type Side } from './side';

const database = 'bare';
/** As many connections as a process of the product has by default. */
const poolSize = 10;
const drafted = { table: 'draft', key: 'id', channel: 'bench_drafted' };
const carriedOut = { table: 'result', key: 'id', channel: 'bench_committed' };

/** The bare side, in the same two ways as the product's. */
export interface BareSides {
  /** The decision follows the start at once. */
  readonly manual: Side;
  /** The decision follows the draft. */
  readonly drafted: Side;
  readonly workerPid: number;
}

interface Open {
  readonly client: Client;
  readonly pool: Pool;
  readonly announced: Announcements;
}

const latencySql = `
select extract(epoch from pg_xact_commit_timestamp(r.xmin) - pg_xact_commit_timestamp(d.xmin))::float8 * 1000 ms
from result r join decision d using (id) where id = any($1)`;

/**
 * Makes a database and a namespace of its own on the PostgreSQL and the Temporal server of the product, and starts the
 * worker as a process of its own, as the product's is.
 */
export const openBareSides = async ({ installation, superuser, closing }: BenchSite): Promise<BareSides> => {
  await runSql(superuser('postgres'), `create database ${database}`);
  const databaseUrl = superuser(database);
  await runSql(databaseUrl, bareSchema + announceSql(drafted) + announceSql(carriedOut));
  const address = installation.addresses.temporal ?? '';
  const connection = await Connection.connect({ address });
  closing(() => connection.close());
  await makeNamespace(connection);
  const worker = await startWorker({ address, namespace: database, taskQueue: database, databaseUrl, poolSize });
  closing(() => stopChild(worker));
  const pool = new Pool({ connectionString: databaseUrl });
  closing(() => pool.end());
  const announced = await listenTo(databaseUrl, [drafted.channel, carriedOut.channel]);
  closing(announced.close);
  const open = { client: new Client({ connection, namespace: database }), pool, announced };
  const latencies: Side['latencies'] = async (keys) =>
    (await pool.query<{ ms: number }>(latencySql, [keys])).rows.map(({ ms }) => ms);
  return {
    manual: { name: 'bare', latencies, flow: (_, restMs) => flow(open, { restMs, afterDraft: false }) },
    drafted: { name: 'bare', latencies, flow: (_, restMs) => flow(open, { restMs, afterDraft: true }) },
    workerPid: worker.pid,
  };
};

const flow = async (
  { client, pool, announced }: Open,
  { restMs, afterDraft }: { restMs: number; afterDraft: boolean },
): Promise<string> => {
  const id = uuidv7();
  await client.workflow.start('bareFlow', { workflowId: id, taskQueue: database, args: [id] });
  const draft = announced.heard(drafted.channel, id);
  if (afterDraft) await draft;
  if (restMs > 0) await sleep(restMs);
  await insertBareDecision(pool, id);
  await client.workflow.getHandle(id).signal('decided');
  await announced.heard(carriedOut.channel, id);
  await draft;
  return id;
};

const makeNamespace = async ({ workflowService }: Connection): Promise<void> => {
  const namespace = database;
  await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  for (;;) {
    try {
      await workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
      return;
    } catch {
      await sleep(100); // the server's caches learn of it within a second
    }
  }
};

const startWorker = async (order: BareWorkerOrder): Promise<Child> => {
  const child = await spawnChild({
    name: 'bare worker',
    command: process.execPath,
    args: ['--conditions=dist', require.resolve('../bare/bare.worker'), JSON.stringify(order)],
    env: { PATH: process.env['PATH'] },
  });
  const { stdout, stderr } = child.process;
  stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  await new Promise<void>((resolve, reject) => {
    stdout?.on('data', (chunk: Buffer) => chunk.includes(readyLine) && resolve());
    void child.exited.then(({ code }) => reject(new Error(`the bare worker ended with ${code}`)));
  });
  return child;
};
