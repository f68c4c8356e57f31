import { readFileSync } from 'node:fs';
import type { Account } from './children';
import { startError } from './start-error';

/** The accounts of a passwd file, in its order. */
export const parsePasswd = (text: string): Account[] =>
  text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (!name || uid === undefined || !/^\d+$/.test(uid) || gid === undefined || !/^\d+$/.test(gid)) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });

const preferred = ['postgres', 'nobody'];

/**
 * The account PostgreSQL runs as when we are root, which it refuses: the owner of a data folder that exists already,
 * else `postgres`, else `nobody`, else any unprivileged account; never root (uid or group 0).
 */
export const chooseAccount = (accounts: readonly Account[], dataOwner?: number): Account => {
  const unprivileged = accounts.filter(({ uid, gid }) => uid !== 0 && gid !== 0);
  const owner = dataOwner && (unprivileged.find(({ uid }) => uid === dataOwner) ?? nameless(dataOwner));
  const byName = preferred.map((name) => unprivileged.find((account) => account.name === name)).find(Boolean);
  const chosen = owner || byName || unprivileged[0];
  if (chosen) return chosen;
  throw startError(
    'STATE_UNUSABLE',
    'PostgreSQL refuses to run as root and this machine has no other account: add one (useradd --system postgres), or start as an ordinary user, or set DATABASE_URL and TEMPORAL_ADDRESS',
  );
};

/** The accounts of this machine. */
export const machineAccounts = (): Account[] => parsePasswd(readFileSync('/etc/passwd', 'utf8'));

/** Whether we are root and must therefore hand PostgreSQL to another account. */
export const runsAsRoot = (): boolean => process.getuid?.() === 0;

const nameless = (uid: number): Account => ({ name: String(uid), uid, gid: uid });
