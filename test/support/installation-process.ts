import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Child, spawnChild, stopChild } from '#libs/embedded/children';
import { listens } from '#libs/embedded/listener';
import { logTail } from '#libs/embedded/log-tail';
import { repositoryRoot } from '#libs/embedded/repository';
import { answersOk } from '../../apps/cli/src/start/http-ready';
import { nodeArguments, services } from '../../apps/cli/src/start/programs';
import { type TestInstallation } from './installation';

/** One more process of the product beside those of the installation; nobody starts it again. */
export interface ExtraProcess {
  readonly url: string;
  readonly pid: number;
  readonly logFile: string;
  /** As a crash would, and waits for the death. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts another API or worker with changes to its environment; `label` names its log. */
export const startProcess = async (
  { installation }: TestInstallation,
  name: 'api' | 'worker',
  { label, env }: { label: string; env: Readonly<Record<string, string>> },
): Promise<ExtraProcess> => {
  const port = await freePort();
  const { METRICS_PORT: _one, WORKER_HEALTH_PORT: _two, ...rest } = installation.env;
  const logFile = join(installation.stateDir, 'logs', `${label}.log`);
  const child = await spawnChild({
    name: label,
    command: process.execPath,
    args: nodeArguments(services[name], repositoryRoot()),
    cwd: repositoryRoot(),
    env: { ...rest, ...env, [services[name].portVariable]: String(port) },
    logFile,
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, { port, url: url + services[name].readyPath, logFile });
  return {
    url,
    pid: child.pid,
    logFile,
    kill: async () => {
      child.signal('SIGKILL');
      await child.exited;
    },
    stop: async () => void (await stopChild(child)),
  };
};

const untilReady = async (
  child: Child,
  { port, url, logFile }: { port: number; url: string; logFile: string },
): Promise<void> => {
  const over = new AbortController();
  const ended = child.exited.then(() => Promise.reject(new Error(`${child.name} ended${logTail(logFile)}`)));
  const ready = listens(child, port, over.signal).then(() => answersOk(url, over.signal));
  try {
    await Promise.race([ready, ended]);
  } finally {
    over.abort();
    ended.catch(() => undefined);
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
