import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { openPortBook, type PortBook } from './ports';
import { placeRecord } from './postgres-data';
import { randomToken, readJson, readOrMake, readText, writePrivateJson } from './state-files';

/** The passwords of one installation, random, known to nobody but its state folder. */
export interface Secrets {
  readonly postgres: string;
  readonly owner: string;
  readonly app: string;
  readonly temporal: string;
}

/** The folder in which an installation keeps everything it needs to start again. */
export interface StateFolder {
  readonly dir: string;
  /** Random: names every folder of this installation outside the state folder. */
  readonly installId: string;
  readonly secrets: Secrets;
  readonly ports: PortBook;
  logFile(part: string): string;
}

/** Opens a state folder (0700), making what is missing. */
export const openStateFolder = (dir: string, makeId: () => string = () => randomToken(8)): StateFolder => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  return {
    dir,
    installId: readOrMake(join(dir, 'install-id'), makeId),
    secrets: openSecrets(join(dir, 'secrets.json')),
    ports: openPortBook(join(dir, 'ports.json')),
    logFile: (part) => join(dir, 'logs', `${part}.log`),
  };
};

/**
 * Removes what a state folder holds, and the data it keeps outside; the names in `keep` stay. Returns what was removed.
 * Only for the holder of its lock.
 */
export const emptyStateFolder = async (
  dir: string,
  keep: (name: string) => boolean = () => false,
): Promise<string[]> => {
  const removed: string[] = [];
  const outside = outsideFolder(dir);
  if (outside !== null && existsSync(outside)) {
    await rm(outside, { recursive: true, force: true });
    removed.push(outside);
  }
  for (const name of existsSync(dir) ? readdirSync(dir) : []) {
    if (keep(name)) continue;
    await rm(join(dir, name), { recursive: true, force: true });
    removed.push(join(dir, name));
  }
  return removed;
};

/** Where a state folder's PostgreSQL data lie, perhaps outside it; null before the first start. */
export const dataFolder = (dir: string): string | null => readJson<{ data?: string }>(placeRecord(dir))?.data ?? null;

/* The folder named by the install id, and only if it is: a damaged record must not make us delete anything else. */
const outsideFolder = (dir: string): string | null => {
  const [data, id] = [dataFolder(dir), readText(join(dir, 'install-id'))];
  if (!data || !id || data.startsWith(`${dir}/`)) return null;
  return basename(dirname(data)) === id ? dirname(data) : null;
};

const openSecrets = (file: string): Secrets => {
  const present = readJson<Secrets>(file);
  if (present) return present;
  const made = { postgres: randomToken(), owner: randomToken(), app: randomToken(), temporal: randomToken() };
  writePrivateJson(file, made);
  return made;
};
