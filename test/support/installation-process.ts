import { join } from 'node:path';
import { type Child, spawnChild, stopChild } from '#libs/embedded/children';
import { freePort } from '#libs/embedded/free-port';
import { listens } from '#libs/embedded/listener';
import { logTail } from '#libs/embedded/log-tail';
import { repositoryRoot } from '#libs/embedded/repository';
import { answersOk } from '../../apps/cli/src/start/http-ready';
import { nodeArguments, services } from '../../apps/cli/src/start/programs';
import { type TestInstallation } from './installation';

/** One more process of the product beside those of the installation; nobody starts it again. */
export interface ExtraProcess {
  readonly url: string;
  readonly logFile: string;
  /** As a crash would, and waits for the death. */
  kill(): Promise<void>;
  /** By SIGTERM; killed when that takes a minute. */
  stop(): Promise<void>;
  /** Stops it and starts it again at the same address. */
  restart(): Promise<void>;
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
  const spec = {
    name: label,
    command: process.execPath,
    args: nodeArguments(services[name], repositoryRoot()),
    cwd: repositoryRoot(),
    env: { ...rest, ...env, [services[name].portVariable]: String(port) },
    logFile,
  };
  const url = `http://127.0.0.1:${port}`;
  const live = async (): Promise<Child> => {
    const child = await spawnChild(spec);
    await untilReady(child, { port, url: url + services[name].readyPath, logFile });
    return child;
  };
  let child = await live();
  const stop = async (): Promise<void> => void (await stopChild(child, patient));
  return {
    url,
    logFile,
    kill: async () => {
      child.signal('SIGKILL');
      await child.exited;
    },
    stop,
    restart: async () => {
      await stop();
      child = await live();
    },
  };
};

const patient = { steps: [{ signal: 'SIGTERM', graceMs: 60_000 }] } as const;

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
