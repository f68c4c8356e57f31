import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runsAsRoot } from './account';
import { canRun, installPostgres, postgresPackage } from './postgres-binaries';
import { cacheRoot, canWrite, firstUsable, sweepUnfinished, unfinishedName } from './shared-places';
import { textOf } from './start-error';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'countersign-places-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const refusal = (work: () => unknown): string => {
  try {
    return `no refusal: ${String(work())}`;
  } catch (thrown) {
    return textOf(thrown);
  }
};

describe('a place to work in', () => {
  it('is the first that is ours alone', () => {
    const [open, linked, good] = [join(folder, 'open'), join(folder, 'linked'), join(folder, 'good')];
    mkdirSync(open);
    chmodSync(open, 0o777);
    symlinkSync(open, linked);
    expect(firstUsable([open, linked, good])).toBe(good);
    expect(statSync(good).isDirectory()).toBe(true);
  });

  it('is refused with the reason of each when there is none', () => {
    const [file, open] = [join(folder, 'file'), join(folder, 'open')];
    writeFileSync(file, '');
    mkdirSync(open);
    chmodSync(open, 0o777);
    const text = refusal(() => firstUsable([join(file, 'below'), open]));
    expect(text).toContain(`${file}/below (ENOTDIR)`);
    expect(text).toContain(`${open} (not ours alone)`);
  });

  it('for what all checkouts share is the cache of the user', () => {
    const xdg = join(folder, 'xdg');
    expect(cacheRoot({ XDG_CACHE_HOME: xdg, HOME: '/nonexistent' }, folder)).toBe(join(xdg, 'countersign'));
    expect(cacheRoot({ HOME: folder }, join(folder, 'state'))).toBe(join(folder, '.cache', 'countersign'));
  });

  it('for an account without a home is the state folder', () => {
    writeFileSync(join(folder, 'file'), '');
    const state = join(folder, 'state');
    expect(cacheRoot({ HOME: join(folder, 'file') }, state)).toBe(join(state, 'cache'));
    expect(cacheRoot({}, state)).toBe(join(state, 'cache'));
  });

  it('is known to be writable or not', () => {
    expect(canWrite(folder)).toBe(true);
    expect(canWrite(join(folder, 'none'))).toBe(false);
    expect(canWrite(undefined)).toBe(false);
  });
});

describe('what was left unfinished', () => {
  it('is removed when its maker is gone, and only then', async () => {
    const ours = unfinishedName('build');
    const dead = ours.replace(String(process.pid), '1000000000');
    for (const name of [ours, dead, '.hidden', 'build']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, dead, 'half'), '');
    await sweepUnfinished(folder);
    expect(readdirSync(folder).sort()).toEqual(['.hidden', ours, 'build'].sort());
  });
});

describe('the copy of PostgreSQL', () => {
  it('is made once by two at the same time, whole, with its links and readable for all', async () => {
    const [one, two] = await Promise.all([installPostgres(folder), installPostgres(folder)]);
    expect(two).toBe(one);
    expect(readdirSync(folder)).toEqual([one.slice(folder.length + 1)]);
    const library = readdirSync(join(one, 'lib')).find((name) => /^libpq\.so\.\d+$/.test(name))!;
    expect(lstatSync(join(one, 'lib', library)).isSymbolicLink()).toBe(true);
    expect(existsSync(join(one, 'lib', readlinkSync(join(one, 'lib', library))))).toBe(true);
    expect(statSync(join(one, 'bin', 'postgres')).mode & 0o777).toBe(0o755);
    expect(canRun(one)).toBe(true);
  });

  it('is taken as it is by a later start', async () => {
    const made = await installPostgres(folder);
    const before = statSync(made).mtimeMs;
    expect(await installPostgres(folder)).toBe(made);
    expect(statSync(made).mtimeMs).toBe(before);
  });

  it('that a killed start left half is removed, and made again', async () => {
    const half = unfinishedName('postgres').replace(String(process.pid), '1000000000');
    mkdirSync(join(folder, half, 'bin'), { recursive: true });
    const made = await installPostgres(folder);
    expect(readdirSync(folder)).toEqual([made.slice(folder.length + 1)]);
    expect(canRun(made)).toBe(true);
  });

  it('is known to be out of reach of an account that cannot enter its folder', async () => {
    if (!runsAsRoot()) return;
    const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 };
    const made = await installPostgres(folder);
    chmodSync(folder, 0o700);
    expect(canRun(made, nobody)).toBe(false);
    chmodSync(folder, 0o755);
    expect(canRun(made, nobody)).toBe(true);
  });

  it('leaves the package as npm installed it', async () => {
    const { native } = postgresPackage();
    const before = readdirSync(join(native, 'lib')).sort();
    await installPostgres(folder);
    expect(readdirSync(join(native, 'lib')).sort()).toEqual(before);
  });
});
