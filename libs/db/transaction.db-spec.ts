import { Socket } from 'node:net';
import { Client } from 'pg';
import { type UserPrincipal } from '#libs/auth/principal';
import { refuse } from '#libs/review/refusal';
import { done, type Ledger, startLedger } from '../../test/support/ledger-fixture';
import { eventually } from '../../test/support/installation-wait';
import { startProxy } from '../../test/support/proxy';
import { connectDataSource, poolOf } from './data-source';
import { SettingEntity } from './entities/setting.entity';
import { PreparedClient } from './prepared-client';
import { lockReview } from './stores/decision.store';
import { createInTransaction, type Tx } from './transaction';

describe('a transaction', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger(1);
    nurse = await ledger.person(['triage_nurse']);
  });

  afterAll(() => ledger?.stop());

  const asSuperuser = async (sql: string, parameter: unknown): Promise<void> => {
    const client = new Client({ connectionString: ledger.postgres.postgres.adminUrl('countersign') });
    await client.connect();
    try {
      await client.query(sql, [parameter]);
    } finally {
      await client.end();
    }
  };

  const set = (tx: Tx, name: string) =>
    tx.manager.insert(SettingEntity, { organisationId: tx.principal.organisationId, name, value: {} });
  const isSet = async (name: string) => (await ledger.sql('select from setting where name = $1', [name])).length === 1;
  const actorSql = `select current_setting('countersign.actor', true) actor, current_setting('countersign.wards', true) wards`;

  it('keeps what its work did, and answers its value', async () => {
    expect(await ledger.inTransaction(nurse, (tx) => set(tx, 'kept').then(() => 7))).toBe(7);
    expect(await isSet('kept')).toBe(true);
  });

  it('keeps nothing of work that throws or refuses, and gives its connection back', async () => {
    const thrown = ledger.inTransaction(nurse, async (tx) => {
      await set(tx, 'thrown');
      throw new Error('no');
    });
    await expect(thrown).rejects.toThrow('no');
    const broken = ledger.inTransaction(nurse, (tx) => tx.query('select nothing from nowhere'));
    await expect(broken).rejects.toMatchObject({ driverError: { code: '42P01' } });
    const refused = await ledger.inTransaction(nurse, async (tx) => {
      await set(tx, 'refused');
      return refuse('CONFLICT');
    });
    expect(refused).toMatchObject({ code: 'CONFLICT' });
    expect([await isSet('thrown'), await isSet('refused')]).toEqual([false, false]);
    // The pool has one connection: this would wait for ever if it were still held, and fail in a broken transaction.
    expect(await ledger.inTransaction(nurse, (tx) => tx.query('select 1 one'))).toEqual([{ one: 1 }]);
  });

  it('says that its connection broke, where that happened between two statements', async () => {
    const work = ledger.inTransaction(nurse, async (tx) => {
      const [{ pid } = { pid: 0 }] = await tx.query<{ pid: number }>('select pg_backend_pid() pid');
      await asSuperuser('select pg_terminate_backend($1)', pid);
      await eventually('the break noticed', () => tx.manager.queryRunner?.isReleased);
      return tx.query('select 1');
    });
    await expect(work).rejects.toMatchObject({ code: '57P01' });
    expect(await ledger.inTransaction(nurse, (tx) => tx.query('select 1 one'))).toEqual([{ one: 1 }]);
  });

  it('says who acts while it lasts, whatever their name, and no longer', async () => {
    const name = `O'Brien \\'; drop table audit; --`;
    const [told] = await ledger.inTransaction({ kind: 'system', name, organisationId: nurse.organisationId }, (tx) =>
      tx.query(actorSql),
    );
    expect(told).toEqual({ actor: name, wards: '*' });
    expect(await ledger.source.query(actorSql)).toEqual([{ actor: '', wards: '' }]);
  });

  it('may lock rows, and only inside', async () => {
    const where = { where: { name: 'kept' }, lock: { mode: 'pessimistic_write' } } as const;
    const found = await done(ledger.inTransaction(nurse, (tx) => tx.manager.findOne(SettingEntity, where)));
    expect(found?.name).toBe('kept');
    await expect(ledger.source.manager.findOne(SettingEntity, where)).rejects.toThrow(/transaction/i);
  });

  it('has PostgreSQL prepare a parametrised statement once on each connection', async () => {
    const sql = 'select $1::int + 40 answer';
    for (const n of [1, 2, 3]) expect(await ledger.source.query(sql, [n])).toEqual([{ answer: 40 + n }]);
    const prepared = await ledger.source.query<{ n: number }[]>(
      `select (generic_plans + custom_plans)::int n from pg_prepared_statements where statement = '${sql}'`,
    );
    expect(prepared).toEqual([{ n: 3 }]);
    expect(poolOf(ledger.source).totalCount).toBe(1);
  });

  it('sends what does not wait for each other in one packet', async () => {
    const packets = async (...work: ((tx: Tx) => Promise<unknown>)[]) =>
      ledger.inTransaction(nurse, async (tx) => {
        await tx.query('select 1');
        const written = jest.spyOn(Socket.prototype as unknown as { _writev: () => void }, '_writev');
        await Promise.all(work.map((one) => one(tx)));
        const count = written.mock.calls.length;
        written.mockRestore();
        return count;
      });
    const one = (tx: Tx) => tx.query('select $1::int one', [1]);
    expect([await packets(one), await packets(one, one, one)]).toEqual([1, 1]);
  });

  it('locks a case before its review, though both are asked for at once', async () => {
    const sent: string[] = [];
    const query = jest.spyOn(PreparedClient.prototype, 'query').mockImplementation(function (
      this: PreparedClient,
      ...given: readonly unknown[]
    ): never {
      sent.push(String(given[0]));
      return (Client.prototype.query as (...all: unknown[]) => never).apply(this, [...given]);
    });
    await ledger.inTransaction(nurse, (tx) => lockReview(tx, crypto.randomUUID()));
    query.mockRestore();
    const locks = sent.filter((text) => /for update/i.test(text));
    expect(locks.map((text) => /from "?(\w+)/i.exec(text)?.[1])).toEqual(['cases', 'review']);
  });

  it('does not fill PostgreSQL with statements that are never the same', async () => {
    for (let n = 0; n < 600; n++) await ledger.source.query(`select $1::int + ${n}`, [n]);
    const [prepared] = await ledger.source.query<{ n: number }[]>('select count(*)::int n from pg_prepared_statements');
    expect(prepared?.n).toBeLessThanOrEqual(500);
    expect(await ledger.source.query('select $1::int one', [1])).toEqual([{ one: 1 }]);
  });

  it('gives up a PostgreSQL that has fallen silent, and its connection with it', async () => {
    const url = new URL(ledger.postgres.url);
    const proxy = await startProxy(() => Number(new URL(ledger.postgres.url).port));
    url.port = String(proxy.port);
    const source = await connectDataSource({ url: url.href, poolSize: 1, applicationName: 'behind-a-proxy' });
    try {
      const inTransaction = createInTransaction(source, ledger.cipher);
      const one = () => inTransaction(nurse, (tx) => tx.query<{ one: number }>('select 1 one'));
      expect(await one()).toEqual([{ one: 1 }]);
      proxy.weather({ kind: 'black-hole' });
      const began = Date.now();
      await expect(one()).rejects.toThrow(/Query read timeout|Connection terminated/);
      expect(Date.now() - began).toBeLessThan(20_000);
      proxy.weather(null);
      expect(await one()).toEqual([{ one: 1 }]);
    } finally {
      await source.destroy();
      await proxy.stop();
    }
  }, 60_000);

  it('gives up a transaction whose statements are each in time but not all of them, and keeps nothing of it', async () => {
    const inTransaction = createInTransaction(ledger.source, ledger.cipher, { deadlineMs: 400 });
    let asked = 0;
    const slow = inTransaction(nurse, async (tx) => {
      for (; asked < 50; asked += 1) await tx.query('select pg_sleep(0.15)');
    });
    await expect(slow).rejects.toThrow(/^(Connection terminated|Client was closed)/);
    expect(asked).toBeLessThan(10);
    expect(await inTransaction(nurse, (tx) => tx.query('select 1 one'))).toEqual([{ one: 1 }]);
  });
});
