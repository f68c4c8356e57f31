import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { identify } from '#libs/embedded/process-identity';
import { textOf } from '#libs/embedded/start-error';
import { tinyPrograms } from '../../../../test/support/start-cli';
import { statusOf } from './http-ready';
import { type Installation, removeInstallation, startInstallation } from './installation';
import type { StartOptions } from './start-options';

const settled = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const query = async (connectionString: string | undefined, text: string): Promise<object[]> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<object>(text)).rows;
  } finally {
    await client.end();
  }
};

describe('an installation', () => {
  let folder: string;
  let options: StartOptions;
  const said: string[] = [];
  let installation: Installation;
  /** Without Temporal, for what is about something else. */
  let light: StartOptions;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-installation-'));
    options = {
      stateDir: join(folder, 'state'),
      env: { ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: '', DEEPSEEK_BASE_URL: '', COUNTERSIGN_PROFILE: '' },
      leaveOut: ['migrate', 'seed'],
      programs: tinyPrograms(join(folder, 'journal')),
      workers: 2,
      say: (line) => void said.push(line),
    };
    light = { ...options, workers: 1, leaveOut: ['migrate', 'seed', 'temporal'] };
    installation = await startInstallation(options);
  }, 400_000);
  afterAll(async () => {
    await installation?.stop();
    await removeInstallation(options.stateDir);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('has all its parts up', async () => {
    expect(Object.keys(installation.pids()).sort()).toEqual([
      'api',
      'postgres',
      'rehearsal',
      'temporal',
      'worker',
      'worker-2',
    ]);
    expect(Object.values(installation.pids()).every(([leader]) => leader !== undefined)).toBe(true);
    expect(await statusOf(`${installation.addresses.api}/healthz/readiness`)).toBe(200);
    expect(await query(installation.env['DATABASE_URL'], 'select current_user as name')).toEqual([
      { name: 'countersign_app' },
    ]);
    expect(await query(installation.env['DATABASE_MIGRATION_URL'], 'select current_user as name')).toEqual([
      { name: 'countersign_owner' },
    ]);
  });

  it('gives its children everything by environment', () => {
    const wanted = [
      'DATABASE_URL DATABASE_MIGRATION_URL TEMPORAL_ADDRESS TEMPORAL_NAMESPACE DEEPSEEK_BASE_URL DEEPSEEK_MODEL',
      'COUNTERSIGN_KEK_FILE COUNTERSIGN_PROFILE COUNTERSIGN_STATE_DIR API_PORT METRICS_PORT WORKER_HEALTH_PORT',
    ];
    const worker = readFileSync(`/proc/${installation.part('worker').pid()}/environ`, 'utf8').split('\0');
    for (const name of wanted.join(' ').split(' ')) {
      expect(installation.env[name]).toBeTruthy();
      expect(worker).toContain(`${name}=${installation.env[name]}`);
    }
    const second = readFileSync(`/proc/${installation.part('worker-2').pid()}/environ`, 'utf8');
    expect(second).not.toContain(`WORKER_HEALTH_PORT=${installation.env['WORKER_HEALTH_PORT']}\0`);
  });

  it('makes the key of the demo once, for nobody else to read', () => {
    const file = installation.env['COUNTERSIGN_KEK_FILE']!;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(file.startsWith(installation.stateDir)).toBe(true);
  });

  it('starts a killed part again, and says so', async () => {
    const before = installation.part('api').pid();
    installation.kill('api');
    await settled(50);
    await installation.part('api').ready();
    expect(installation.part('api').pid()).not.toBe(before);
    expect(said).toContain('api ended (killed by SIGKILL); starting it again in 0.2 s');
    expect(await statusOf(`${installation.addresses.api}/`)).toBe(200);
  });

  it('leaves a stopped part down until it is started', async () => {
    await installation.part('temporal').stop();
    await settled(500);
    expect(installation.part('temporal').pid()).toBeNull();
    expect(installation.part('postgres').pid()).not.toBeNull();
    await installation.part('temporal').start();
  });

  it('is one at a time on its state folder, for starting, beginning anew and removing', async () => {
    const busy = { code: 'INSTALLATION_IN_USE', detail: { text: expect.stringContaining(String(process.pid)) } };
    await expect(startInstallation(options)).rejects.toMatchObject(busy);
    await expect(startInstallation({ ...options, fresh: true })).rejects.toMatchObject(busy);
    await expect(removeInstallation(options.stateDir)).rejects.toMatchObject(busy);
    expect(await statusOf(`${installation.addresses.api}/`)).toBe(200);
  });

  it('runs beside another one', async () => {
    const other = await startInstallation({ ...light, stateDir: join(folder, 'other') });
    expect(other.addresses.api).not.toBe(installation.addresses.api);
    expect(other.env['DATABASE_URL']).not.toBe(installation.env['DATABASE_URL']);
    await other.stop();
    const removed = await removeInstallation(other.stateDir);
    expect(removed.length).toBeGreaterThan(0);
    expect(existsSync(other.stateDir)).toBe(false);
    if (other.dataFolder) expect(existsSync(other.dataFolder)).toBe(false);
    expect(await statusOf(`${installation.addresses.api}/`)).toBe(200);
  });

  it('refuses a port that was asked for and is taken, with nothing left running', async () => {
    const port = Number(installation.env['API_PORT']);
    const stateDir = join(folder, 'third');
    await expect(startInstallation({ ...options, stateDir, port })).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    expect(existsSync(join(stateDir, 'children.json'))).toBe(false);
    await removeInstallation(stateDir);
  });

  /** A program of one line. */
  const oneLiner = (code: string) => ({ entry: 'one-liner', nodeOptions: ['-e', code] });

  it('tells the end of its log when a part does not start, and ends the others', async () => {
    const stateDir = join(folder, 'fourth');
    const programs = { ...tinyPrograms(), worker: oneLiner('console.error("no such luck"); process.exit(7)') };
    const started = startInstallation({ ...light, stateDir, programs });
    const text = await started.then(() => 'started', textOf);
    expect(text).toContain('worker: ended while starting (exit code 7)');
    expect(text).toContain('no such luck');
    const file = readFileSync(join(stateDir, 'children.json'), 'utf8');
    const children = JSON.parse(file) as Record<string, { pid: number }>;
    expect(Object.keys(children)).toContain('postgres');
    for (const { pid } of Object.values(children)) expect(identify(pid)).toBeNull();
    await removeInstallation(stateDir);
  });

  it('embeds nothing in production, and ends when the configuration is refused', async () => {
    const stateDir = join(folder, 'production');
    const programs = { ...tinyPrograms(), check: oneLiner('console.error("DATABASE_URL: missing"); process.exit(1)') };
    const env = { ...options.env, COUNTERSIGN_PROFILE: 'production' };
    const text = await startInstallation({ ...light, stateDir, env, programs }).then(() => 'started', textOf);
    expect(text).toContain('check failed (exit code 1)');
    expect(text).toContain('DATABASE_URL: missing');
    for (const name of ['children.json', 'kek', 'postgres', 'postgres-place.json'])
      expect(existsSync(join(stateDir, name))).toBe(false);
    await removeInstallation(stateDir);
  });

  it('steps aside for a database and a Temporal that are named', async () => {
    const real = {
      DATABASE_URL: installation.env['DATABASE_URL'],
      TEMPORAL_ADDRESS: installation.env['TEMPORAL_ADDRESS'],
    };
    const stateDir = join(folder, 'fifth');
    const guest = await startInstallation({ ...options, stateDir, workers: 1, env: { ...options.env, ...real } });
    expect(Object.keys(guest.pids()).sort()).toEqual(['api', 'rehearsal', 'worker']);
    expect(guest.env).toMatchObject(real);
    expect(guest.env['DATABASE_MIGRATION_URL']).toBeUndefined();
    expect(guest.dataFolder).toBeNull();
    await guest.stop();
    await removeInstallation(stateDir);
  });

  it('takes another port when somebody took its own in the meantime', async () => {
    const [stateDir, marker] = [join(folder, 'sixth'), join(folder, 'port-was-lost')];
    const loseItOnce = oneLiner(`
      const { existsSync, writeFileSync } = require('fs');
      if (existsSync('${marker}')) require('http').createServer((_, r) => r.end()).listen(process.env.API_PORT, '127.0.0.1');
      else { writeFileSync('${marker}', process.env.API_PORT); console.error('listen EADDRINUSE'); process.exit(1); }`);
    const started = await startInstallation({ ...light, stateDir, programs: { ...tinyPrograms(), api: loseItOnce } });
    expect(started.addresses.api).not.toContain(`:${readFileSync(marker, 'utf8')}`);
    expect(await statusOf(`${started.addresses.api}/`)).toBe(200);
    await started.stop();
    await removeInstallation(stateDir);
  });

  it('stops in order, keeps its state and its addresses, and forgets nothing', async () => {
    await query(installation.env['DATABASE_MIGRATION_URL'], 'create table kept as select 1 as id');
    const pids = Object.values(installation.pids()).flat();
    await installation.stop();
    expect(readFileSync(join(folder, 'journal'), 'utf8').trim().split('\n').slice(-4)).toEqual([
      'API_PORT',
      'WORKER_HEALTH_PORT',
      'WORKER_HEALTH_PORT',
      'REHEARSAL_PORT',
    ]);
    for (const pid of pids) expect(identify(pid)).toBeNull();
    const before = installation.env;
    installation = await startInstallation(options);
    expect(installation.env).toEqual(before);
    expect(await query(installation.env['DATABASE_MIGRATION_URL'], 'select id from kept')).toEqual([{ id: 1 }]);
  });

  it('begins anew when asked to, under another name, and says what it removed', async () => {
    const [data, id] = [installation.dataFolder!, readFileSync(join(installation.stateDir, 'install-id'), 'utf8')];
    await installation.stop();
    said.length = 0;
    installation = await startInstallation({ ...light, fresh: true });
    expect(said.join('\n')).toContain(`removed ${join(installation.stateDir, 'secrets.json')}`);
    expect(readFileSync(join(installation.stateDir, 'install-id'), 'utf8')).not.toBe(id);
    if (installation.dataFolder !== data) expect(existsSync(data)).toBe(false);
    await expect(query(installation.env['DATABASE_MIGRATION_URL'], 'select id from kept')).rejects.toMatchObject({
      code: '42P01',
    });
  });
});
