import { accessSync, constants, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from './process-identity';
import { startError } from './start-error';

type Env = Readonly<Record<string, string | undefined>>;

/** Where downloads and builds that all checkouts of this user share lie; inside the state folder when home is unusable. */
export const cacheRoot = (env: Env, stateDir: string): string =>
  firstUsable([...cacheHome(env), join(stateDir, 'cache')]);

/** Where an unprivileged account can reach what root puts there (a home folder or a 0700 checkout it cannot enter). */
export const rootPlaces = (): string[] => ['/var/lib/countersign', join(tmpdir(), 'countersign-0')];

const cacheHome = (env: Env): string[] => {
  if (env['XDG_CACHE_HOME']) return [join(env['XDG_CACHE_HOME'], 'countersign')];
  return env['HOME'] ? [join(env['HOME'], '.cache', 'countersign')] : [];
};

/** The first of these folders that can be made, is ours and is writable. */
export const firstUsable = (folders: readonly string[]): string => {
  const refusals: string[] = [];
  for (const folder of folders) {
    const refusal = unusable(folder);
    if (refusal === null) return folder;
    refusals.push(`${folder} (${refusal})`);
  }
  throw startError('STATE_UNUSABLE', `no folder to work in: ${refusals.join(', ')}`);
};

/** Whether a folder is there and we may make files in it. */
export const canWrite = (folder: string | undefined): boolean => {
  try {
    accessSync(folder ?? '', constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const unusable = (folder: string): string | null => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const stat = lstatSync(folder);
    // In a folder everybody may write to, somebody else could have made it first and put their own binaries there.
    if (!stat.isDirectory() || stat.uid !== process.getuid?.() || (stat.mode & 0o022) !== 0) return 'not ours alone';
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code ?? String(thrown);
  }
};

/** A name for something unfinished beside its final place; a killed maker is recognised by the pid in it. */
export const unfinishedName = (name: string): string =>
  `.${name}.unfinished-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;

/** Removes what makers that no longer run left unfinished. */
export const sweepUnfinished = async (folder: string): Promise<void> => {
  for (const name of readdirSync(folder)) {
    const pid = /^\..+\.unfinished-(\d+)-/.exec(name)?.[1];
    if (pid && identify(Number(pid)) === null) await rm(join(folder, name), { recursive: true, force: true });
  }
};
