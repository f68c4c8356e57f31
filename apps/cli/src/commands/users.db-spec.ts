import { verifyPassword } from '#libs/auth/password';
import { newSessionSecrets, secretHash } from '#libs/auth/session';
import { v7 as uuidv7 } from 'uuid';
import { startTestLedger, type TestLedger } from '../../../../test/support/command-ledger';
import { sqlAs } from '../../../../test/support/test-api';
import { type CommandLedger, inLedger } from './ledger';
import { addUser, resetPassword, type UserToAdd } from './users';
import { addNewWard } from './ward';

describe('people added by a command', () => {
  let ledger: TestLedger;
  beforeAll(async () => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    ledger = await startTestLedger();
  }, 60_000);
  afterAll(() => ledger.stop());

  const query = <Row>(sql: string, values: readonly unknown[] = []) =>
    sqlAs<Row>(ledger.config.database.migrationUrl!, sql, values);
  const first: UserToAdd = { login: 'admin', name: '王敏', role: 'security_admin' };
  const add = (user: UserToAdd) => ledger.work((open) => addUser(open, user));
  const audits = (action: string) =>
    query<{ actor_kind: string; actor_name: string; entity_id: string; detail: object }>(
      'select actor_kind, actor_name, entity_id, detail from audit where action = $1 order by at',
      [action],
    );

  it('need a hospital, which the first of them founds', async () => {
    await expect(add(first)).rejects.toThrow('--organisation');
    expect(await query('select 1 from app_user')).toHaveLength(0);
    const password = await add({ ...first, organisation: '人民医院' });
    expect(await query('select name, time_zone, is_demo from organisation')).toEqual([
      { name: '人民医院', time_zone: 'Asia/Shanghai', is_demo: false },
    ]);
    const [user] = await query<{ password_hash: string; temporary: boolean }>(
      'select password_hash, password_temporary_since is not null as temporary from app_user',
    );
    expect(user!.temporary).toBe(true);
    expect(await verifyPassword(user!.password_hash, password)).toBe(true);
    expect(await query('select role, ward_id from role_grant')).toEqual([{ role: 'security_admin', ward_id: null }]);
  });

  it('are audited in the name of whoever sat at the terminal', async () => {
    const [row] = await audits('user.added');
    expect(row).toMatchObject({ actor_kind: 'system', entity_id: expect.any(String) });
    expect(row!.actor_name).toMatch(/^command line \(.+\)$/);
    expect(await audits('user.role-granted')).toMatchObject([{ detail: { role: 'security_admin', wardId: null } }]);
    expect(await audits('organisation.added')).toHaveLength(1);
  });

  it('reach only the wards that are named, which must exist', async () => {
    await expect(add({ login: 'n1', name: '李芳', role: 'triage_nurse', ward: ['ED'] })).rejects.toThrow('ward add');
    await ledger.work((open) => addNewWard(open, { code: 'ED', name: '急诊' }));
    await add({ login: 'n1', name: '李芳', role: 'triage_nurse', ward: ['ED'], licence: 'N-1' });
    expect(
      await query(
        `select code, licence_no from role_grant g join ward w on w.id = g.ward_id join app_user u on u.id = g.user_id`,
      ),
    ).toEqual([{ code: 'ED', licence_no: 'N-1' }]);
    expect(await query(`select 1 from audit where action = 'user.added'`)).toHaveLength(2);
  });

  it('refuses a ward code that is taken', async () => {
    await expect(ledger.work((open) => addNewWard(open, { code: 'ED', name: '另一个' }))).rejects.toThrow('ED already');
  });

  it('cannot be an administrator of a ward, nor take a login of somebody else', async () => {
    await expect(add({ login: 'a2', name: '赵刚', role: 'auditor', ward: ['ED'] })).rejects.toThrow('whole hospital');
    await expect(add(first)).rejects.toThrow('taken');
    expect(await query('select 1 from app_user')).toHaveLength(2);
  });

  it('get a new password that works in place of the old one, unlocked, with their sessions ended', async () => {
    const [user] = await query<{ id: string; password_hash: string }>(`select * from app_user where login = 'n1'`);
    const { token, csrfToken } = newSessionSecrets();
    await query(
      `insert into session (id, user_id, token_sha256, csrf_sha256, expires_at) values ($1, $2, $3, $4, now() + interval '1 h')`,
      [uuidv7(), user!.id, secretHash(token), secretHash(csrfToken)],
    );
    await query(`update app_user set failed_logins = 9, locked_until = now() + interval '1 h' where id = $1`, [
      user!.id,
    ]);
    const password = await ledger.work((open: CommandLedger) => resetPassword(open, 'n1'));
    const [after] = await query<{ password_hash: string; failed_logins: number; locked_until: Date | null }>(
      'select * from app_user where id = $1',
      [user!.id],
    );
    expect(await verifyPassword(after!.password_hash, password)).toBe(true);
    expect(after).toMatchObject({ failed_logins: 0, locked_until: null });
    expect(await query('select 1 from session where ended_at is null')).toHaveLength(0);
    expect(await audits('user.password-reset')).toMatchObject([{ entity_id: user!.id }]);
    const [admin] = await query<{ failed: number }>(`select failed_logins failed from app_user where login = 'admin'`);
    expect(admin).toEqual({ failed: 0 });
  });

  it('gives nobody a password for a login that nobody has', async () => {
    await expect(ledger.work((open) => resetPassword(open, 'nobody'))).rejects.toThrow('Nobody has the login nobody');
    expect(await audits('user.password-reset')).toHaveLength(1);
  });

  it('opens no ledger whose keys are gone, and none without a schema', async () => {
    const bare = await ledger.postgres.database('bare');
    const config = { ...ledger.config, database: { ...ledger.config.database, ...bare } };
    await expect(inLedger(config, async () => 'opened')).rejects.toThrow('countersign db migrate');
    await sqlAs(ledger.config.database.migrationUrl!, 'delete from encryption_key');
    await expect(ledger.work(async () => 'opened')).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
    const away = { ...ledger.config, database: { ...config.database, url: 'postgresql://a:b@127.0.0.1:1/c' } };
    await expect(inLedger(away, async () => 'opened')).rejects.toThrow('npm start');
  });
});
