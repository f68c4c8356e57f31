import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { stopChild } from '#libs/embedded/children';
import { bareSchema, insertBareDecision } from '../bare/bare.activities';
import { type BareDrafting, type BareWorkerOrder, readyLine } from '../bare/bare.worker';
import { type Announcements, announceSql, listenTo } from '#libs/db/announcements';
import { type BenchSite } from '../site/bench-site';
import { runSql } from '../site/installation';
import { startProgram } from '../site/program';
import { type DraftSide } from './draft-side';
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
const openBare = async (
  { installation, superuser, closing }: BenchSite,
  drafting: BareDrafting | null,
): Promise<Open & { readonly workerPid: number }> => {
  await runSql(superuser('postgres'), `create database ${database}`);
  const databaseUrl = superuser(database);
  await runSql(databaseUrl, bareSchema + announceSql(drafted) + announceSql(carriedOut));
  const address = installation.addresses.temporal ?? '';
  const connection = await Connection.connect({ address });
  closing(() => connection.close());
  await makeNamespace(connection);
  const place = { address, namespace: database, taskQueue: database, databaseUrl, poolSize };
  const order: BareWorkerOrder = { ...place, drafting };
  const entry = require.resolve('../bare/bare.worker');
  const { child: worker } = await startProgram({ name: 'bare worker', entry, order, readyLine });
  closing(() => stopChild(worker));
  const pool = new Pool({ connectionString: databaseUrl });
  closing(() => pool.end());
  const announced = await listenTo(databaseUrl, [drafted.channel, carriedOut.channel]);
  closing(announced.close);
  return { client: new Client({ connection, namespace: database }), pool, announced, workerPid: worker.pid };
};

/** Opens the bare side of whole flows. */
export const openBareSides = async (site: BenchSite): Promise<BareSides> => {
  const open = await openBare(site, null);
  const latencies: Side['latencies'] = async (keys) =>
    (await open.pool.query<{ ms: number }>(latencySql, [keys])).rows.map(({ ms }) => ms);
  return {
    manual: { name: 'bare', latencies, flow: (_, restMs) => flow(open, { restMs, afterDraft: false }) },
    drafted: { name: 'bare', latencies, flow: (_, restMs) => flow(open, { restMs, afterDraft: true }) },
    workerPid: open.workerPid,
  };
};

const countSql = 'select count(*)::int drafted from draft where id = any($1)';

/** Opens the bare side of flows that ask a model. This process starts them, so its work counts as theirs. */
export const openBareDrafts = async (site: BenchSite, drafting: BareDrafting): Promise<DraftSide> => {
  const { client, pool, workerPid } = await openBare(site, drafting);
  return {
    name: 'bare',
    begin: async () => {
      const id = uuidv7();
      await client.workflow.start('bareDraftFlow', { workflowId: id, taskQueue: database, args: [id] });
      return id;
    },
    drafted: async (keys) => {
      const { rows } = await pool.query<{ drafted: number }>(countSql, [keys]);
      return { drafted: rows[0]?.drafted ?? 0, failed: 0 };
    },
    end: async (id) => {
      await insertBareDecision(pool, id);
      await client.workflow.getHandle(id).signal('decided');
    },
    pids: () => ({ worker: [workerPid], driver: [process.pid] }),
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
