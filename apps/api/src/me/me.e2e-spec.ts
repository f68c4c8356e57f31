import { randomUUID } from 'node:crypto';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Role } from '#libs/auth/roles';
import { defaultPreferences } from '#libs/preferences/preferences';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';

const canary = '令狐冲';

describe('what a person keeps on the server', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let log: string[];
  let hospital: TestHospital;
  let nurse: TestSession;
  let auditor: TestSession;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url, log } = await startTestApi(testApiConfig(postgres.url)));
    nurse = await someone('nurse', [['triage_nurse', hospital.wards[0]]]);
    auditor = await someone('auditor', [['auditor', null]]);
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const someone = async (login: string, grants: readonly (readonly [Role, string | null])[]): Promise<TestSession> =>
    plantSession(url, postgres.migrationUrl, (await hospital.person(login, grants)).id);
  const put = (who: TestSession, path: string, version: number, body: object) =>
    who.put(`/api/me/${path}`).set('if-match', `"${version}"`).send(body);
  const save = (who: TestSession, body: object, key: string = randomUUID()) =>
    who.post('/api/me/filters').set('idempotency-key', key).send(body);
  const drop = (who: TestSession, id: string, version: number) =>
    who.delete(`/api/me/filters/${id}`).set('if-match', `"${version}"`);
  const filtersOf = async (who: TestSession) =>
    ((await who.get('/api/me/filters').expect(200)).body as { items: { id: string; name: string }[] }).items;
  const audited = (action: string) =>
    sqlAs<{ row: string }>(postgres.migrationUrl, 'select a::text "row" from audit a where action = $1', [action]);

  describe('as preferences', () => {
    it('is the default until it is set, then the same on every PC', async () => {
      const first = await nurse.get('/api/me/preferences').expect(200).expect('ETag', '"0"');
      expect(first.body).toEqual({ version: 0, updatedAt: null, preferences: defaultPreferences });
      const preferences = {
        ...defaultPreferences,
        language: 'en',
        nightShift: { mode: 'schedule', from: '19:30', to: '07:30' },
        keyboard: { shortcuts: true, remaps: { 'commit.sign': 'ctrl+alt+s', 'some.later-action': 'j' } },
        tables: { 'triage-queue': { order: ['level', 'name'], hidden: ['zone'], pinned: ['level'] } },
      };
      const set = await put(nurse, 'preferences', 0, { preferences }).expect(200).expect('ETag', '"1"');
      expect(set.body).toMatchObject({ version: 1, preferences });
      expect((await nurse.get('/api/me/preferences').expect(200)).body).toEqual(set.body);
      expect(await audited('preferences.set')).toHaveLength(1);
    });

    it('is each person’s own', async () => {
      const { body } = await auditor.get('/api/me/preferences').expect(200);
      expect(body).toEqual({ version: 0, updatedAt: null, preferences: defaultPreferences });
      await put(auditor, 'preferences', 0, { preferences: { theme: 'dark' } }).expect(200);
      expect((await nurse.get('/api/me/preferences')).body).toMatchObject({ preferences: { theme: 'system' } });
    });

    it('tells the second of two PCs that it was too late', async () => {
      const before = (await nurse.get('/api/me/preferences')).body as { version: number };
      const change = (theme: string) => put(nurse, 'preferences', before.version, { preferences: { theme } });
      const answers = await Promise.all([change('dark'), change('light')]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
      const late = answers.find(({ status }) => status === 412);
      expect(late!.body).toMatchObject({ code: 'VERSION_MISMATCH', current: before.version + 1 });
      const unversioned = await nurse.put('/api/me/preferences').send({ preferences: {} }).expect(428);
      expect(unversioned.body).toMatchObject({ code: 'VERSION_REQUIRED' });
    });

    it('is refused with the path of what does not fit, and then nothing changes', async () => {
      const before = (await nurse.get('/api/me/preferences')).body as { version: number };
      const wrong: readonly (readonly [object, string])[] = [
        [{ language: 'fr' }, 'preferences.language'],
        [{ colour: 'red' }, 'preferences'],
        [{ nightShift: { from: '25:00' } }, 'preferences.nightShift.from'],
        [{ keyboard: { remaps: { 'commit.sign': 'enter' } } }, 'preferences.keyboard.remaps.commit.sign'],
        [{ keyboard: { remaps: { 'queue.next': 'ctrl+w' } } }, 'preferences.keyboard.remaps.queue.next'],
        [{ waitColours: { warnPercent: 0 } }, 'preferences.waitColours.warnPercent'],
        [{ tables: { queue: { order: ['a', 'a'] } } }, 'preferences.tables.queue.order'],
      ];
      for (const [preferences, path] of wrong) {
        const refused = await put(nurse, 'preferences', before.version, { preferences }).expect(400);
        expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', paths: [path] });
      }
      const ids = (prefix: string) => Array.from({ length: 60 }, (_, at) => `${prefix}${at}`.padEnd(64, 'x'));
      const large = Object.fromEntries(
        Array.from({ length: 30 }, (_, at) => [`t${at}`, { order: ids('a'), hidden: ids('b'), pinned: ids('c') }]),
      );
      const refused = await put(nurse, 'preferences', before.version, { preferences: { tables: large } }).expect(413);
      expect(refused.body).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
      expect((await nurse.get('/api/me/preferences')).body).toEqual(before);
    });
  });

  describe('as filters', () => {
    const worklist = { screen: 'worklist', name: `${canary}复评`, query: { q: canary, state: 'open' } };

    it('is saved once however often it is sent, changed, and taken away', async () => {
      const key = randomUUID();
      const answers = await Promise.all([save(nurse, worklist, key), save(nurse, worklist, key)]);
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      const { id } = answers[0]!.body as { id: string };
      expect(await filtersOf(nurse)).toMatchObject([{ id, ...worklist, version: 1 }]);

      const again = await save(nurse, worklist).set('accept-language', 'zh-CN').expect(409);
      expect(again.body).toMatchObject({ code: 'CONFLICT', paths: ['name'] });
      const changed = await put(nurse, `filters/${id}`, 1, { name: '夜班', query: {} })
        .expect(200)
        .expect('ETag', '"2"');
      expect(changed.body).toMatchObject({ id, screen: 'worklist', name: '夜班', query: {}, version: 2 });
      await put(nurse, `filters/${id}`, 1, { name: '白班', query: {} }).expect(412);
      await nurse.put(`/api/me/filters/${id}`).send({ name: '白班', query: {} }).expect(428);
      await drop(nurse, id, 1).expect(412);
      await drop(nurse, id, 2).expect(204);
      await drop(nurse, id, 2).expect(404);
      expect(await filtersOf(nurse)).toEqual([]);
    });

    it('is each person’s own, also by its id', async () => {
      const { id } = (await save(nurse, worklist).expect(201)).body as { id: string };
      await save(auditor, { ...worklist, screen: 'audit' }).expect(201);
      expect(await filtersOf(auditor)).toHaveLength(1);
      expect(await filtersOf(auditor)).not.toContainEqual(expect.objectContaining({ id }));
      await put(auditor, `filters/${id}`, 1, { name: 'x', query: {} }).expect(404);
      await drop(auditor, id, 1).expect(404);
      expect(await filtersOf(nurse)).toMatchObject([{ id, ...worklist, version: 1 }]);
    });

    it('is refused with the path of what does not fit', async () => {
      const wrong: readonly (readonly [object, string])[] = [
        [{ ...worklist, screen: 'Work list' }, 'screen'],
        [{ ...worklist, name: '  ' }, 'name'],
        [{ ...worklist, name: '\u200b' }, 'name'],
        [{ ...worklist, name: 'n'.repeat(61) }, 'name'],
        [{ ...worklist, query: { state: 1 } }, 'query.state'],
        [{ ...worklist, query: { state: 'x'.repeat(201) } }, 'query.state'],
        [{ ...worklist, query: Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`p${at}`, ''])) }, 'query'],
        [{ ...worklist, owner: randomUUID() }, ''],
      ];
      for (const [body, path] of wrong) {
        const refused = await save(nurse, body).expect(400);
        expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', paths: [path] });
      }
      await nurse.post('/api/me/filters').send(worklist).expect(428);
      const { id } = (await filtersOf(nurse))[0]!;
      await put(nurse, `filters/${id}`, 1, worklist).expect(400);
      expect(await filtersOf(nurse)).toHaveLength(1);
    });

    it('is at most fifty, said in the language of whoever asks', async () => {
      const physician = await someone('physician', [['physician', hospital.wards[0]]]);
      for (let at = 0; at < 50; at += 1) await save(physician, { ...worklist, name: `第${at}个` }).expect(201);
      const refused = await save(physician, worklist).set('accept-language', 'zh-CN').expect(409);
      expect(refused.body).toMatchObject({ code: 'LIMIT_REACHED', most: 50 });
      expect((refused.body as { title: string }).title).toContain('上限');
      expect(await filtersOf(physician)).toHaveLength(50);
    });

    it('is in the audit without its words, and in no log', async () => {
      for (const action of ['saved', 'changed', 'deleted']) {
        const rows = await audited(`saved-filter.${action}`);
        expect([action, rows.length > 0]).toEqual([action, true]);
        for (const { row } of rows) expect(row).not.toContain(canary);
      }
      expect(log.filter((line) => line.includes(canary))).toEqual([]);
    });
  });

  describe('as figures of one’s own', () => {
    it('is for anybody signed in, of three periods', async () => {
      const nothing = { signed: 0, unchangedRate: null, medianSeconds: null, hasty: 0 };
      for (const who of [nurse, auditor]) {
        const { body } = await who.get('/api/me/quality?process=triage&days=7').expect(200);
        expect(body).toMatchObject({ process: 'triage', days: 7, own: nothing, unit: null });
      }
      expect((await nurse.get('/api/me/quality').expect(200)).body).toMatchObject({ process: null, days: 30 });
      for (const query of ['days=29', 'days=0', 'process=chess', `userId=${randomUUID()}`])
        expect((await nurse.get(`/api/me/quality?${query}`).expect(400)).body).toMatchObject({
          code: 'VALIDATION_FAILED',
        });
    });
  });
});
