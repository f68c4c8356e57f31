import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKekFile } from '#libs/crypto/kek-file';
import { connectDataSource } from '#libs/db/data-source';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { readKekFile } from '#libs/crypto/kek-file';
import { choosePort } from '#libs/embedded/ports';
import { self } from '#libs/embedded/process-identity';
import { type RehearsalServer, startRehearsalServer } from '#libs/llm/rehearsal/server';
import { startTestTemporal, type TestTemporal } from '../../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs } from '../../../../../test/support/test-api';
import { makeHospital } from '../../../../../test/support/test-people';
import { examineAll } from './examination';
import { type Finding } from './finding';

jest.setTimeout(60_000);

describe('countersign doctor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-doctor-'));
  const kekFile = join(folder, 'kek');
  let servers: TestTemporal;
  let model: RehearsalServer;
  let api: Server;
  let env: Record<string, string>;

  beforeAll(async () => {
    servers = await startTestTemporal('countersign');
    await migrateTestDatabase(servers.migrationUrl);
    await createKekFile(kekFile);
    model = await startRehearsalServer({ drafters: { countersign_probe: () => ({ ready: true }) } });
    api = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    env = {
      DATABASE_URL: servers.url,
      DATABASE_MIGRATION_URL: servers.migrationUrl,
      TEMPORAL_ADDRESS: servers.address,
      TEMPORAL_NAMESPACE: servers.namespace,
      DEEPSEEK_BASE_URL: model.baseUrl,
      DEEPSEEK_MODEL: model.model,
      COUNTERSIGN_KEK_FILE: kekFile,
      COUNTERSIGN_STATE_DIR: join(folder, 'state'),
      API_PORT: String((api.address() as AddressInfo).port),
    };
  }, 120_000);
  afterAll(async () => {
    api.close();
    await model.close();
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const examined = async (changes: Record<string, string> = {}): Promise<Finding[]> =>
    examineAll({ ...env, ...changes });
  const bad = async (changes: Record<string, string>): Promise<string[]> =>
    (await examined(changes)).filter(({ state }) => state === 'fail').map(({ check, text }) => `${check}: ${text}`);

  it('finds nothing to put right where everything is well', async () => {
    const findings = await examined();
    expect(findings.filter(({ state }) => state === 'fail')).toEqual([]);
    const checks = findings.map(({ check }) => check);
    for (const check of [
      'Node.js',
      'configuration',
      'disk',
      'PostgreSQL',
      'schema',
      'keys',
      'Temporal',
      'model',
      'API',
      'clock',
    ])
      expect(checks).toContain(check);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'model', state: 'warn', text: expect.stringContaining('rehearsal') }),
    );
    expect(existsSync(join(folder, 'state'))).toBe(false);
  });

  it('tells no secret', async () => {
    const text = JSON.stringify([await examined(), await examined({ DATABASE_URL: `${servers.url}x` })]);
    for (const secret of [new URL(servers.url).password, new URL(servers.migrationUrl).password])
      expect(text).not.toContain(secret);
  });

  it('names every variable that is wrong at once, and looks no further', async () => {
    const [failure, ...others] = await bad({ LOG_LEVEL: 'loud', API_PORT: 'x' });
    expect(failure).toContain('LOG_LEVEL');
    expect(failure).toContain('API_PORT');
    expect(others).toEqual([]);
  });

  it('finds a database that is away, unmigrated, or reached as its owner', async () => {
    expect(await bad({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' })).toEqual([
      expect.stringMatching(/PostgreSQL: does not answer/),
    ]);
    const bare = await servers.database('bare');
    expect(await bad({ DATABASE_URL: bare.url })).toContainEqual(expect.stringMatching(/schema: \d+ migration/));
    const owner = { DATABASE_URL: servers.migrationUrl, DATABASE_MIGRATION_URL: servers.url };
    expect(await bad(owner)).toContainEqual(expect.stringContaining('owns tables'));
  });

  it('says which part of a database address is wrong, and what to do', async () => {
    const change = (to: (url: URL) => void): string => {
      const url = new URL(servers.url);
      to(url);
      return url.href;
    };
    const found = async (url: string): Promise<Finding | undefined> =>
      (await examined({ DATABASE_URL: url })).find(({ state }) => state === 'fail');
    expect(await found(change((url) => (url.password = 'another')))).toMatchObject({
      text: 'does not answer: the password of countersign_app is wrong',
      advice: expect.stringContaining('DATABASE_URL'),
    });
    expect(await found(change((url) => (url.pathname = '/none')))).toMatchObject({
      text: 'does not answer: there is no database none',
    });
    expect(await found(change((url) => (url.port = '1')))).toMatchObject({
      text: 'does not answer: nothing listens at 127.0.0.1:1',
    });
    expect(await found(change((url) => (url.hostname = 'nowhere.invalid')))).toMatchObject({
      text: expect.stringContaining('there is no host nowhere.invalid'),
    });
    const superuser = new URL(servers.adminUrl);
    superuser.pathname = '/countersign';
    expect(await found(superuser.href)).toMatchObject({ text: expect.stringContaining('superuser') });
  });

  it('finds a table that shows every ward to everybody', async () => {
    await sqlAs(servers.migrationUrl, 'alter table fact no force row level security');
    expect(await bad({})).toEqual(['PostgreSQL: row security is not in force on fact']);
    await sqlAs(servers.migrationUrl, 'alter table fact force row level security');
  });

  it('finds commits that may be lost', async () => {
    await sqlAs(servers.adminUrl, 'alter role countersign_app set synchronous_commit = off');
    expect(await bad({})).toEqual([expect.stringContaining('synchronous_commit')]);
    await sqlAs(servers.adminUrl, 'alter role countersign_app reset synchronous_commit');
  });

  it('finds a key file that is missing, malformed or another one', async () => {
    const source = await connectDataSource({ url: servers.url });
    const read = await readKekFile(kekFile, { strict: false });
    if (read.ok) await loadKeyRing(source, read.kek, { create: true });
    await source.destroy();
    expect(await bad({})).toEqual([]);
    const [other, text] = [join(folder, 'other'), join(folder, 'text')];
    await createKekFile(other);
    writeFileSync(text, 'secret', { mode: 0o600 });
    chmodSync(kekFile, 0o644);
    const open = (await examined()).find(({ check, state }) => check === 'keys' && state === 'warn');
    expect(open).toMatchObject({ text: `others can read ${kekFile}`, advice: 'chmod 600' });
    chmodSync(kekFile, 0o600);
    expect(await bad({ COUNTERSIGN_KEK_FILE: other })).toEqual([expect.stringContaining('does not open')]);
    expect(await bad({ COUNTERSIGN_KEK_FILE: text })).toEqual([expect.stringContaining('malformed')]);
    expect(await bad({ COUNTERSIGN_KEK_FILE: join(folder, 'none') })).toEqual([expect.stringContaining('missing')]);
  });

  it('finds Temporal away, or without our namespace', async () => {
    expect(await bad({ TEMPORAL_ADDRESS: '127.0.0.1:1' })).toEqual([expect.stringMatching(/Temporal: .*unavailable/)]);
    expect(await bad({ TEMPORAL_NAMESPACE: 'elsewhere' })).toEqual([
      expect.stringMatching(/Temporal: .*namespace-missing/),
    ]);
  });

  it('finds a model address that may not be reached, and tells of one that is away without failing', async () => {
    expect(await bad({ DEEPSEEK_BASE_URL: 'http://93.184.216.34/v1' })).toEqual([
      expect.stringContaining('nowhere but to private addresses'),
    ]);
    const away = await examined({ DEEPSEEK_BASE_URL: 'http://127.0.0.1:1/v1' });
    expect(away).toContainEqual(expect.objectContaining({ check: 'model', state: 'warn' }));
    expect(away.filter(({ state }) => state === 'fail')).toEqual([]);
  });

  it('finds the MLLP ports open or closed, the last message and the dead letters, once the installation runs', async () => {
    const { organisationId } = await makeHospital(servers.migrationUrl);
    const insert = `insert into inbound_message (id, organisation_id, sha256, outcome, reason, answer, raw_ct, default_charset, received_at)
      values (gen_random_uuid(), $1, $2, $3, 'x', 'AE', '\\x00', 'utf-8', $4)`;
    const at = '2026-11-20T08:00:00.000Z';
    for (const outcome of ['dead', 'applied'])
      await sqlAs(servers.migrationUrl, insert, [organisationId, outcome, outcome, at]);
    const state = join(folder, 'feeding');
    mkdirSync(state);
    const feed = { MLLP_PORT: env['API_PORT']!, MLLP_TOKEN: 't', COUNTERSIGN_STATE_DIR: state };
    const mllp = async (changes = {}) =>
      (await examined({ ...feed, ...changes })).find(({ check }) => check === 'MLLP');
    const told = `last message ${at}, 1 dead letter(s)`;
    expect(await mllp()).toMatchObject({ state: 'warn', text: `port ${env['API_PORT']} not looked at, ${told}` });
    writeFileSync(join(state, 'supervisor.lock.1'), JSON.stringify(self()));
    expect(await mllp()).toMatchObject({ state: 'warn', text: `port ${env['API_PORT']} open, ${told}` });
    expect(await mllp({ MLLP_PORT: '1' })).toMatchObject({ state: 'fail', text: `port 1 closed, ${told}` });
    expect((await examined()).find(({ check }) => check === 'MLLP')).toBeUndefined();
  });

  it('finds an API that is not ready once the installation runs, and only its port before', async () => {
    const port = String(await choosePort({ part: 'api' }, new Set()));
    const text = `port ${port} is free for it`;
    expect(await examined({ API_PORT: port })).toContainEqual({ check: 'API', state: 'ok', text });
    const state = join(folder, 'running');
    mkdirSync(state);
    writeFileSync(join(state, 'supervisor.lock.1'), JSON.stringify(self()));
    const running = { COUNTERSIGN_STATE_DIR: state };
    expect(await examined(running)).toContainEqual(
      expect.objectContaining({ check: 'API', state: 'ok', text: expect.stringContaining('ready') }),
    );
    expect(await bad({ ...running, API_PORT: port })).toEqual([`API: nothing answers on port ${port}`]);
    const notOurs = new URL(model.baseUrl).port;
    expect(await bad({ ...running, API_PORT: notOurs })).toEqual([expect.stringMatching(/answers 404/)]);
  });
});
