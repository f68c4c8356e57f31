import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { verifyPassword } from '#libs/auth/password';
import { isSecret } from '#libs/auth/session';
import { parseServiceToken } from '#libs/auth/token';
import { startTestLedger, type TestLedger } from '../../../../test/support/command-ledger';
import { sqlAs } from '../../../../test/support/test-api';
import { seed } from '../commands/seed';
import { readDemoLogins, readDemoServiceAccount } from './demo-files';
import { demoHospital } from './hospital';

describe('seeding the demo hospital', () => {
  let ledger: TestLedger;
  const said: string[] = [];
  beforeAll(async () => {
    jest.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)));
    ledger = await startTestLedger();
  }, 60_000);
  afterAll(() => ledger.stop());
  beforeEach(() => (said.length = 0));

  const query = <Row>(sql: string, of = ledger) => sqlAs<Row>(of.config.database.migrationUrl!, sql);
  const seedIt = (of: TestLedger, ifEmpty = true) => of.work((open) => seed(open, { ifEmpty }));

  it('makes hospital, wards, people with roles and the feed, and audits each', async () => {
    await seedIt(ledger);
    const hospital = demoHospital();
    expect(await query('select name, is_demo, time_zone from organisation')).toEqual([
      { name: hospital.name, is_demo: true, time_zone: 'Asia/Shanghai' },
    ]);
    expect(await query('select login, display_name, licence_no from app_user order by login')).toEqual(
      hospital.people
        .map(({ login, name, licenceNo }) => ({ login, display_name: name, licence_no: licenceNo }))
        .toSorted((a, b) => (a.login < b.login ? -1 : 1)),
    );
    const grants = await query<{ login: string; role: string; codes: string[] }>(
      `select login, role, array_remove(array_agg(code order by code), null) codes from app_user u
       join role_grant g on g.user_id = u.id left join ward w on w.id = g.ward_id group by 1, 2`,
    );
    expect(grants).toContainEqual({ login: 'ward1', role: 'ward_nurse', codes: ['CARD', 'RESP'] });
    expect(grants).toContainEqual({ login: 'doctor1', role: 'physician', codes: [] });
    const audited = await query<{ action: string; n: number }>(
      `select action, count(*)::int n from audit where actor_name like 'command line (%' group by 1 order by 1`,
    );
    expect(audited).toEqual([
      { action: 'organisation.added', n: 1 },
      { action: 'service-account.added', n: 1 },
      { action: 'user.added', n: hospital.people.length },
      { action: 'user.role-granted', n: hospital.people.flatMap<string | null>(({ wards }) => wards ?? [null]).length },
      { action: 'ward.added', n: hospital.wards.length },
    ]);
  });

  it('keeps passwords that fit and a token that fits, for nobody else to read', async () => {
    const logins = readDemoLogins(ledger.config.stateDir)!;
    const hashes = new Map(
      (await query<{ login: string; password_hash: string }>('select login, password_hash from app_user')).map(
        ({ login, password_hash }) => [login, password_hash],
      ),
    );
    expect(logins).toHaveLength(hashes.size);
    expect(await query('select 1 from app_user where password_temporary_since is not null')).toEqual([]);
    for (const { username, password } of logins.slice(0, 3))
      expect(await verifyPassword(hashes.get(username)!, password)).toBe(true);
    const { token, scopes } = readDemoServiceAccount(ledger.config.stateDir)!;
    const [account] = await query<{ id: string; token_sha256: Buffer; scopes: string[] }>(
      'select * from service_account',
    );
    expect(isSecret(account!.token_sha256, parseServiceToken(token)!.secret)).toBe(true);
    expect(account!.scopes).toEqual(scopes);
    for (const name of ['demo-logins.json', 'demo-service-account.json'])
      expect(statSync(join(ledger.config.stateDir, name)).mode & 0o777).toBe(0o600);
  });

  it('stores no password or token in the clear', async () => {
    const logins = readDemoLogins(ledger.config.stateDir)!;
    const { token } = readDemoServiceAccount(ledger.config.stateDir)!;
    const rows = JSON.stringify([
      await query('select * from audit'),
      await query('select * from app_user'),
      await query('select * from service_account'),
    ]);
    for (const secret of [token.slice(-43), ...logins.map(({ password }) => password)])
      expect(rows).not.toContain(secret);
  });

  it('does nothing more when there is a hospital, and says how to get in when the passwords are lost', async () => {
    await seedIt(ledger);
    expect(said).toEqual([expect.stringContaining('nothing to do')]);
    expect(await query('select 1 from organisation')).toHaveLength(1);
    const lost = { ...ledger.config, stateDir: '/nonexistent' };
    await ledger.work((open) => seed({ ...open, config: lost }, { ifEmpty: true }));
    expect(said.at(-1)).toContain('countersign user password');
  });

  it('refuses a second hospital when it is asked for one', async () => {
    await expect(seedIt(ledger, false)).rejects.toThrow('There is a hospital already');
    expect(await query('select 1 from organisation')).toHaveLength(1);
  });

  it('gives other passwords to another installation, and one hospital to two seeds at once', async () => {
    const other = await ledger.another('other');
    const outcomes = await Promise.allSettled([seedIt(other), seedIt(other)]);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await query('select 1 from organisation', other)).toHaveLength(1);
    const [mine, theirs] = [readDemoLogins(ledger.config.stateDir)!, readDemoLogins(other.config.stateDir)!];
    expect(theirs.map(({ username }) => username)).toEqual(mine.map(({ username }) => username));
    expect(theirs[0]!.password).not.toBe(mine[0]!.password);
    const [nurse] = await query<{ password_hash: string }>(
      `select password_hash from app_user where login = 'nurse1'`,
      other,
    );
    expect(await verifyPassword(nurse!.password_hash, theirs[0]!.password)).toBe(true);
  });

  it('keeps nothing of a seed that fails', async () => {
    const broken = await ledger.another('broken');
    await sqlAs(broken.config.database.migrationUrl!, `alter table service_account add check (name <> name)`);
    await expect(seedIt(broken)).rejects.toThrow();
    expect(await query('select 1 from organisation', broken)).toHaveLength(0);
    expect(existsSync(join(broken.config.stateDir, 'demo-logins.json'))).toBe(false);
  });

  it('has a state folder whose files are JSON for a later start', () => {
    const logins = JSON.parse(readFileSync(join(ledger.config.stateDir, 'demo-logins.json'), 'utf8')) as object[];
    expect(Object.keys(logins[0]!).sort()).toEqual(['name', 'password', 'role', 'username']);
  });
});
