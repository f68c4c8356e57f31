import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Reads a JSON file; null when there is none. Its shape is the caller's: these files are written by this product alone. */
export const readJson = <T>(path: string): T | null => {
  const text = readText(path);
  return text === null ? null : (JSON.parse(text) as T);
};

/** Reads a text file; null when there is none. */
export const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
};

/** Writes a private file (0600) in one step, so that a kill leaves the old content or the new, never half. */
export const writePrivate = (path: string, content: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(temporary, content, { mode: 0o600, flush: true });
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
};

/** The JSON twin of {@link writePrivate}. */
export const writePrivateJson = (path: string, value: unknown): void =>
  writePrivate(path, `${JSON.stringify(value, null, 2)}\n`);

/** What a private file holds; made on the first call and kept. */
export const readOrMake = (path: string, make: () => string): string => {
  const present = readText(path);
  if (present !== null) return present;
  const made = make();
  writePrivate(path, made);
  return made;
};

/** A random name or password: letters and digits only, so that it needs no quoting in a URL, a file or SQL. */
export const randomToken = (bytes = 24): string => randomBytes(bytes).toString('hex');
