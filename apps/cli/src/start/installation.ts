import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { repositoryRoot } from '#libs/embedded/repository';
import { silent, startError } from '#libs/embedded/start-error';
import { dataFolder, emptyStateFolder, openStateFolder } from '#libs/embedded/state-folder';
import { isLockFile, type Lock, takeLock } from '#libs/embedded/state-lock';
import type { SupervisedPart } from '#libs/embedded/supervise';
import { bringUp } from './bring-up';
import { profileOf } from './environment';
import { childRecord, endLeftovers } from './leftovers';
import { timed } from './progress';
import { environmentOf, type Site } from './site';
import type { PartName, StartOptions } from './start-options';
import { without } from './start-options';

/** Everything that runs, and the handles on it. */
export interface Installation {
  readonly stateDir: string;
  /** Where the PostgreSQL data lie; null when none is embedded. */
  readonly dataFolder: string | null;
  readonly addresses: Addresses;
  /** The environment the children got: with it, a command or a test reaches the same installation. */
  readonly env: Readonly<Record<string, string>>;
  /** A part by its name; throws when it is not of this installation. */
  part(name: PartName): SupervisedPart;
  /** Every running process, by part: the leader first, then what it started. */
  pids(): Record<string, number[]>;
  restart(part: PartName): Promise<void>;
  /** As a crash would: the whole part gets the signal, and is started again after its death. */
  kill(part: PartName, signal?: NodeJS.Signals): void;
  /** Ends everything in order; the state stays. */
  stop(): Promise<void>;
}

/** How the parts are reached; null for what was left out. */
export interface Addresses {
  readonly api: string | null;
  readonly metrics: string | null;
  readonly workerHealth: string | null;
  /** host:port */
  readonly temporal: string | null;
  readonly model: string | null;
}

const lockName = 'supervisor.lock';

/**
 * Starts an installation on a state folder and keeps its parts running. Throws INSTALLATION_IN_USE, PORT_TAKEN,
 * TEMPORAL_SERVER_MISSING, STATE_UNUSABLE or PART_NOT_READY, each with a text for the person; nothing runs then.
 */
export const startInstallation = async (given: StartOptions): Promise<Installation> => {
  const options = { ...given, stateDir: resolve(given.stateDir) };
  const lock = lockState(options.stateDir);
  const site = await prepare(options).catch((thrown) => {
    lock.release();
    throw thrown;
  });
  const stop = once(() => stopAll(site, lock));
  try {
    await untilAborted(options.signal, () => void stop(), bringUp(site));
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return faceOf(site, stop);
};

/** Removes an installation with all its data; returns what was removed. Throws INSTALLATION_IN_USE while it runs. */
export const removeInstallation = async (stateDir: string): Promise<string[]> => {
  const folder = resolve(stateDir);
  lockState(folder);
  await endLeftovers(folder, silent);
  const removed = await emptyStateFolder(folder, (name) => isLockFile(lockName, name));
  await rm(folder, { recursive: true, force: true });
  return removed;
};

const prepare = async (options: StartOptions): Promise<Site> => {
  const say = options.say ?? (options.quiet ? silent : console.log);
  await endLeftovers(options.stateDir, say);
  if (options.fresh) {
    if (profileOf(options.env) !== 'demo')
      throw startError('STATE_UNUSABLE', '--fresh removes all data: it exists in the demo profile only');
    const removed = await emptyStateFolder(options.stateDir, (name) => isLockFile(lockName, name));
    removed.forEach((path) => say(`  removed ${path}`));
  }
  const parts = new Map<string, SupervisedPart>();
  const onSpawn = childRecord(options.stateDir);
  // A start that was broken off is being stopped: no part may appear behind the back of that.
  const onPart = (part: SupervisedPart): void => {
    options.signal?.throwIfAborted();
    parts.set(part.name, part);
  };
  const supervision = { say, onSpawn, onPart };
  return {
    options,
    state: openStateFolder(options.stateDir),
    root: repositoryRoot(),
    say,
    supervision,
    parts,
    findings: {},
  };
};

const lockState = (stateDir: string): Lock => {
  const outcome = takeLock(join(stateDir, lockName));
  if ('lock' in outcome) return outcome.lock;
  throw startError(
    'INSTALLATION_IN_USE',
    `process ${outcome.holder.pid} already runs the installation in ${stateDir}: stop it first, or set COUNTERSIGN_STATE_DIR to another folder`,
  );
};

const stopOrder = ['api', 'worker', 'rehearsal', 'temporal', 'postgres'];

const stopAll = async ({ parts, say }: Site, lock: Lock): Promise<void> => {
  for (const kind of stopOrder) {
    const ending = [...parts.values()].filter(({ name }) => name === kind || name.startsWith(`${kind}-`));
    await Promise.all(ending.map((part) => timed({ say, what: part.name, done: 'stopped' }, () => part.stop())));
  }
  lock.release();
};

const untilAborted = async (
  signal: AbortSignal | undefined,
  onAbort: () => void,
  work: Promise<void>,
): Promise<void> => {
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    await work;
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
};

const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
};

const faceOf = (site: Site, stop: () => Promise<void>): Installation => {
  const part = (name: PartName): SupervisedPart => {
    const there = site.parts.get(name);
    if (!there) throw new Error(`no part ${name} in this installation`);
    return there;
  };
  return {
    stateDir: site.options.stateDir,
    dataFolder: dataFolder(site.options.stateDir),
    addresses: addressesOf(site),
    env: environmentOf(site),
    part,
    pids: () => Object.fromEntries([...site.parts].map(([name, each]) => [name, each.pids()])),
    restart: (name) => part(name).restart(),
    kill: (name, signal = 'SIGKILL') => part(name).kill(signal),
    stop,
  };
};

const addressesOf = (site: Site): Addresses => {
  const env = environmentOf(site);
  const scheme = env['TLS_CERT_FILE'] ? 'https' : 'http';
  const local = (port: string | undefined, there: boolean): string | null =>
    there ? `http://127.0.0.1:${port}` : null;
  const [api, worker] = [!without(site.options, 'api'), !without(site.options, 'worker')];
  return {
    api: api ? `${scheme}://127.0.0.1:${env['API_PORT']}` : null,
    metrics: local(env['METRICS_PORT'], api),
    workerHealth: local(env['WORKER_HEALTH_PORT'], worker),
    temporal: env['TEMPORAL_ADDRESS'] ?? null,
    model: env['DEEPSEEK_BASE_URL'] ?? null,
  };
};
