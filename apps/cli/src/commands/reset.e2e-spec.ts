import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '#libs/embedded/state-lock';
import { resetInstallation } from './reset';

describe('countersign reset', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-reset-'));
  const state = join(folder, 'state');
  const env = { COUNTERSIGN_STATE_DIR: state };
  beforeEach(() => {
    mkdirSync(state, { recursive: true });
    writeFileSync(join(state, 'install-id'), 'a1b2');
    writeFileSync(join(state, 'demo-logins.json'), '[]');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('removes the state, once it is confirmed', async () => {
    await expect(resetInstallation(env, false)).rejects.toThrow('--yes');
    expect(existsSync(join(state, 'demo-logins.json'))).toBe(true);
    expect(await resetInstallation(env, true)).toContain(join(state, 'demo-logins.json'));
    expect(existsSync(state)).toBe(false);
    expect(await resetInstallation(env, true)).toEqual([]);
  });

  it.each([
    ['in production', { ...env, COUNTERSIGN_PROFILE: 'production' }, 'demo profile only'],
    ['on a database of one’s own', { ...env, DATABASE_URL: 'postgresql://h/d' }, 'database of your own'],
  ])('refuses %s', async (_name, given, message) => {
    await expect(resetInstallation(given, true)).rejects.toThrow(message);
    expect(existsSync(join(state, 'demo-logins.json'))).toBe(true);
  });

  it('refuses while the installation runs', async () => {
    const held = takeLock(join(state, 'supervisor.lock'));
    await expect(resetInstallation(env, true)).rejects.toMatchObject({ code: 'INSTALLATION_IN_USE' });
    expect(existsSync(join(state, 'demo-logins.json'))).toBe(true);
    if ('lock' in held) held.lock.release();
  });

  it('empties no folder that is not an installation', async () => {
    rmSync(join(state, 'install-id'));
    await expect(resetInstallation(env, true)).rejects.toThrow('holds no installation');
    expect(existsSync(join(state, 'demo-logins.json'))).toBe(true);
  });
});
