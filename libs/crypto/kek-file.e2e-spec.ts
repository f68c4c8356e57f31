import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKekFile, readKekFile } from './kek-file';

describe('a key file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kek-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once, random, readable by its owner only', async () => {
    const path = join(folder, 'kek');
    expect(await createKekFile(path)).toBe(true);
    const text = await readFile(path, 'utf8');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readKekFile(path, { strict: true })).toEqual({
      ok: true,
      kek: Buffer.from(text, 'base64'),
      openPermissions: false,
    });
    expect(await createKekFile(path)).toBe(false);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(await readdir(folder)).toEqual(['kek']);
  });

  it('is one key when many processes make it at once', async () => {
    const path = join(folder, 'kek');
    const made = await Promise.all(Array.from({ length: 20 }, () => createKekFile(path)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['kek']);
  });

  it('that others can read is refused in production and a warning otherwise', async () => {
    const path = join(folder, 'kek');
    await createKekFile(path);
    for (const mode of [0o640, 0o604, 0o660, 0o644]) {
      await chmod(path, mode);
      expect(await readKekFile(path, { strict: true })).toEqual({ ok: false, reason: 'open-permissions' });
      expect(await readKekFile(path, { strict: false })).toMatchObject({ ok: true, openPermissions: true });
    }
  });

  it('that is missing, no file, malformed or a placeholder is told apart', async () => {
    const path = join(folder, 'kek');
    expect(await readKekFile(path, { strict: true })).toEqual({ ok: false, reason: 'missing' });
    expect(await readKekFile(folder, { strict: false })).toEqual({ ok: false, reason: 'unreadable' });
    await writeFile(path, 'change me', { mode: 0o600 });
    expect(await readKekFile(path, { strict: true })).toEqual({ ok: false, reason: 'malformed' });
    for (const weak of [Buffer.alloc(32), Buffer.alloc(32, 7), Buffer.from(Array.from({ length: 32 }, (_, i) => i))]) {
      await writeFile(path, weak.toString('hex'));
      expect(await readKekFile(path, { strict: true })).toEqual({ ok: false, reason: 'weak' });
    }
  });
});
