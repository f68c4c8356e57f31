import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from '#libs/embedded/state-files';
import { CountersignError } from '#libs/errors/errors';
import { type WardEntity } from '#libs/db/entities/ward.entity';

/** A copy that lies in the folder. */
export interface DowntimeCopy {
  readonly path: string;
  readonly writtenAt: Date;
}

const ours = /^downtime-.+\.html/;
/** After this a half-written file is nobody's any more, ms. */
const abandonedMs = 60_000;

/**
 * Makes the folder where there is none. Throws STATE_UNUSABLE for one that anybody but its owner may look into: the
 * copies are patient data in clear.
 */
export const openDowntimeFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const mode = found.mode & 0o777;
  if (found.isDirectory() && (mode & 0o077) === 0) return;
  const why = found.isDirectory() ? `has mode ${mode.toString(8)} and must have 700` : 'is no folder';
  throw new CountersignError('STATE_UNUSABLE', { text: `the folder of the downtime lists, ${folder}, ${why}` });
};

/** Writes the copy of a ward in one step, readable by the owner alone; answers its path. */
export const writeCopy = (folder: string, ward: Pick<WardEntity, 'id' | 'code'>, page: string): string => {
  const name = `downtime-${ward.code.replaceAll(/[^\p{L}\p{N}_-]/gu, '_')}-${ward.id.slice(0, 8)}.html`;
  const path = join(folder, name);
  writePrivate(path, page);
  return path;
};

/** Removes what is no copy of today: of wards without a desk any more, and halves that a death left. */
export const removeOthers = (folder: string, kept: readonly string[]): void => {
  for (const name of readdirSync(folder).filter((one) => ours.test(one))) {
    const path = join(folder, name);
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (!kept.includes(path) && (name.endsWith('.html') || Date.now() - written > abandonedMs))
      rmSync(path, { force: true });
  }
};

/** The copies that lie there, whether or not anything of the product runs; none in a folder that nobody has made yet. */
export const copiesIn = (folder: string): DowntimeCopy[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => ours.test(name) && name.endsWith('.html'))
    .toSorted()
    .map((name) => ({ path: join(folder, name), writtenAt: statSync(join(folder, name)).mtime }));
