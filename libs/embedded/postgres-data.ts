import { execFile } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chooseAccount, machineAccounts, runsAsRoot } from './account';
import { type Account, signalOne } from './children';
import { canRun, installPostgres } from './postgres-binaries';
import { cacheRoot, firstUsable, rootPlaces, sweepUnfinished, unfinishedName } from './shared-places';
import { startError } from './start-error';
import { readJson, readText, writePrivate, writePrivateJson } from './state-files';
import { workingIn } from './process-tree';

type Env = Readonly<Record<string, string | undefined>>;

/** Where PostgreSQL runs from and as whom. */
export interface PostgresPlace {
  readonly binaries: string;
  readonly data: string;
  /** Null when it runs as ourselves. */
  readonly account: Account | null;
}

/** What decides the place: the state folder, and the random name of this installation for folders outside it. */
export interface PlaceWish {
  readonly stateDir: string;
  readonly installId: string;
  readonly env: Env;
}

interface PlaceRecord {
  /** The data folder, absolute. */
  readonly data: string;
}

/** The file in which a state folder keeps where its PostgreSQL data lie. */
export const placeRecord = (stateDir: string): string => join(stateDir, 'postgres-place.json');

/** Finds or makes the place: inside the state folder, or as root where an unprivileged account can reach it. */
export const findPlace = async (wish: PlaceWish): Promise<PostgresPlace> => {
  const recorded = readJson<PlaceRecord>(placeRecord(wish.stateDir))?.data;
  const place = runsAsRoot() ? await placeForRoot(wish, recorded) : await placeForUser(wish, recorded);
  writePrivateJson(placeRecord(wish.stateDir), { data: place.data } satisfies PlaceRecord);
  return place;
};

const placeForUser = async (wish: PlaceWish, recorded?: string): Promise<PostgresPlace> => {
  const binaries = await installPostgres(cacheRoot(wish.env, wish.stateDir));
  const data = recorded ?? join(wish.stateDir, 'postgres');
  if (existsSync(data) && statSync(data).uid !== process.getuid?.())
    throw startError('STATE_UNUSABLE', `${data} belongs to another user: start as that user, or as root`);
  return { binaries, data, account: null };
};

const placeForRoot = async (wish: PlaceWish, recorded?: string): Promise<PostgresPlace> => {
  const owner = recorded && existsSync(recorded) ? statSync(recorded).uid : undefined;
  const account = chooseAccount(machineAccounts(), owner);
  const refused: string[] = [];
  for (const candidate of rootPlaces()) {
    const root = firstUsable([candidate]);
    chmodSync(root, 0o755);
    const binaries = await installPostgres(root);
    if (canRun(binaries, account)) return { binaries, data: recorded ?? dataBelow(root, wish.installId), account };
    refused.push(root);
  }
  throw startError('STATE_UNUSABLE', `the account ${account.name} cannot run PostgreSQL from ${refused.join(' or ')}`);
};

const dataBelow = (root: string, installId: string): string => {
  const folder = join(root, installId);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  return join(folder, 'postgres');
};

/** Makes the data folder (UTF-8, code-point order, checksums, passwords by SCRAM) in one step, if there is none yet. */
export const initialise = async (place: PostgresPlace, password: string): Promise<void> => {
  if (existsSync(join(place.data, 'PG_VERSION'))) return checkVersion(place);
  const folder = dirname(place.data);
  await sweepUnfinished(folder);
  const unfinished = join(folder, unfinishedName('postgres'));
  const passwordFile = `${unfinished}.password`;
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writePrivate(passwordFile, password);
    for (const path of place.account ? [unfinished, passwordFile] : [])
      chownSync(path, place.account?.uid ?? 0, place.account?.gid ?? 0);
    await initdb(place, unfinished, passwordFile);
    await rename(unfinished, place.data);
  } finally {
    rmSync(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
};

const initdb = async (place: PostgresPlace, data: string, passwordFile: string): Promise<void> => {
  const identity = place.account && { uid: place.account.uid, gid: place.account.gid };
  const always = ['--pgdata', data, '--username=postgres', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  const access = ['--auth-host=scram-sha-256', '--auth-local=reject', '--no-instructions'];
  const order = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C'];
  const run = (locale: string): Promise<unknown> =>
    promisify(execFile)(join(place.binaries, 'bin', 'initdb'), [...always, ...access, ...order, `--locale=${locale}`], {
      ...identity,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    });
  // C.UTF-8 makes letters of all scripts count as letters in pg_trgm; a few C libraries do not have it.
  await run('C.UTF-8').catch(() => run('C'));
};

const checkVersion = ({ binaries, data }: PostgresPlace): void => {
  const [made, ours] = [readText(join(data, 'PG_VERSION'))?.trim(), /postgres-(\d+)\./.exec(binaries)?.[1]];
  if (made !== ours)
    throw startError(
      'STATE_UNUSABLE',
      `${data} was made by PostgreSQL ${made}, this is ${ours}: upgrade it (pg_upgrade)`,
    );
};

/**
 * Ends what an earlier, killed starter left of PostgreSQL on this data folder, and removes its lock file. Only for the
 * holder of the state folder's lock: a stale pid in the file may by now be anybody's.
 */
export const clearLeftovers = async (data: string): Promise<void> => {
  const lockFile = join(data, 'postmaster.pid');
  const postmaster = Number(readText(lockFile)?.split('\n')[0]);
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    const left = workingIn(data);
    if (left.length === 0) break;
    const leaders = left.includes(postmaster) && signal !== 'SIGKILL' ? [postmaster] : left;
    leaders.forEach((pid) => signalOne(pid, signal));
    for (let waited = 0; waited < 3000 && workingIn(data).length > 0; waited += 50) await sleep(50);
  }
  rmSync(lockFile, { force: true });
};
