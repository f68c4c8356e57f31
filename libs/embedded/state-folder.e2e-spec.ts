import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logTail, rollLog } from './log-tail';
import { placeRecord } from './postgres-data';
import { readJson, readOrMake, readText, writePrivate, writePrivateJson } from './state-files';
import { dataFolder, emptyStateFolder, openStateFolder } from './state-folder';

let folder: string;
let dir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-state-'));
  dir = join(folder, 'state');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a state folder', () => {
  it('is closed to everybody else, even one that was open before', () => {
    mkdirSync(dir);
    chmodSync(dir, 0o755);
    openStateFolder(dir);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  });

  it('keeps its name and its passwords', () => {
    const first = openStateFolder(dir);
    const second = openStateFolder(dir);
    expect(second.installId).toBe(first.installId);
    expect(second.secrets).toEqual(first.secrets);
  });

  it('has random passwords, each another, none that needs quoting', () => {
    const all = [dir, join(folder, 'other')].flatMap((each) => Object.values(openStateFolder(each).secrets));
    expect(new Set(all).size).toBe(8);
    for (const password of all) expect(password).toMatch(/^[0-9a-f]{48}$/);
  });

  it('gets another name when it is made anew, so that nothing outside is revived', async () => {
    const { installId } = openStateFolder(dir);
    await emptyStateFolder(dir);
    expect(openStateFolder(dir).installId).not.toBe(installId);
  });

  it('has each part’s log in a file of its own', () => {
    const { logFile } = openStateFolder(dir);
    expect(logFile('api')).toBe(join(dir, 'logs', 'api.log'));
    expect(logFile('api')).not.toBe(logFile('worker'));
  });
});

describe('emptying a state folder', () => {
  const outside = (name: string): string => {
    const data = join(folder, name, 'postgres');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'PG_VERSION'), '18');
    return data;
  };

  it('removes its data outside too, and tells both', async () => {
    const { installId } = openStateFolder(dir);
    const data = outside(installId);
    writePrivateJson(placeRecord(dir), { data });
    expect(dataFolder(dir)).toBe(data);
    const removed = await emptyStateFolder(dir);
    expect(existsSync(join(folder, installId))).toBe(false);
    expect(removed).toContain(join(folder, installId));
    expect(removed).toContain(join(dir, 'secrets.json'));
    expect(readdirSync(dir)).toEqual([]);
  });

  it('never removes a folder that does not have its name', async () => {
    openStateFolder(dir);
    const data = outside('somebody-elses');
    writePrivateJson(placeRecord(dir), { data });
    const removed = await emptyStateFolder(dir);
    expect(existsSync(join(data, 'PG_VERSION'))).toBe(true);
    expect(removed.every((path) => path.startsWith(`${dir}/`))).toBe(true);
  });

  it('removes nothing outside when its name is lost', async () => {
    const { installId } = openStateFolder(dir);
    const data = outside(installId);
    writePrivateJson(placeRecord(dir), { data });
    rmSync(join(dir, 'install-id'));
    await emptyStateFolder(dir);
    expect(existsSync(data)).toBe(true);
  });

  it('keeps what it is told to keep', async () => {
    openStateFolder(dir);
    writeFileSync(join(dir, 'a.lock.1'), '');
    await emptyStateFolder(dir, (name) => name.startsWith('a.lock'));
    expect(readdirSync(dir)).toEqual(['a.lock.1']);
  });

  it('is nothing where there is none', async () => {
    expect(await emptyStateFolder(join(folder, 'none'))).toEqual([]);
  });
});

describe('a private file', () => {
  it('is written whole, for its owner alone, and leaves nothing beside it', () => {
    const file = join(dir, 'deep', 'file');
    writePrivate(file, 'one');
    writePrivate(file, 'two');
    expect(readText(file)).toBe('two');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(dir, 'deep'))).toEqual(['file']);
  });

  it('replaces one that others could read', () => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'file'), 'open', { mode: 0o644 });
    writePrivate(join(dir, 'file'), 'closed');
    expect(statSync(join(dir, 'file')).mode & 0o777).toBe(0o600);
  });

  it('is null when it is not there, and an error when it cannot be read', () => {
    expect(readText(join(dir, 'none'))).toBeNull();
    expect(readJson(join(dir, 'none'))).toBeNull();
    mkdirSync(join(dir, 'folder'), { recursive: true });
    expect(() => readText(join(dir, 'folder'))).toThrow('EISDIR');
  });

  it('is made once', () => {
    let made = 0;
    const make = (): string => `value ${++made}`;
    expect([readOrMake(join(dir, 'once'), make), readOrMake(join(dir, 'once'), make)]).toEqual(['value 1', 'value 1']);
  });
});

describe('the log of a part', () => {
  it('shows its end under an error', () => {
    const file = join(folder, 'a.log');
    writeFileSync(file, Array.from({ length: 30 }, (_, i) => `line ${i}`).join('\n'));
    expect(logTail(file, 2)).toBe(`\n  end of ${file}:\n    line 28\n    line 29`);
    expect(logTail(join(folder, 'none.log'))).toBe('');
    expect(logTail(undefined)).toBe('');
  });

  it('is put aside when it has grown large, one generation of it', () => {
    const file = join(folder, 'a.log');
    writeFileSync(file, 'x'.repeat(100));
    rollLog(file, 101);
    expect(existsSync(`${file}.1`)).toBe(false);
    for (const content of ['older', 'newer']) {
      writeFileSync(file, content.padEnd(200, '.'));
      rollLog(file, 100);
    }
    expect(existsSync(file)).toBe(false);
    expect(readText(`${file}.1`)).toMatch(/^newer/);
    rollLog(join(folder, 'none.log'));
  });
});
