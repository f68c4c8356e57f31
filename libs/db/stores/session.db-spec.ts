import { type DataSource } from 'typeorm';
import { newSessionSecrets, secretHash } from '#libs/auth/session';
import { connectPatiently } from '../connect-patiently';
import { startTestPostgres, type TestPostgres } from '../../../test/support/embedded';
import { migrateTestDatabase, sqlAs } from '../../../test/support/test-api';
import { makeHospital, type TestHospital, type TestPerson } from '../../../test/support/test-people';
import { v7 as uuidv7 } from 'uuid';
import { findSession } from './session.store';

describe('findSession', () => {
  let postgres: TestPostgres;
  let source: DataSource;
  let hospital: TestHospital;
  let nurse: TestPerson;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    nurse = await hospital.person('nurse', [['triage_nurse', hospital.wards[0]]]);
    source = await connectPatiently({ url: postgres.url });
  });

  afterAll(async () => {
    await source?.destroy();
    await postgres?.stop();
  });

  const minutes = (n: number) => n * 60_000;

  /** A session last used some seconds ago; answers its id and the hash of its token. */
  const plant = async (seenSecondsAgo: number, expires = '1 hour') => {
    const { token, csrfToken } = newSessionSecrets();
    const id = uuidv7();
    await sqlAs(
      postgres.migrationUrl,
      `insert into session (id, user_id, token_sha256, csrf_sha256, created_at, last_seen_at, expires_at)
       values ($1, $2, $3, $4, now() - interval '2 hours', now() - $5 * interval '1 s', now() + $6::interval)`,
      [id, nurse.id, secretHash(token), secretHash(csrfToken), seenSecondsAgo, expires],
    );
    return { id, hash: secretHash(token) };
  };
  const stateOf = async (id: string) =>
    (
      await sqlAs<{ ago: number; locked: boolean }>(
        postgres.migrationUrl,
        'select extract(epoch from now() - last_seen_at)::float8 ago, locked_at is not null locked from session where id = $1',
        [id],
      )
    )[0]!;
  const idleMs = minutes(10);

  it('finds the person with their roles of now', async () => {
    const { id, hash } = await plant(0);
    expect(await findSession(source, hash, { idleMs, touch: true })).toMatchObject({
      id,
      userId: nurse.id,
      login: 'nurse',
      organisationId: hospital.organisationId,
      grants: [{ role: 'triage_nurse', wardId: hospital.wards[0] }],
      locked: false,
      mustChangePassword: false,
    });
    expect(await findSession(source, secretHash('another'), { idleMs, touch: true })).toBeNull();
  });

  it('notes its use at most every 15 seconds, and only when the person is there', async () => {
    const [fresh, stale, passive] = [await plant(10), await plant(20), await plant(20)];
    await findSession(source, fresh.hash, { idleMs, touch: true });
    await findSession(source, stale.hash, { idleMs, touch: true });
    await findSession(source, passive.hash, { idleMs, touch: false });
    expect((await stateOf(fresh.id)).ago).toBeGreaterThan(9);
    expect((await stateOf(stale.id)).ago).toBeLessThan(5);
    expect((await stateOf(passive.id)).ago).toBeGreaterThan(19);
  });

  it('locks it when it was idle too long, for good, also under a passive look', async () => {
    for (const touch of [true, false]) {
      const { id, hash } = await plant(601);
      expect((await findSession(source, hash, { idleMs, touch }))?.locked).toBe(true);
      expect((await stateOf(id)).locked).toBe(true);
      expect((await findSession(source, hash, { idleMs: minutes(60), touch: true }))?.locked).toBe(true);
      expect((await stateOf(id)).ago).toBeGreaterThan(600);
    }
  });

  it('is the same for many at once on the edge of a write', async () => {
    const { id, hash } = await plant(30);
    const found = await Promise.all(
      Array.from({ length: 20 }, () => findSession(source, hash, { idleMs, touch: true })),
    );
    expect(found.every((facts) => facts?.id === id && !facts.locked)).toBe(true);
    expect((await stateOf(id)).ago).toBeLessThan(5);
  });

  it('finds none that ended or expired, and none of a disabled person', async () => {
    const [ended, expired, disabled] = [await plant(0), await plant(0, '-1 s'), await plant(0)];
    await sqlAs(postgres.migrationUrl, 'update session set ended_at = now() where id = $1', [ended.id]);
    expect(await findSession(source, ended.hash, { idleMs, touch: true })).toBeNull();
    expect(await findSession(source, expired.hash, { idleMs, touch: true })).toBeNull();
    await sqlAs(postgres.migrationUrl, 'update app_user set disabled_at = now() where id = $1', [nurse.id]);
    expect(await findSession(source, disabled.hash, { idleMs, touch: true })).toBeNull();
    await sqlAs(postgres.migrationUrl, 'update app_user set disabled_at = null where id = $1', [nurse.id]);
  });
});
