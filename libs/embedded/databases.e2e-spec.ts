import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { startTestPostgres, type TestPostgres } from '../../test/support/embedded';
import { runsAsRoot } from './account';
import { ensureDatabases } from './databases';
import { startPostgres } from './postgres';
import { clearLeftovers, findPlace, initialise } from './postgres-data';
import { textOf } from './start-error';

const query = async <T extends object>(connectionString: string, text: string): Promise<T[]> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
};

describe('databases and roles', () => {
  let started: TestPostgres;
  beforeAll(async () => (started = await startTestPostgres()), 60_000);
  afterAll(() => started?.stop());

  const owner = { name: 'an_owner', password: 'first' };
  const guest = { name: 'a_guest', password: 'first' };
  const ensure = () => ensureDatabases(started.adminUrl, [{ name: 'ours', owner, guests: [guest] }]);
  const url = ({ name, password }: { name: string; password: string }) => started.postgres.url(name, password, 'ours');

  it('are made, and made again without harm to what is in them', async () => {
    await ensure();
    await query(url(owner), 'create table kept as select 1 as id');
    await ensure();
    expect(await query(url(owner), 'select id from kept')).toEqual([{ id: 1 }]);
  });

  it('let in the owner and the guests, who own nothing, and nobody else', async () => {
    expect(await query(url(guest), 'select current_user as name')).toEqual([{ name: 'a_guest' }]);
    await expect(query(url(guest), 'select id from kept')).rejects.toThrow(/permission denied/);
    await expect(query(url(guest), 'create temp table t ()')).rejects.toThrow(/permission denied/);
    await expect(query(started.url.replace(/\w+$/, 'ours'), 'select 1')).rejects.toThrow(/permission denied/);
  });

  it('get the password of the state folder back, whatever somebody made of it', async () => {
    await query(started.adminUrl, `alter role a_guest password 'forgotten'`);
    await expect(query(url(guest), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await ensure();
    expect(await query(url(guest), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('lose rights that somebody gave them', async () => {
    await query(started.adminUrl, 'alter role a_guest superuser bypassrls createdb createrole');
    await query(started.adminUrl, 'grant create, temp on database ours to public');
    await ensure();
    const [role] = await query(
      url(guest),
      'select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
    );
    expect(Object.values(role!)).toEqual([false, false, false, false]);
    await expect(query(url(guest), 'create schema mine')).rejects.toThrow(/permission denied/);
  });

  it('take names and passwords as they are, not as SQL', async () => {
    const odd = { name: `o'dd "role"`, password: `p'; drop database ours; --` };
    await ensureDatabases(started.adminUrl, [{ name: 'odd "one"', owner: odd }]);
    const client = new Client({
      host: '127.0.0.1',
      port: started.postgres.port,
      user: odd.name,
      password: odd.password,
      database: 'odd "one"',
    });
    await client.connect();
    await client.end();
    expect(await query(url(guest), 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('the data of PostgreSQL', () => {
  let started: TestPostgres;
  beforeAll(async () => {
    started = await startTestPostgres();
    await started.postgres.part.stop();
  }, 60_000);
  afterAll(() => started?.stop());

  const wish = () => ({ stateDir: started.state.dir, installId: started.state.installId, env: process.env });
  const start = (password: string) =>
    startPostgres({ ...wish(), ports: started.state.ports, password, logFile: started.state.logFile('postgres') });

  it('are found again where they lie', async () => {
    expect((await findPlace(wish())).data).toBe(started.postgres.data);
  });

  it('are refused under another installation’s password, and left as they are', async () => {
    const failed = start('not-the-password');
    await expect(failed).rejects.toMatchObject({ code: 'STATE_UNUSABLE' });
    expect(await failed.catch(textOf)).toContain('another installation');
    const again = await start(started.state.secrets.postgres);
    await again.part.stop();
  });

  it('of another major version are refused, and left as they are', async () => {
    const place = await findPlace(wish());
    const file = join(place.data, 'PG_VERSION');
    const version = readFileSync(file, 'utf8');
    writeFileSync(file, '15\n');
    const text = await initialise(place, 'x').then(() => 'accepted', textOf);
    expect(text).toContain('made by PostgreSQL 15');
    writeFileSync(file, version);
    expect(existsSync(join(place.data, 'base'))).toBe(true);
  });

  it('are made in one step: what a killed start left half is removed', async () => {
    const place = await findPlace(wish());
    const other = join(dirname(place.data), 'elsewhere', 'postgres');
    const half = join(dirname(other), '.postgres.unfinished-1000000000-abc');
    mkdirSync(half, { recursive: true });
    if (place.account) chownSync(dirname(other), place.account.uid, place.account.gid);
    writeFileSync(join(half, 'PG_VERSION'), '18\n');
    await initialise({ ...place, data: other }, 'a-password');
    expect(readdirSync(dirname(other))).toEqual(['postgres']);
    expect(readFileSync(join(other, 'PG_VERSION'), 'utf8').trim()).toBe('18');
  });

  it('are free of a lock file that nobody holds any more', async () => {
    const lock = join(started.postgres.data, 'postmaster.pid');
    writeFileSync(lock, '1000000000\n');
    await clearLeftovers(started.postgres.data);
    expect(existsSync(lock)).toBe(false);
  });

  it('lie outside the state folder only where PostgreSQL must not run as we do', () => {
    expect(started.postgres.data.startsWith(`${started.state.dir}/`)).toBe(!runsAsRoot());
    if (runsAsRoot()) expect(dirname(started.postgres.data)).toContain(started.state.installId);
  });
});
