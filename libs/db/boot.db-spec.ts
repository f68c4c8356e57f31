import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource } from 'typeorm';
import { defaultThrottle } from '#libs/auth/throttle';
import { startTestPostgres, type TestPostgres } from '../../test/support/embedded';
import { migrateTestDatabase, sqlAs } from '../../test/support/test-api';
import { makeHospital } from '../../test/support/test-people';
import { connectionFaults, missingMigrations } from './boot-checks';
import { connectPatiently } from './connect-patiently';
import { loadKeyRing } from './stores/key-ring.store';
import { countAttempt, forgiveFailures } from './stores/password-attempt.store';

describe('what a process finds when it starts', () => {
  let postgres: TestPostgres;
  let source: DataSource;
  const opened: DataSource[] = [];

  const open = async (url: string): Promise<DataSource> => {
    const made = await connectPatiently({ url, poolSize: 8 });
    opened.push(made);
    return made;
  };

  beforeAll(async () => {
    postgres = await startTestPostgres();
    source = await open(postgres.url);
  });

  afterAll(async () => {
    for (const one of opened) await one.destroy();
    await postgres?.stop();
  });

  describe('in the schema', () => {
    it('misses every migration before there are any, and none afterwards', async () => {
      expect((await missingMigrations(source)).length).toBeGreaterThanOrEqual(3);
      await migrateTestDatabase(postgres.migrationUrl);
      expect(await missingMigrations(source)).toEqual([]);
    });

    it('waits for another that migrates, for longer than any statement of a request may take', async () => {
      const other = (await open(postgres.migrationUrl)).createQueryRunner();
      await other.query(`select pg_advisory_lock(hashtext('countersign/migrate'))`);
      const migrated = migrateTestDatabase(postgres.migrationUrl);
      const early = await Promise.race([migrated.catch(() => 'given up'), sleep(11_500, 'waits')]);
      await other.query(`select pg_advisory_unlock(hashtext('countersign/migrate'))`);
      await other.release();
      expect(early).toBe('waits');
      expect(await migrated).toMatchObject({ pending: [] });
    });
  });

  it('waits a while for PostgreSQL, and says at last that there is none', async () => {
    const started = Date.now();
    const nobody = connectPatiently({ url: 'postgres://nobody@127.0.0.1:1/none' }, 600);
    await expect(nobody).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(Date.now() - started).toBeGreaterThanOrEqual(600);
  });

  describe('in its role', () => {
    it('is fit as the application’s role', async () => {
      expect(await connectionFaults(source)).toEqual([]);
    });

    it('is unfit as the owner and as a superuser', async () => {
      expect(await connectionFaults(await open(postgres.migrationUrl))).toEqual([
        expect.stringContaining('owns tables'),
      ]);
      const admin = postgres.postgres.adminUrl('countersign');
      expect((await connectionFaults(await open(admin))).join()).toContain('superuser');
    });

    it('is unfit where a commit may be lost', async () => {
      await sqlAs(postgres.adminUrl, 'alter role countersign_app set synchronous_commit = off');
      expect((await connectionFaults(await open(postgres.url))).join()).toContain('synchronous_commit is off');
      await sqlAs(postgres.adminUrl, 'alter role countersign_app reset synchronous_commit');
    });
  });

  describe('in the key ring', () => {
    const kek = randomBytes(32);

    it('is nothing where nobody founded a hospital, and says how to', async () => {
      await expect(loadKeyRing(source, kek, { create: false })).rejects.toMatchObject({
        code: 'LEDGER_NOT_FOUNDED',
        detail: { text: expect.stringContaining('user add --organisation') },
      });
    });

    it('is one ring, however many make it at once, and the same after a restart', async () => {
      const sources = await Promise.all(Array.from({ length: 4 }, () => open(postgres.url)));
      const rings = await Promise.all(sources.map((one) => loadKeyRing(one, kek, { create: true })));
      const again = await loadKeyRing(source, kek, { create: false });
      const keys = [...rings, again].map((ring) => ring.subKey(ring.currentKeyId, 'field').export().toString('hex'));
      expect(new Set(keys).size).toBe(1);
      expect(again.keyIds).toHaveLength(1);
    });

    it('does not open under another key-encryption key, nor is it replaced', async () => {
      await expect(loadKeyRing(source, randomBytes(32), { create: true })).rejects.toThrow('KEY_UNAVAILABLE');
      await expect(loadKeyRing(source, kek, { create: true })).resolves.toBeDefined();
    });
  });

  describe('in a password’s attempts', () => {
    it('counts them one by one, locks for doubling times, and forgives them all', async () => {
      const hospital = await makeHospital(postgres.migrationUrl);
      const { id, login } = await hospital.person('nurse', []);
      const locks: number[] = [];
      for (let n = 0; n < 8; n += 1) {
        const attempt = await countAttempt(source, { login }, defaultThrottle);
        expect(attempt).toMatchObject({ outcome: 'counted', userId: id, disabled: false });
        const locked = await countAttempt(source, { userId: id }, { ...defaultThrottle, freeFailures: 1000 });
        if (locked.outcome === 'locked') locks.push(Math.round(locked.retryAfterMs / 60_000));
        else
          await sqlAs(postgres.migrationUrl, 'update app_user set failed_logins = failed_logins - 1 where id = $1', [
            id,
          ]);
        await sqlAs(postgres.migrationUrl, 'update app_user set locked_until = null where id = $1', [id]);
      }
      expect(locks).toEqual([1, 2, 4, 8]);
      await forgiveFailures(source, id);
      expect(await countAttempt(source, { login }, defaultThrottle)).toMatchObject({ outcome: 'counted' });
      expect(await countAttempt(source, { login: 'nobody' }, defaultThrottle)).toEqual({ outcome: 'unknown' });
    });

    it('lets no more than five guesses through at once', async () => {
      const hospital = await makeHospital(postgres.migrationUrl);
      const { login } = await hospital.person('racer', []);
      const all = await Promise.all(Array.from({ length: 50 }, () => countAttempt(source, { login }, defaultThrottle)));
      expect(all.filter(({ outcome }) => outcome === 'counted')).toHaveLength(5);
      expect(all.filter(({ outcome }) => outcome === 'locked')).toHaveLength(45);
    });
  });
});
