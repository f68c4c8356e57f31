import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from '#libs/embedded/process-identity';
import { type Installation, removeInstallation, startInstallation } from '../start/installation';
import { type StartOptions } from '../start/start-options';
import { ownEnvironment, unpaced } from './environment';

const prefix = 'countersign-demo-';

/** How a throw-away installation is started. */
export type ThrowAwayOptions = Pick<StartOptions, 'env' | 'say' | 'signal' | 'childEnv'>;

/**
 * Boots an installation of its own in a temporary folder, does something with it, and removes it with every trace,
 * whatever happens. It shares nothing with an installation that runs beside it.
 */
export const inThrowAway = async <T>(
  { env, ...options }: ThrowAwayOptions,
  work: (installation: Installation) => Promise<T>,
): Promise<T> => {
  await sweepAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  try {
    const own = {
      stateDir: join(folder, 'state'),
      env: { ...ownEnvironment(env), ...unpaced },
      leaveOut: ['room'] as const,
    };
    const installation = await startInstallation({ ...own, ...options });
    try {
      return await work(installation);
    } finally {
      await installation.stop();
    }
  } finally {
    await remove(folder);
  }
};

const remove = async (folder: string): Promise<void> => {
  const stateDir = join(folder, 'state');
  if (existsSync(stateDir)) await removeInstallation(stateDir);
  rmSync(folder, { recursive: true, force: true });
};

/* What killed demonstrations left behind: the pid in the name says whose it was. */
const sweepAbandoned = async (): Promise<void> => {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && identify(Number(pid)) === null) await remove(join(tmpdir(), name));
  }
};
