import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { Client } from 'pg';
import { spawnChild } from './children';
import { type LoginRole, ensureDatabases } from './databases';
import { listens } from './listener';
import { rollLog } from './log-tail';
import type { PortBook } from './ports';
import type { Postgres } from './postgres';
import { type Say, silent, textOf } from './start-error';
import { writePrivateJson } from './state-files';
import { type Part, supervise, type SupervisedPart, type SuperviseOptions } from './supervise';
import type { TemporalBinaries } from './temporal-program';
import { temporalConfig, temporalDatabases, temporalDynamicConfig, type TemporalPorts } from './temporal-config';
import { ensureTemporalSchema } from './temporal-schema';

/** What an embedded Temporal server needs. */
export interface TemporalOptions {
  readonly binaries: TemporalBinaries;
  readonly postgres: Postgres;
  /** The role that owns Temporal's databases; the ledger's database does not let it in. */
  readonly role: LoginRole;
  readonly ports: PortBook;
  readonly namespace: string;
  /** How long closed workflows stay readable; Temporal's least is one day. */
  readonly retentionDays?: number;
  /** For its configuration (0600, it holds the password). */
  readonly folder: string;
  readonly logFile: string;
  readonly supervision?: SuperviseOptions;
  readonly say?: Say;
}

/** A running Temporal server with its namespace. */
export interface Temporal {
  readonly part: SupervisedPart;
  /** host:port of the frontend. */
  readonly address: string;
  readonly namespace: string;
}

/** Starts the Temporal server on the embedded PostgreSQL, waits until its namespace is usable, and keeps it running. */
export const startTemporal = async (options: TemporalOptions): Promise<Temporal> => {
  const { postgres, role } = options;
  await ensureDatabases(
    postgres.adminUrl(),
    Object.values(temporalDatabases).map((name) => ({ name, owner: role })),
  );
  const { schemaTool: tool } = options.binaries;
  const marker = join(options.folder, 'schema.json');
  await ensureTemporalSchema({ port: postgres.port, user: role.name, password: role.password, tool, marker });
  for (let tries = 1; ; tries++) {
    const ports = await choosePorts(options.ports);
    const address = `127.0.0.1:${ports.frontend.grpc}`;
    try {
      const part = await supervise(partOn(ports, options), { say: options.say ?? silent, ...options.supervision });
      return { part, address, namespace: options.namespace };
    } catch (thrown) {
      // Somebody took a port between our look and the server's start.
      if (tries === 3 || !/address already in use/.test(textOf(thrown))) throw thrown;
      portNames.forEach((name) => options.ports.forget(name));
    }
  }
};

const services = ['frontend', 'history', 'matching', 'worker'] as const;
const portNames = services.flatMap((service) => [`temporal-${service}`, `temporal-${service}-membership`]);

const choosePorts = async (book: PortBook): Promise<TemporalPorts> => {
  const chosen: Partial<Record<(typeof services)[number], { grpc: number; membership: number }>> = {};
  for (const service of services) {
    const grpc = await book.choose({ part: `temporal-${service}` });
    chosen[service] = { grpc, membership: await book.choose({ part: `temporal-${service}-membership` }) };
  }
  return chosen as TemporalPorts;
};

const partOn = (ports: TemporalPorts, options: TemporalOptions): Part => ({
  name: 'temporal',
  logFile: options.logFile,
  stop: { steps: [{ signal: 'SIGTERM', graceMs: 15_000 }] },
  spawn: async () => {
    await forgetMembers(options);
    rollLog(options.logFile);
    return spawnChild({
      name: 'temporal',
      command: options.binaries.server,
      args: ['--config-file', writeConfig(ports, options), '--allow-no-auth', 'start'],
      env: { PATH: '/usr/bin:/bin', TZ: 'UTC' },
      logFile: options.logFile,
    });
  },
  ready: async (child, over) => {
    // gRPC waits a second after a refused connection, whoever asks: it must not ask before somebody listens.
    await listens(child, ports.frontend.grpc, over);
    await namespaceUsable(`127.0.0.1:${ports.frontend.grpc}`, options, over);
  },
});

const writeConfig = (ports: TemporalPorts, { folder, postgres, role }: TemporalOptions): string => {
  const [file, dynamicFile] = [join(folder, 'server.yaml'), join(folder, 'dynamic.yaml')];
  const store = { address: `127.0.0.1:${postgres.port}`, user: role.name, password: role.password };
  writePrivateJson(dynamicFile, temporalDynamicConfig);
  writePrivateJson(file, temporalConfig(ports, store, dynamicFile));
  return file;
};

/* The server looks up live members of its cluster here. A killed one still counts for 20 s, and its ports may by now
   belong to the Temporal of another installation: without this the two would join into one cluster. */
const forgetMembers = async ({ postgres, role }: TemporalOptions): Promise<void> => {
  const client = new Client({ connectionString: postgres.url(role.name, role.password, temporalDatabases.default) });
  await client.connect();
  try {
    await client.query('delete from cluster_membership');
  } finally {
    await client.end();
  }
};

const namespaceUsable = async (address: string, options: TemporalOptions, over: AbortSignal): Promise<void> => {
  for (let registered = false; !over.aborted; await sleep(20)) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1000 });
      try {
        registered ||= await register(connection, options);
        // Not only described: the services that serve calls must have it in their caches.
        await connection.workflowService.listWorkflowExecutions({ namespace: options.namespace, pageSize: 1 });
        return;
      } finally {
        await connection.close();
      }
    } catch (thrown) {
      if (over.aborted) throw thrown;
    }
  }
};

const register = async (
  connection: Connection,
  { namespace, retentionDays = 3 }: TemporalOptions,
): Promise<boolean> => {
  const { workflowService } = connection;
  const seconds = retentionDays * 86_400;
  const present = await workflowService.describeNamespace({ namespace }).catch(nullIfNotFound);
  const retention = msToTs(seconds * 1000);
  if (!present) await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention });
  else if (Number(present.config?.workflowExecutionRetentionTtl?.seconds) !== seconds)
    await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: retention } });
  return true;
};

const nullIfNotFound = (thrown: { code?: number }): null => {
  const notFound = 5;
  if (thrown.code === notFound) return null;
  throw thrown;
};
