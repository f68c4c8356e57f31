import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { type DataSource } from 'typeorm';
import { type Principal, type UserPrincipal } from '#libs/auth/principal';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { isRefusal } from '#libs/review/refusal';
import { startTestPostgres, type TestPostgres } from '../../../test/support/embedded';
import { migrateTestDatabase, sqlAs } from '../../../test/support/test-api';
import { makeHospital, type TestHospital } from '../../../test/support/test-people';
import { connectPatiently } from '../connect-patiently';
import { createFieldCipher } from '../field-cipher';
import { createInTransaction, type InTransaction } from '../transaction';
import { type AuditFilter, searchAudit } from './audit.store';
import { endSwitch, insertSwitch, liveSwitches } from './manual-switch.store';
import { record } from './record.store';
import { effectiveRollout } from './rollout.store';
import { readSetting, writeSetting } from './setting.store';
import { deleteGrant, findUser, insertGrant, insertUser, listUsers } from './user.store';

describe('the stores of administration', () => {
  let postgres: TestPostgres;
  let source: DataSource;
  let inTransaction: InTransaction;
  let here: TestHospital;
  let there: TestHospital;
  let admin: UserPrincipal;
  let stranger: UserPrincipal;

  const principalOf = (hospital: TestHospital, { id, login }: { id: string; login: string }): UserPrincipal => ({
    kind: 'user',
    id,
    name: login,
    organisationId: hospital.organisationId,
    sessionId: uuidv7(),
    grants: [{ role: 'security_admin', wardId: null }],
  });

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    here = await makeHospital(postgres.migrationUrl);
    there = await makeHospital(postgres.migrationUrl, '另一家医院');
    admin = principalOf(here, await here.person('admin', []));
    stranger = principalOf(there, await there.person('stranger', []));
    source = await connectPatiently({ url: postgres.url });
    const kek = randomBytes(32);
    inTransaction = createInTransaction(source, createFieldCipher(unwrapRing(kek, createRing(kek, new Date()))));
  });

  afterAll(async () => {
    await source?.destroy();
    await postgres?.stop();
  });

  describe('settings', () => {
    const write = (as: Principal, version: number, mode: string) =>
      inTransaction(as, (tx) => writeSetting(tx, 'rollout.triage', { value: { mode }, version }));

    it('are written from the version that was read, by exactly one of many', async () => {
      expect(await inTransaction(admin, (tx) => readSetting(tx, 'rollout.triage'))).toEqual({
        value: null,
        version: 0,
      });
      const first = await Promise.all(Array.from({ length: 8 }, (_, n) => write(admin, 0, `m${n}`)));
      expect(first.filter((version) => version === 1)).toHaveLength(1);
      expect(first.filter((version) => version === null)).toHaveLength(7);
      expect(await write(admin, 1, 'shadow')).toBe(2);
      expect(await write(admin, 1, 'draft')).toBeNull();
      expect(await write(admin, 7, 'draft')).toBeNull();
      expect(await inTransaction(admin, (tx) => readSetting(tx, 'rollout.triage'))).toEqual({
        value: { mode: 'shadow' },
        version: 2,
      });
    });

    it('are each hospital’s own', async () => {
      expect(await inTransaction(stranger, (tx) => readSetting(tx, 'rollout.triage'))).toEqual({
        value: null,
        version: 0,
      });
      expect(await inTransaction(stranger, (tx) => effectiveRollout(tx, 'triage'))).toMatchObject({
        because: 'default',
      });
    });
  });

  describe('manual switches', () => {
    it('override the setting until the last of them ends', async () => {
      const set = (hours: number) =>
        inTransaction(admin, (tx) => insertSwitch(tx, { process: 'triage', reason: '模型异常', hours }));
      const [short, long] = [await set(1), await set(24)];
      expect(long.expiresAt.getTime() - long.setAt.getTime()).toBe(86_400_000);
      const effective = () => inTransaction(admin, (tx) => effectiveRollout(tx, 'triage'));
      expect(await effective()).toEqual({
        mode: 'off',
        because: 'manual-switch',
        until: long.expiresAt,
        blindPercent: 0,
      });
      const live = await inTransaction(admin, (tx) => liveSwitches(tx, 'triage'));
      expect(live.map(({ id }) => id)).toEqual([long.id, short.id]);
      expect(await inTransaction(stranger, (tx) => endSwitch(tx, long.id))).toBeNull();
      expect(await inTransaction(admin, (tx) => endSwitch(tx, long.id))).toBe('triage');
      expect(await inTransaction(admin, (tx) => endSwitch(tx, long.id))).toBeNull();
      expect((await effective()).until).toEqual(short.expiresAt);
      await inTransaction(admin, (tx) => endSwitch(tx, short.id));
      expect(await effective()).toMatchObject({ mode: 'shadow', because: 'setting' });
    });

    it('never hold longer than a day, whoever asks', async () => {
      const set = inTransaction(admin, (tx) => insertSwitch(tx, { process: 'triage', reason: 'x', hours: 25 }));
      await expect(set).rejects.toThrow(/manual_switch/);
      const system: Principal = { kind: 'system', name: 'worker', organisationId: here.organisationId };
      const byMachine = inTransaction(system, (tx) => insertSwitch(tx, { process: 'triage', reason: 'x', hours: 1 }));
      await expect(byMachine).rejects.toThrow('only a person');
    });
  });

  describe('people', () => {
    it('are listed, found and changed in their own hospital only', async () => {
      const added = await inTransaction(admin, (tx) =>
        insertUser(tx, { login: 'added', displayName: '新人', licenceNo: null, passwordHash: 'x', temporary: false }),
      );
      if (isRefusal(added)) throw new Error(added.code);
      expect(await inTransaction(stranger, (tx) => findUser(tx, added.id))).toBeNull();
      const logins = await inTransaction(admin, (tx) => listUsers(tx, { afterLogin: '', limit: 10 }));
      expect(logins.map(({ login }) => login)).toEqual(['added', 'admin']);
      const taken = await inTransaction(stranger, (tx) =>
        insertUser(tx, { login: 'added', displayName: '新人', licenceNo: null, passwordHash: 'x', temporary: false }),
      );
      expect(taken).toMatchObject({ refused: true, code: 'CONFLICT' });
    });

    it('hold one administrator’s role at most, and each role once', async () => {
      const person = await here.person('roles', []);
      const give = (role: 'auditor' | 'system_admin' | 'coder', wardId: string | null = null) =>
        inTransaction(admin, async (tx) => {
          const user = await findUser(tx, person.id);
          return insertGrant(tx, user!, { role, wardId });
        });
      const made = await give('auditor');
      expect(await give('system_admin')).toMatchObject({ code: 'CONFLICT', detail: { holds: 'auditor' } });
      expect(await give('coder', here.wards[0])).toHaveProperty('id');
      expect(await give('coder', here.wards[0])).toMatchObject({
        code: 'CONFLICT',
        detail: { reason: 'held-already' },
      });
      expect(await give('coder', there.wards[0])).toMatchObject({ code: 'NOT_FOUND' });
      if (isRefusal(made)) throw new Error(made.code);
      expect(await inTransaction(admin, (tx) => deleteGrant(tx, stranger.id, made.id))).toBe(false);
      expect(await inTransaction(admin, (tx) => deleteGrant(tx, person.id, made.id))).toBe(true);
      expect(await give('system_admin')).toHaveProperty('id');
    });
  });

  describe('the audit', () => {
    const cases = [uuidv7(), uuidv7()];
    const search = (filter: AuditFilter, as: Principal = admin) =>
      inTransaction(as, (tx) => searchAudit(tx, filter, { after: null, limit: 100 }));

    beforeAll(async () => {
      for (const [n, caseIds] of [[cases[0]!], [cases[1]!], cases].entries())
        await inTransaction(admin, (tx) =>
          record(tx, {
            audit: { action: `test.${n}`, entityType: 'case', caseIds, outcome: n === 2 ? 'shown' : 'done' },
          }),
        );
    });

    it('is found by case, actor, action, outcome and time', async () => {
      const actions = async (filter: AuditFilter) => (await search(filter)).map(({ action }) => action);
      expect(await actions({ caseIds: [cases[0]!] })).toEqual(['test.2', 'test.0']);
      expect(await actions({ caseIds: [cases[1]!], outcome: 'shown' })).toEqual(['test.2']);
      expect(await actions({ action: 'test.1', actorId: admin.id })).toEqual(['test.1']);
      expect(await actions({ action: 'test.1', actorId: stranger.id })).toEqual([]);
      const [, middle] = await search({ actorId: admin.id });
      expect(await actions({ from: middle!.at })).toEqual(['test.2', 'test.1']);
      expect(await actions({ to: middle!.at, actorId: admin.id })).toEqual(['test.0']);
    });

    it('goes on after a row even where many have the same time', async () => {
      await sqlAs(
        postgres.migrationUrl,
        `insert into audit (id, organisation_id, at, actor_kind, actor_name, action, entity_type, outcome)
         select gen_random_uuid(), $1, '2026-01-01T00:00:00.123456Z', 'system', 'x', 'test.same', 'case', 'done'
         from generate_series(1, 25)`,
        [here.organisationId],
      );
      const ids: string[] = [];
      let after: { at: string; id: string } | null = null;
      for (let page = 0; page < 5; page += 1) {
        const rows = await inTransaction(admin, (tx) => searchAudit(tx, { action: 'test.same' }, { after, limit: 7 }));
        ids.push(...rows.map(({ id }) => id));
        after = rows.at(-1) ?? after;
      }
      expect(new Set(ids).size).toBe(25);
      expect(ids).toHaveLength(25);
    });

    it('shows nothing of another hospital', async () => {
      expect(await search({}, stranger)).toEqual([]);
    });
  });
});
