import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kernelDeathSignal, spawnChild, stopChild } from './children';
import { identify, isAlive } from './process-identity';
import { descendants } from './process-tree';

const hook = join(__dirname, '../../test/support/typescript-hook.cjs');
const gone = async (pid: number, ms = 8000): Promise<boolean> => {
  for (let waited = 0; waited < ms && identify(pid); waited += 20) await new Promise((r) => setTimeout(r, 20));
  return identify(pid) === null;
};

describe('a child', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'countersign-children-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const sleeper = { name: 'sleeper', command: '/bin/sleep', args: ['60'], env: {} };
  const shell = (script: string) => ({
    name: 'sh',
    command: '/bin/sh',
    args: ['-c', script],
    env: { PATH: '/usr/bin:/bin' },
  });

  it.each(['kernel', 'watcher'] as const)('dies with its parent even after kill -9 (by the %s)', async (deathWatch) => {
    if (deathWatch === 'kernel' && !kernelDeathSignal()) return;
    const script = join(folder, `parent-${deathWatch}.ts`);
    writeFileSync(
      script,
      `import { spawnChild } from '${join(__dirname, 'children')}';
       void spawnChild({ name: 's', command: '/bin/sleep', args: ['60'], env: {}, deathWatch: '${deathWatch}' })
         .then((child) => process.stdout.write(String(child.pid) + '\\n'));`,
    );
    const parent = spawn(process.execPath, ['--require', hook, script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', (data) => resolve(String(data)))));
    expect(identify(pid)).not.toBeNull();
    parent.kill('SIGKILL');
    expect(await gone(pid)).toBe(true);
  });

  it('leads a session of its own, so that Ctrl-C in the terminal does not reach it', async () => {
    const child = await spawnChild(sleeper);
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    expect(fields.slice(2, 4).map(Number)).toEqual([child.pid, child.pid]);
    await stopChild(child);
  });

  it('inherits nothing of our environment', async () => {
    const child = await spawnChild(shell('env'));
    let output = '';
    child.process.stdout?.on('data', (data: Buffer) => (output += data.toString()));
    await child.exited;
    expect(output.split('\n').map((line) => line.split('=')[0])).not.toContain('HOME');
  });

  it('is ended by SIGTERM, or when it ignores that by SIGKILL, with all it started', async () => {
    const stubborn = await spawnChild(shell(`trap '' TERM; sleep 60 & while :; do sleep 60; done`));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const below = descendants(stubborn.pid);
    expect(below.length).toBeGreaterThan(0);
    const exit = await stopChild(stubborn, { steps: [{ signal: 'SIGTERM', graceMs: 300 }] });
    expect(exit).toEqual({ code: null, signal: 'SIGKILL' });
    for (const pid of below) expect(await gone(pid)).toBe(true);
    const polite = await stopChild(await spawnChild(sleeper));
    expect(polite).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('that cannot start says so', async () => {
    const missing = await spawnChild({ ...sleeper, command: '/nonexistent/program' });
    expect((await missing.exited).code).toBe(127);
    const unwatched = spawnChild({ ...sleeper, command: '/nonexistent/program', deathWatch: 'watcher' });
    await expect(unwatched).rejects.toMatchObject({ code: 'PART_NOT_READY' });
  });

  it('is told apart from another process with its pid', async () => {
    const child = await spawnChild(sleeper);
    const identity = identify(child.pid)!;
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, startedAt: 'another life' })).toBe(false);
    await stopChild(child);
    expect(isAlive(identity)).toBe(false);
  });
});
