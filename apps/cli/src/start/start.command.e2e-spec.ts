import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { identify } from '#libs/embedded/process-identity';
import { tinyPrograms } from '../../../../test/support/start-cli';
import { removeInstallation } from './installation';

const support = join(__dirname, '../../../../test/support');
const light = { leaveOut: ['migrate', 'seed', 'temporal'], programs: tinyPrograms() };

interface Run {
  readonly process: ChildProcess;
  /** Waits until the output has this, or the process ends. */
  until(text: string): Promise<string>;
  readonly exit: Promise<{ code: number | null; output: string }>;
}

const run = (stateDir: string, given: { env?: object; args?: string[]; start?: object; cwd?: string } = {}): Run => {
  const env = {
    ...process.env,
    COUNTERSIGN_STATE_DIR: stateDir,
    TEST_START: JSON.stringify(given.start ?? light),
    ...given.env,
  };
  const args = [
    '--require',
    join(support, 'typescript-hook.cjs'),
    join(support, 'start-cli.ts'),
    'start',
    ...(given.args ?? []),
  ];
  const { cwd } = given;
  const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const exit = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, output })),
  );
  const until = async (text: string): Promise<string> => {
    while (!output.includes(text) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
    return output;
  };
  return { process: child, until, exit };
};

const childrenOf = (stateDir: string): number[] =>
  Object.values(
    JSON.parse(readFileSync(join(stateDir, 'children.json'), 'utf8')) as Record<string, { pid: number }>,
  ).map(({ pid }) => pid);
const allGone = async (pids: readonly number[], ms = 8000): Promise<boolean> => {
  for (let waited = 0; waited < ms && pids.some(identify); waited += 20) await new Promise((r) => setTimeout(r, 20));
  return pids.every((pid) => identify(pid) === null);
};
const query = async (stateDir: string, text: string): Promise<object[]> => {
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(stateDir, name), 'utf8')) as T;
  const [{ owner }, { postgres }] = [read<{ owner: string }>('secrets.json'), read<{ postgres: number }>('ports.json')];
  const client = new Client({
    connectionString: `postgresql://countersign_owner:${owner}@127.0.0.1:${postgres}/countersign`,
  });
  await client.connect();
  try {
    return (await client.query<object>(text)).rows;
  } finally {
    await client.end();
  }
};

