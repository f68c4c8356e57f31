import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Principal } from '#libs/auth/principal';
import { type SecuredLedger, startSecuredLedger } from '../../test/support/secured-ledger';
import { connectionFaults } from './boot-checks';
import { connectDataSource, poolOf } from './data-source';
import { migrate } from './migrate';
import { RowSecurity1764000000004 } from './migrations/0004-row-security';
import { openTables, securedTables, securitySql, unsecuredTables } from './row-security';
import { createInTransaction, type InTransaction, type Tx } from './transaction';

const tables = Object.keys(securedTables);
const countAll = tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ');
type Counts = Readonly<Record<string, number>>;
const none: Counts = Object.fromEntries(tables.map((table) => [table, 0]));

/* What an administrator of every ward and a reader without a ward may know of a hospital, and nobody of one ward. */
const ofOrganisation = ['patient', 'patient_identifier', 'visit', 'admission_request'];
const ofNoWard = ['inbound_message', 'audit', 'outbox', 'change_feed'];
/* What is one person's own, whoever they are. */
const ofOnePerson = ['stored_reply', 'shift_handover', 'person_preferences', 'saved_filter'];

describe('A-2 row security', () => {
  let at: SecuredLedger;
  let whole: Counts;

  beforeAll(async () => {
    at = await startSecuredLedger();
    [whole] = (await at.ledger.sql<Counts>(`select ${countAll}`)) as [Counts];
  }, 60_000);
  afterAll(() => at?.ledger.stop());

  const as = <T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> =>
    at.ledger.inTransaction(principal, work);
  const query = <Row>(principal: Principal, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    as(principal, (tx) => tx.query<Row>(sql, parameters));
  const seen = async (principal: Principal): Promise<Counts> =>
    (await query<Counts>(principal, `select ${countAll}`))[0]!;
  const only = (names: readonly string[]): Counts =>
    Object.fromEntries(tables.map((table) => [table, names.includes(table) ? whole[table]! : 0]));
  const asRole = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const countsAs = async (url: string): Promise<Counts> =>
    asRole(url, async (client) => (await client.query<Counts>(`select ${countAll}`)).rows[0]!);
  const plainOwner = (): string => {
    const { state, postgres } = at.ledger.postgres;
    return postgres.url('countersign_owner', state.secrets.owner, 'countersign');
  };

  describe('is in force', () => {
    it('with FORCE and one policy on every table but those without rows of patients', async () => {
      const found = await at.ledger.sql<{ name: string; forced: boolean }>(
        `select relname "name", relrowsecurity and relforcerowsecurity forced from pg_class
         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
      );
      const named = (forced: boolean) => found.filter((one) => one.forced === forced).map(({ name }) => name);
      expect(named(true).toSorted()).toEqual(tables.toSorted());
      expect(named(false).toSorted()).toEqual([...openTables].toSorted());
      expect(await unsecuredTables(at.ledger.source)).toEqual([]);
      expect(await connectionFaults(at.ledger.source)).toEqual([]);
    });

    it('past no view and no function of its owner', async () => {
      const past = await at.ledger.sql(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and (relkind = 'm'
           or relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false))
         union all select p.proname from pg_proc p left join pg_depend d on d.objid = p.oid and d.deptype = 'e'
           where p.pronamespace = 'public'::regnamespace and p.prosecdef and d.objid is null`,
      );
      expect(past).toEqual([]);
    });

    it('or the process does not serve', async () => {
      await at.ledger.sql('alter table fact no force row level security');
      await at.ledger.sql('create policy more on task using (true)');
      const fault = 'row security is not in force on fact, task';
      expect(await connectionFaults(at.ledger.source)).toEqual([fault]);
      await at.ledger.sql('drop policy more on task');
      await at.ledger.sql('alter table fact force row level security');
      expect(await connectionFaults(at.ledger.source)).toEqual([]);
    });

    it('in a ledger that was migrated further before it came', async () => {
      // Made since, by a migration that needs the functions of this one.
      const since = ['shift_handover_item', 'shift_handover', 'pre_notice', 'person_preferences', 'saved_filter'];
      const runner = at.ledger.owner.createQueryRunner();
      for (const table of since)
        await runner.query(`drop policy reach on ${table};
          alter table ${table} disable row level security, no force row level security`);
      await new RowSecurity1764000000004().down(runner);
      await runner.query(`delete from migrations where name = 'RowSecurity1764000000004'`);
      await runner.release();
      expect(await unsecuredTables(at.ledger.source)).toEqual(tables.toSorted());
      await migrate({ url: plainOwner(), applicationRole: 'countersign_app' });
      await at.ledger.sql(securitySql(since));
      expect(await unsecuredTables(at.ledger.source)).toEqual([]);
    });
  });

  describe('shows', () => {
    it('something of every table to look at', () => {
      expect(Object.entries(whole).filter(([, rows]) => rows === 0)).toEqual([]);
    });

    it('nothing without a principal: to the application, nor to the owner', async () => {
      expect(await countsAs(at.ledger.postgres.url)).toEqual(none);
      expect(await countsAs(plainOwner())).toEqual(none);
      expect(await countsAs(at.ledger.postgres.postgres.adminUrl('countersign'))).toEqual(whole);
    });

    it('the ward’s rows to whoever works there, the hospital’s to whoever reaches all its wards', async () => {
      expect(await seen(at.here)).toEqual(only(tables.filter((table) => !ofNoWard.includes(table))));
      const all = tables.filter((table) => !['change_feed', ...ofOnePerson].includes(table));
      expect(await seen(at.everywhere)).toEqual(only(all));
      expect(await seen(at.machine)).toEqual(only(all));
    });

    it('of another ward only who the patients are, and nothing to a stranger or to somebody without a role', async () => {
      expect(await seen(at.there)).toEqual(only(ofOrganisation));
      expect(await seen(at.foreign)).toEqual(none);
      expect(await seen(at.nobody)).toEqual(none);
    });

    it('no more through a view of the owner', async () => {
      await at.ledger.sql('create view looked as select * from fact');
      await at.ledger.sql('grant select on looked to countersign_app');
      expect(await query(at.there, 'select from looked')).toEqual([]);
      expect(await query(at.here, 'select from looked')).toHaveLength(whole['fact']!);
      await at.ledger.sql('drop view looked');
    });
  });

  describe('lets nobody', () => {
    const refuses = (principal: Principal, sql: string, parameters: readonly unknown[] = []) =>
      expect(query(principal, sql, parameters)).rejects.toMatchObject({ driverError: { code: '42501' } });
    const changed = async (principal: Principal, sql: string, parameters: readonly unknown[]) =>
      (await query(principal, `with c as (${sql} returning 1) select 1 from c`, parameters)).length;

    it('hang anything on a case or a review out of reach', async () => {
      const hanging = Object.entries(securedTables).flatMap(([table, { rows, on = {} }]): [string, string][] => {
        if (rows === 'case' || 'case_id' in on) return [[table, 'case_id']];
        return rows === 'review' ? [[table, 'review_id']] : [];
      });
      expect(hanging.length).toBeGreaterThanOrEqual(15);
      for (const [table, column] of hanging) {
        // A copy of a row that is there, which claims to be of whoever writes it.
        const [copied] = await at.ledger.sql<{ row: object }>(
          `select to_jsonb(t) row from ${table} t where ${column} is not null limit 1`,
        );
        const insert = (principal: Principal, wardId: string): Promise<unknown> =>
          query(
            principal,
            `insert into ${table} overriding system value select * from jsonb_populate_record(null::${table}, $1)`,
            [JSON.stringify({ ...copied!.row, organisation_id: principal.organisationId, ward_id: wardId })],
          );
        for (const principal of [at.there, at.foreign, at.nobody])
          await expect(insert(principal, at.ledger.otherWard)).rejects.toThrow(`security policy for table "${table}"`);
        await expect(insert(at.here, at.ledger.ward)).rejects.toThrow('duplicate key');
      }
    });

    it('change, lock or take away a row out of reach', async () => {
      const [{ caseId, reviewId }] = at.patients;
      for (const principal of [at.there, at.foreign, at.nobody]) {
        expect(await changed(principal, 'update cases set version = version + 1 where id = $1', [caseId])).toBe(0);
        expect(await changed(principal, 'update review set claimed_by = null where id = $1', [reviewId])).toBe(0);
        expect(await changed(principal, 'delete from amendment where $1 = $1', [1])).toBe(0);
        expect(await query(principal, 'select from triage_case where case_id = $1 for update', [caseId])).toEqual([]);
        expect(await query(principal, 'select correction_of($1) id', [caseId])).toEqual([{ id: null }]);
      }
    });

    it('move a case to a ward out of reach, nor to another hospital', async () => {
      const [, { caseId }] = at.patients;
      const move = 'update cases set ward_id = $2 where id = $1';
      await refuses(at.here, move, [caseId, at.ledger.otherWard]);
      expect(await changed(at.both, move, [caseId, at.ledger.otherWard])).toBe(1);
      expect(await changed(at.here, move, [caseId, at.ledger.ward])).toBe(0);
      expect(await changed(at.machine, move, [caseId, at.ledger.ward])).toBe(1);
      await refuses(
        at.here,
        `insert into audit (id, organisation_id, actor_kind, actor_name, action, entity_type, outcome)
        values ($1, $2, 'system', 'x', 'x', 'x', 'done')`,
        [randomUUID(), at.foreign.organisationId],
      );
    });

    it('learn more of a row out of reach than that its id is taken', async () => {
      const [{ caseId }] = at.patients;
      const insert = `insert into cases select * from jsonb_populate_record(null::cases, $1)`;
      const [stored] = await at.ledger.sql<{ row: object }>('select to_jsonb(c) row from cases c where id = $1', [
        caseId,
      ]);
      const tried = (more: object) => query(at.there, insert, [JSON.stringify({ ...stored!.row, ...more })]);
      await expect(tried({})).rejects.toMatchObject({ driverError: { code: '42501', detail: undefined } });
      const taken = { code: '23505', detail: undefined };
      await expect(tried({ ward_id: at.ledger.otherWard })).rejects.toMatchObject({ driverError: taken });
    });

    it('pass a check at commit by seeing less there', async () => {
      const [, { reviewId }] = at.patients;
      const decided = as(at.here, async (tx) => {
        await tx.query(
          `update review set state = 'decided', version = version + 1, decided_at = now(), claimed_by = null,
             lease_expires_at = null where id = $1`,
          [reviewId],
        );
        for (const name of ['organisation', 'wards'])
          await tx.query(`select set_config('countersign.' || $1, '', true)`, [name]);
      });
      await expect(decided).rejects.toThrow('without a decision');
    });
  });

  describe('holds on a pooled connection', () => {
    it('after the commit, where the settings are empty again', async () => {
      const one = await connectDataSource({ url: at.ledger.postgres.url, poolSize: 1 });
      try {
        const inTransaction = createInTransaction(one, at.ledger.cipher);
        expect(await inTransaction(at.here, (tx) => tx.query('select from cases'))).toHaveLength(2);
        expect(await one.query(`select current_setting('countersign.wards', true) wards`)).toEqual([{ wards: '' }]);
        expect(await one.query(`select ${countAll}`)).toEqual([none]);
      } finally {
        await one.destroy();
      }
    });

    it('against what a borrower before set for the session', async () => {
      const one = await connectDataSource({ url: at.ledger.postgres.url, poolSize: 1 });
      try {
        await one.query(`set countersign.organisation = '${at.ledger.organisationId}'`);
        await one.query(`set countersign.wards = '*'`);
        const inTransaction = createInTransaction(one, at.ledger.cipher);
        for (const principal of [at.there, at.foreign, at.nobody])
          expect(await inTransaction(principal, (tx) => tx.query('select from cases'))).toEqual([]);
      } finally {
        await one.destroy();
      }
    });

    it('through 1,000 reuses by people of two wards and of two hospitals in turn', async () => {
      const pool = await connectDataSource({ url: at.ledger.postgres.url, poolSize: 4 });
      const inTransaction: InTransaction = createInTransaction(pool, at.ledger.cipher);
      const people = [at.here, at.there, at.foreign, at.nobody, at.both];
      const all = await seen(at.here);
      const pids = new Set<number>();
      let leaks = 0;
      const expected = [all, only(ofOrganisation), none, none, all];
      const borrow = async (n: number): Promise<void> => {
        const turn = n % people.length;
        const [row] = await inTransaction(people[turn]!, (tx) =>
          tx.query<Counts>(`select pg_backend_pid() pid, ${countAll}`),
        );
        pids.add(row!['pid']!);
        leaks += tables.filter((table) => row![table] !== expected[turn]![table]).length;
        if (n % 5 === 0) leaks += (await pool.query<unknown[]>('select from cases')).length;
      };
      try {
        for (let n = 0; n < 1000; n += 8) await Promise.all(Array.from({ length: 8 }, (_, i) => borrow(n + i)));
        expect(poolOf(pool).totalCount).toBe(4);
        expect(pids.size).toBe(4);
        expect(leaks).toBe(0);
      } finally {
        await pool.destroy();
      }
    });
  });
});
