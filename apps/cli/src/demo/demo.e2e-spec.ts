import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify } from '#libs/embedded/process-identity';
import { repositoryRoot } from '#libs/embedded/repository';
import { readJson } from '#libs/embedded/state-files';

jest.setTimeout(300_000);

interface Run {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  output(): string;
  until(text: string): Promise<void>;
}

/* As `npm run demo` runs it, with what a shell beside a production installation might hold. */
const runDemo = (stateDir: string): Run => {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    COUNTERSIGN_PROFILE: 'production',
    COUNTERSIGN_STATE_DIR: stateDir,
    DATABASE_URL: 'postgresql://countersign_app:a-long-password@127.0.0.1:1/ledger',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    DEEPSEEK_BASE_URL: 'http://127.0.0.1:1/v1',
    API_PORT: '1',
  };
  const args = ['--conditions=dist', 'dist/apps/cli/src/main.js', 'demo'];
  const child = spawn(process.execPath, args, { cwd: repositoryRoot(), env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const until = async (text: string): Promise<void> => {
    while (!output.includes(text) && child.exitCode === null) await sleep(50);
  };
  return { child, exit, output: () => output, until };
};

const foldersOf = (pid: number | undefined): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`countersign-demo-${pid}-`));

describe('countersign demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-beside-'));
  const stateDir = join(folder, 'state');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('tells its story on an installation of its own, everything holds, and nothing stays', async () => {
    const { child, exit, output } = runDemo(stateDir);
    const code = await exit;
    const text = output();
    expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
    expect(text).toContain('everything held');
    expect(text).not.toContain('✗  ');
    const told =
      'ADT^A04|rehearsal model|403|409 STALE_FACTS|second signature|kill -9|Temporal is back|the ledger tells it';
    for (const part of [...told.split('|'), 'I1 ', 'I2 ', 'I3 ', 'I4 ', 'I5 ', 'I6 ', 'I8 '])
      expect(text).toContain(part);
    const [played] = /(\d+\.\d) s after/.exec(text)?.slice(1).map(Number) ?? [];
    expect(played).toBeLessThan(60);
    expect(foldersOf(child.pid)).toEqual([]);
    expect(existsSync(stateDir)).toBe(false);
  });

  it('removes everything when it is broken off, and fails', async () => {
    const { child, exit, output, until } = runDemo(stateDir);
    await until('2. 首次评估与草稿');
    const [name] = foldersOf(child.pid);
    const state = join(tmpdir(), name!, 'state');
    const pids = Object.values(readJson<Record<string, { pid: number }>>(join(state, 'children.json'))!);
    const { data } = JSON.parse(readFileSync(join(state, 'postgres-place.json'), 'utf8')) as { data: string };
    expect(pids.length).toBeGreaterThan(3);
    expect(existsSync(data)).toBe(true);
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await exit).toBe(1);
    expect(output()).toContain('broken off');
    expect(foldersOf(child.pid)).toEqual([]);
    expect(existsSync(data)).toBe(false);
    expect(pids.filter(({ pid }) => identify(pid) !== null)).toEqual([]);
  });
});
