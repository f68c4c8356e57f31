import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { startTestPostgres, type TestPostgres } from '../../test/support/embedded';
import { runsAsRoot } from './account';
import { openPortBook } from './ports';
import { startPostgres } from './postgres';

const query = async <T extends object>(connectionString: string, text: string): Promise<T[]> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
};

describe('the embedded PostgreSQL', () => {
  let started: TestPostgres;
  beforeAll(async () => (started = await startTestPostgres()), 60_000);
  afterAll(() => started?.stop());

  it('runs unprivileged, with its state folder closed to everybody else', () => {
    const { dir } = started.state;
    chmodSync(dir, 0o700);
    expect(statSync(started.postgres.data).mode & 0o777).toBe(0o700);
    const owner = readFileSync(`/proc/${started.postgres.part.pid()}/status`, 'utf8');
    expect(owner).not.toMatch(/^Uid:\s+0\s/m);
    if (runsAsRoot()) expect(started.postgres.data.startsWith(dir)).toBe(false);
    for (const file of ['secrets.json', 'ports.json', 'install-id'])
      expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
  });

  it('answers a commit when it is on disk, in UTF-8 and code-point order', async () => {
    const settings = ['synchronous_commit', 'fsync', 'server_encoding', 'data_checksums', 'max_connections'];
    const rows = await query<Record<string, string>>(
      started.url,
      `select ${settings.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
    );
    expect(Object.values(rows[0]!)).toEqual(['on', 'on', 'UTF8', 'on', '200']);
    const sorted = await query<{ name: string }>(
      started.url,
      `select name from (values ('ä'), ('b'), ('张')) v(name) order by 1`,
    );
    expect(sorted.map(({ name }) => name)).toEqual(['b', 'ä', '张']);
  });

  it('has the extensions the ledger needs, and lets its owner install them', async () => {
    for (const name of ['btree_gist', 'pgcrypto', 'pg_trgm'])
      await query(started.migrationUrl, `create extension ${name}`);
    const [row] = await query<{ same: number }>(started.url, `select similarity('胸痛两小时', '胸痛') as same`);
    expect(row!.same).toBeGreaterThan(0);
  });

  it('gives the application a role that owns nothing and cannot make anything', async () => {
    const [role] = await query(
      started.url,
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user',
    );
    expect(Object.values(role!)).toEqual([false, false, false, false, false]);
    await expect(query(started.url, 'create table mine ()')).rejects.toThrow(/permission denied/);
    await expect(query(started.url, 'create schema mine')).rejects.toThrow(/permission denied/);
    const owned = await query(
      started.url,
      'select from pg_class join pg_roles r on r.oid = relowner where rolname = current_user',
    );
    expect(owned).toEqual([]);
  });

  it('refuses a wrong password and keeps the roles out of other databases', async () => {
    await expect(query(started.url.replace(/:[^:@]*@/, ':wrong@'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
    await expect(query(started.url.replace(/\w+$/, 'postgres'), 'select 1')).rejects.toThrow(/permission denied/);
  });

  it('writes neither statements nor the details of errors to its log', async () => {
    await query(started.migrationUrl, 'create table secret (name text unique)');
    const insert = `insert into secret values ('张三-canary')`;
    await query(started.migrationUrl, insert);
    await expect(query(started.migrationUrl, insert)).rejects.toMatchObject({ code: '23505' });
    const log = readFileSync(started.state.logFile('postgres'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('canary');
  });

  it('is back after kill -9 with everything that was committed', async () => {
    await query(started.migrationUrl, 'create table kept (id int)');
    await query(started.migrationUrl, 'insert into kept values (1)');
    const before = started.postgres.part.pid();
    started.postgres.part.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await started.postgres.part.ready();
    expect(started.postgres.part.pid()).not.toBe(before);
    expect(await query(started.migrationUrl, 'select id from kept')).toEqual([{ id: 1 }]);
  });

  it('starts over a lock file whose pid is somebody else’s by now', async () => {
    await started.postgres.part.stop();
    const lines = `${process.pid}\n${started.postgres.data}\n1\n${started.postgres.port}\n\n127.0.0.1\n0 0\n`;
    writeFileSync(join(started.postgres.data, 'postmaster.pid'), lines);
    await started.postgres.part.start();
    expect(await query(started.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses a port that was asked for and is taken', async () => {
    const server: Server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = (server.address() as { port: number }).port;
    const { state } = started;
    const options = { stateDir: state.dir, installId: state.installId, env: process.env, password: 'x', port };
    const second = startPostgres({ ...options, ports: openPortBook(join(state.dir, 'p.json')), logFile: '/dev/null' });
    await expect(second).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      detail: { text: expect.stringContaining(String(port)) },
    });
    server.close();
  });
});

describe('two PostgreSQLs', () => {
  it('run beside each other, and leave nothing behind', async () => {
    const pair = await Promise.all([startTestPostgres(), startTestPostgres()]);
    const [one, two] = pair;
    expect(one.postgres.port).not.toBe(two.postgres.port);
    expect(one.postgres.data).not.toBe(two.postgres.data);
    await expect(
      query(one.url.replace(`:${one.postgres.port}/`, `:${two.postgres.port}/`), 'select 1'),
    ).rejects.toThrow();
    await Promise.all(pair.map((each) => each.stop()));
    for (const { postgres, state } of pair) {
      expect(existsSync(postgres.data)).toBe(false);
      expect(existsSync(state.dir)).toBe(false);
    }
  });
});
