import { linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isAlive, type ProcessIdentity, self } from './process-identity';
import { randomToken, readJson, writePrivateJson } from './state-files';

/** A lock that is held: by this process until it releases it or dies. */
export interface Lock {
  release(): void;
}

/** Either we hold it, or somebody who is alive does. */
export type LockOutcome = { readonly lock: Lock } | { readonly holder: ProcessIdentity };

interface LockFile {
  readonly generation: number;
  /** Null: released, or half gone. */
  readonly owner: ProcessIdentity | null;
}

/**
 * Takes a lock that dies with its holder. Each holder writes the next generation (`<file>.<n>`), which the file system
 * gives to one contender only; the newest generation counts. So a dead holder's lock is taken over without a moment in
 * which two could both remove and both take it, and a reused pid is told apart by its start time.
 */
export const takeLock = (file: string): LockOutcome => {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    const files = lockFiles(file);
    const newest = newestOf(files);
    if (newest?.owner && isAlive(newest.owner)) return { holder: newest.owner };
    const generation = (newest?.generation ?? 0) + 1;
    if (!claim(`${file}.${generation}`)) continue;
    for (const older of files) rmSync(`${file}.${older.generation}`, { force: true });
    return { lock: { release: () => writePrivateJson(`${file}.${generation}`, null) } };
  }
};

/** The generation that counts: the highest. */
export const newestOf = (files: readonly LockFile[]): LockFile | null =>
  files.reduce<LockFile | null>((best, each) => (best && best.generation > each.generation ? best : each), null);

/** Whether a name in a folder belongs to a lock, for those who clear the folder around it. */
export const isLockFile = (lockName: string, name: string): boolean =>
  name.startsWith(`${lockName}.`) && /^\d+$/.test(name.slice(lockName.length + 1));

const lockFiles = (file: string): LockFile[] =>
  readdirSync(dirname(file))
    .filter((name) => isLockFile(basename(file), name))
    .map((name) => ({
      generation: Number(name.slice(basename(file).length + 1)),
      owner: readJson<ProcessIdentity>(join(dirname(file), name)),
    }));

// A link appears with its content, so nobody ever reads a lock without an owner.
const claim = (path: string): boolean => {
  const prepared = `${path}.${randomToken(6)}`;
  writePrivateJson(prepared, self());
  try {
    linkSync(prepared, path);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  } finally {
    rmSync(prepared, { force: true });
  }
};