describe('countersign start', () => {
  let folder: string;
  let stateDir: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-start-'));
    chmodSync(folder, 0o700);
    stateDir = join(folder, 'state');
  });
  afterAll(async () => {
    await removeInstallation(stateDir);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('says at the end where everything is, and stops at Ctrl-C, with exit code 0', async () => {
    const started = run(stateDir);
    const output = await started.until('stop  ');
    for (const part of ['address   http://127.0.0.1:', `state     ${stateDir}`, `${stateDir}/logs`, 'Ctrl-C'])
      expect(output).toContain(part);
    const children = childrenOf(stateDir);
    // The terminal signals the whole foreground group, and npm passes the signal on once more.
    process.kill(-started.process.pid!, 'SIGINT');
    process.kill(started.process.pid!, 'SIGINT');
    const { code, output: all } = await started.exit;
    expect(code).toBe(0);
    expect(all).toContain('Stopped. The state is kept.');
    expect(all.indexOf('api: stopped')).toBeLessThan(all.indexOf('postgres: stopped'));
    expect(await allGone(children, 0)).toBe(true);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('stops in order at %s', async (signal) => {
    const started = run(stateDir);
    await started.until('stop  ');
    const children = childrenOf(stateDir);
    started.process.kill(signal);
    expect((await started.exit).code).toBe(0);
    expect(await allGone(children, 0)).toBe(true);
  });

  it('leaves no orphan when it is killed, and the next start finds everything that was committed', async () => {
    const started = run(stateDir, { start: { ...light, leaveOut: ['migrate', 'seed'] } });
    await started.until('stop  ');
    const children = childrenOf(stateDir);
    expect(children).toHaveLength(5);
    await query(stateDir, 'create table kept as select 1 as id');
    started.process.kill('SIGKILL');
    expect(await allGone(children)).toBe(true);
    const again = run(stateDir);
    expect(await again.until('stop  ')).toContain('Countersign is ready');
    expect(await query(stateDir, 'select id from kept')).toEqual([{ id: 1 }]);
    again.process.kill('SIGTERM');
    await again.exit;
  }, 60_000);

  it('refuses a second start on the same state, and the first goes on', async () => {
    const first = run(stateDir);
    await first.until('stop  ');
    const second = await run(stateDir, { args: ['--fresh'] }).exit;
    expect(second.code).not.toBe(0);
    expect(second.output).toContain('INSTALLATION_IN_USE');
    expect(second.output).toContain(String(first.process.pid));
    expect(await query(stateDir, 'select 1 as one')).toEqual([{ one: 1 }]);
    first.process.kill('SIGTERM');
    expect((await first.exit).code).toBe(0);
  });

  it('ends what it had started when it is stopped while starting', async () => {
    const started = run(stateDir);
    await started.until('PostgreSQL: ready');
    const children = childrenOf(stateDir);
    started.process.kill('SIGINT');
    await started.exit;
    expect(children.length).toBeGreaterThan(0);
    expect(await allGone(children, 0)).toBe(true);
  });

  it('takes the profile from the .env of the folder, and production begins nothing anew', async () => {
    writeFileSync(join(folder, '.env'), 'COUNTERSIGN_PROFILE=production\n');
    const { code, output } = await run(join(folder, 'real'), { cwd: folder, args: ['--fresh'] }).exit;
    expect(code).not.toBe(0);
    expect(output).toContain('--fresh removes all data');
    expect(existsSync(join(folder, 'real', 'children.json'))).toBe(false);
  });

  it('without Temporal, Go and network says what to do, starts nothing and fails', async () => {
    const bare = { PATH: '/nonexistent', XDG_CACHE_HOME: join(folder, 'empty'), HTTPS_PROXY: 'http://127.0.0.1:9' };
    const { code, output } = await run(join(folder, 'bare'), { env: bare, start: { ...light, leaveOut: [] } }).exit;
    expect(code).not.toBe(0);
    expect(output).toContain('TEMPORAL_SERVER_MISSING');
    expect(output).toContain('TEMPORAL_ADDRESS=host:port');
    expect(existsSync(join(folder, 'bare', 'children.json'))).toBe(false);
    await removeInstallation(join(folder, 'bare'));
  });

  it.each(['http://8.8.8.8/v1', 'http://0x8080808/v1', 'http://user:hunter2@10.0.0.8/v1'])(
    'A-8: with a model elsewhere (%s) says what to do, starts nothing and fails',
    async (DEEPSEEK_BASE_URL) => {
      const { code, output } = await run(join(folder, 'elsewhere'), { env: { DEEPSEEK_BASE_URL } }).exit;
      expect(code).not.toBe(0);
      expect(output).toContain('DEEPSEEK_BASE_URL: ');
      expect(output).not.toContain(DEEPSEEK_BASE_URL);
      expect(existsSync(join(folder, 'elsewhere', 'children.json'))).toBe(false);
      await removeInstallation(join(folder, 'elsewhere'));
    },
  );

  it('with a port that is taken or is none says so and fails', async () => {
    const first = run(stateDir);
    const address = /address\s+http:\/\/127\.0\.0\.1:(\d+)/.exec(await first.until('stop  '))?.[1];
    const taken = await run(join(folder, 'taken'), { args: ['--port', address!] }).exit;
    expect(taken.code).not.toBe(0);
    expect(taken.output).toContain(`PORT_TAKEN: port ${address} for api is in use`);
    expect((await run(join(folder, 'taken'), { args: ['--port', '70000'] }).exit).code).not.toBe(0);
    first.process.kill('SIGTERM');
    await first.exit;
    await removeInstallation(join(folder, 'taken'));
  });
});
