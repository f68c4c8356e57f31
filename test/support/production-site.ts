import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, spawnChild, stopChild } from '#libs/embedded/children';
import { listens } from '#libs/embedded/listener';
import { startRehearsalServer } from '#libs/llm/rehearsal/server';
import { rehearseAcuity } from '#libs/processes/triage/triage.rehearsal';
import { connectTemporal } from '#libs/temporal/temporal-link';
import { startTestTemporal, type TestTemporal } from './embedded';
import { eventually } from './installation-wait';
import { sqlAs } from './test-api';
import { testAuthority } from './test-certificates';

/** The servers that a hospital brings: a PostgreSQL without anything of ours, Temporal with mutual TLS, a model. */
export interface ProductionSite {
  readonly temporal: TestTemporal;
  /** As the administrator of PostgreSQL. */
  readonly adminUrl: string;
  /** host:port of Temporal's frontend, by the name in its certificate. */
  readonly address: string;
  /** host:port of the database. */
  readonly database: string;
  readonly model: { readonly baseUrl: string; readonly name: string };
  /** Writes what Temporal's administrator hands out: `temporal-ca.pem`, `temporal-client.pem` and `.key`. */
  handOut(folder: string): void;
  stop(): Promise<void>;
}

/** Starts the hospital's servers; the files of Temporal's administrator lie in its state folder too. */
export const startProductionSite = async (): Promise<ProductionSite> => {
  const temporal = await startTestTemporal('countersign');
  for (const what of ['database countersign', 'role countersign_owner', 'role countersign_app'])
    await sqlAs(temporal.adminUrl, `drop ${what}`);
  const server = await withMutualTls(temporal);
  const model = await startHospitalModel();
  return {
    temporal,
    adminUrl: temporal.adminUrl,
    address: temporal.address.replace('127.0.0.1', 'localhost'),
    database: new URL(temporal.adminUrl).host,
    model,
    handOut: (folder) => {
      for (const name of ['temporal-ca.pem', 'temporal-client.pem', 'temporal-client.key'])
        writeFileSync(join(folder, name), readFileSync(join(temporal.state.dir, name)), { mode: 0o600 });
    },
    stop: async () => {
      await model.close();
      await stopChild(server);
      await temporal.stop();
    },
  };
};

/* The pinned server on its own databases again, now with a frontend that hears only callers with a certificate. */
const withMutualTls = async ({ temporal, state, binaries, address, namespace }: TestTemporal): Promise<Child> => {
  await temporal.part.stop();
  const { ca, server, client } = await testAuthority();
  const file = (name: string, content: string | Buffer): string => {
    const path = join(state.dir, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const caFile = file('temporal-ca.pem', ca);
  const [certFile, keyFile] = [file('temporal-client.pem', client.cert), file('temporal-client.key', client.key)];
  const frontend = {
    server: {
      certFile: file('temporal-server.pem', server.cert),
      keyFile: file('temporal-server.key', server.key),
      requireClientAuth: true,
      clientCaFiles: [caFile],
    },
    client: { serverName: 'localhost', rootCaFiles: [caFile] },
  };
  const systemWorker = { certFile, keyFile, client: frontend.client };
  const config = JSON.parse(readFileSync(join(state.dir, 'temporal', 'server.yaml'), 'utf8')) as { global: object };
  const secured = { ...config, global: { ...config.global, tls: { frontend, systemWorker } } };
  const child = await spawnChild({
    name: 'temporal-tls',
    command: binaries.server,
    args: ['--config-file', file('server-tls.yaml', JSON.stringify(secured)), '--allow-no-auth', 'start'],
    env: { PATH: '/usr/bin:/bin', TZ: 'UTC' },
    logFile: state.logFile('temporal-tls'),
  });
  await listens(child, Number(address.split(':')[1]), AbortSignal.timeout(60_000));
  const tls = { caFile, certFile, keyFile, serverName: undefined };
  const link = connectTemporal({ address, namespace, tls }, 'test');
  await eventually('Temporal with TLS', async () => (await link.state(2000)) === 'ready', 60_000);
  await link.close();
  return child;
};

const name = 'deepseek-v4-pro';

/* An endpoint that calls itself DeepSeek: production refuses the rehearsal model by its name. */
const startHospitalModel = async (): Promise<{ baseUrl: string; name: string; close(): Promise<void> }> => {
  const writer = await startRehearsalServer({ drafters: { triage_acuity: rehearseAcuity } });
  const renamed = (text: string, from: string, to: string): string => text.replaceAll(`"${from}"`, `"${to}"`);
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const answer = await fetch(`${writer.baseUrl}${(request.url ?? '').replace(/^\/v1/, '')}`, {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json' },
      ...(parts.length > 0 && { body: renamed(Buffer.concat(parts).toString(), name, writer.model) }),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    response.end(renamed(await answer.text(), writer.model, name));
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    name,
    close: async () => {
      server.close();
      await writer.close();
    },
  };
};
