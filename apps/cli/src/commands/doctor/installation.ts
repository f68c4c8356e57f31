import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyConfig } from '#libs/config/config';
import { isPortFree } from '#libs/embedded/ports';
import { isAlive, type ProcessIdentity } from '#libs/embedded/process-identity';
import { readJson } from '#libs/embedded/state-files';
import { isLockFile, newestOf } from '#libs/embedded/state-lock';
import { statusOf } from '../../start/http-ready';
import { fail, type Finding, ok, warn } from './finding';

const lockName = 'supervisor.lock';

/** The supervisor that runs the installation in this state folder; null when none does. */
export const supervisorOf = (stateDir: string): ProcessIdentity | null => {
  if (!existsSync(stateDir)) return null;
  const locks = readdirSync(stateDir)
    .filter((name) => isLockFile(lockName, name))
    .map((name) => ({
      generation: Number(name.slice(lockName.length + 1)),
      owner: readJson<ProcessIdentity>(join(stateDir, name)),
    }));
  const owner = newestOf(locks)?.owner ?? null;
  return owner && isAlive(owner) ? owner : null;
};

/** Whether a start of ours runs here. */
export const examineInstallation = (stateDir: string): Finding[] => {
  const supervisor = supervisorOf(stateDir);
  return [
    supervisor
      ? ok('installation', `runs from ${stateDir} (process ${supervisor.pid})`)
      : warn('installation', `nothing runs from ${stateDir}`, 'npm start'),
  ];
};

/** Whether the API answers where it should; before a start of ours, whether its port waits for it. */
export const examineApi = async (
  { listen }: Pick<AnyConfig, 'listen'>,
  { due }: { due: boolean },
): Promise<Finding[]> => {
  const { port, tls, reach, why } = listen;
  const network =
    reach === 'loopback' ? warn('network', why.en, 'fine for a demo on one machine') : ok('network', why.en);
  if (!due) return [await futurePort(port), network];
  const status = await statusOf(`${tls ? 'https' : 'http'}://127.0.0.1:${port}/healthz/readiness`);
  return [await apiFinding(port, status), network];
};

const futurePort = async (port: number): Promise<Finding> =>
  (await isPortFree(port))
    ? ok('API', `port ${port} is free for it`)
    : warn('API', `port ${port} is taken`, 'a start takes another one, unless this one is asked for');

const apiFinding = async (port: number, status: number | null): Promise<Finding> => {
  if (status === 200) return ok('API', `ready on port ${port}`);
  if (status !== null) return fail('API', `port ${port} answers ${status} instead of ready`, 'see the log of the API');
  return (await isPortFree(port))
    ? fail('API', `nothing answers on port ${port}`, 'start it, and see its log')
    : fail('API', `port ${port} is held by something that is not Countersign’s API`, 'free it, or set API_PORT');
};
