import { randomBytes } from 'node:crypto';
import { link, open, readFile, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Why a key file cannot be used. */
export type KekFileFault = 'missing' | 'unreadable' | 'malformed' | 'weak' | 'open-permissions';

/** The key that wraps all others, or why there is none; `openPermissions` is a warning where it is not refused. */
export type KekFile =
  | { readonly ok: true; readonly kek: Buffer; readonly openPermissions: boolean }
  | { readonly ok: false; readonly reason: KekFileFault };

/** Reads the 32 bytes of a key file's text: 64 hex digits or base64; undefined when it is neither. */
export const parseKek = (text: string): Buffer | undefined => {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[A-Za-z0-9+/]{43}=?$/.test(trimmed)) return Buffer.from(trimmed, 'base64');
  return undefined;
};

/** Whether a key is plainly not random (a placeholder such as all zeros, one repeated byte or a counter). */
const isWeak = (kek: Buffer): boolean => {
  const steps = new Set(kek.map((byte, i) => (byte - (kek[i - 1] ?? 0)) & 255).subarray(1));
  return new Set(kek).size < 12 || steps.size < 4;
};

/** Whether others can read a key’s file, as PostgreSQL asks it: 0600, or 0640 when somebody else owns it (a mounted secret). */
export const isOpen = (mode: number, uid: number): boolean => {
  const foreign = uid !== process.getuid?.();
  return (mode & (foreign ? 0o037 : 0o077)) !== 0;
};

const faultOf = (error: unknown): KekFileFault =>
  (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable';

/** Loads the key-encryption key; with `strict` (production) a file that others can read is refused. */
export const readKekFile = async (path: string, { strict }: { strict: boolean }): Promise<KekFile> => {
  try {
    const { mode, uid } = await stat(path);
    const openPermissions = isOpen(mode, uid);
    if (strict && openPermissions) return { ok: false, reason: 'open-permissions' };
    const kek = parseKek(await readFile(path, 'utf8'));
    if (!kek) return { ok: false, reason: 'malformed' };
    return isWeak(kek) ? { ok: false, reason: 'weak' } : { ok: true, kek, openPermissions };
  } catch (error) {
    return { ok: false, reason: faultOf(error) };
  }
};

const writeDurably = async (file: FileHandle, text: string): Promise<void> => {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/**
 * Makes a random key file (0600) for the demo; false when there was one already, which stays untouched.
 * Durable and all-or-nothing: a lost or half-written key would make everything encrypted under it unreadable.
 */
export const createKekFile = async (path: string): Promise<boolean> => {
  const half = `${path}.${randomBytes(6).toString('hex')}`;
  await writeDurably(await open(half, 'wx', 0o600), `${randomBytes(32).toString('base64')}\n`);
  try {
    await link(half, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(half);
    await syncFolder(dirname(path));
  }
};
