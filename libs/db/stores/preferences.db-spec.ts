import { type UserPrincipal } from '#libs/auth/principal';
import { done, type Ledger, refused, startLedger, within } from '../../../test/support/ledger-fixture';
import { findPreferences, keepPreferences } from './preferences.store';
import {
  changeFilter,
  deleteFilter,
  insertFilter,
  mostFilters,
  type SavedFilter,
  savedFilters,
} from './saved-filter.store';

jest.setTimeout(60_000);

describe('what a person’s screens keep', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;
  let colleague: UserPrincipal;
  beforeAll(async () => {
    ledger = await startLedger();
    nurse = await ledger.person(['triage_nurse']);
    colleague = await ledger.person(['charge_nurse'], { ward: null });
  });
  afterAll(() => ledger?.stop());

  const keep = (as: UserPrincipal, version: number, content: object, of = as) =>
    within(ledger, as)((tx) => keepPreferences(tx, of.id, { version, content }));
  const kept = (as: UserPrincipal, of = as) => within(ledger, as)((tx) => findPreferences(tx, of.id));
  const rowSecurity = { driverError: { code: '42501' } };

  describe('preferences', () => {
    it('are kept over the version that was read, and over no other', async () => {
      expect(await kept(nurse)).toBeNull();
      expect(await keep(nurse, 1, { theme: 'dark' })).toBeNull();
      expect(await keep(nurse, 0, { theme: 'dark' })).toMatchObject({ version: 1 });
      expect(await keep(nurse, 0, { theme: 'light' })).toBeNull();
      expect(await keep(nurse, 1, { theme: 'light' })).toMatchObject({ version: 2 });
      expect(await kept(nurse)).toMatchObject({ content: { theme: 'light' }, version: 2 });
    });

    it('are lost by none of two PCs without a word, at the first time and later', async () => {
      const person = await ledger.person(['physician']);
      for (const version of [0, 1]) {
        const both = await Promise.all(['zh-CN', 'en'].map((language) => keep(person, version, { language })));
        expect(both.filter((one) => one !== null)).toMatchObject([{ version: version + 1 }]);
      }
    });

    it('keep what only a newer release knows', async () => {
      const person = await ledger.person(['physician']);
      await keep(person, 0, { theme: 'dark', later: { a: 1 } });
      await keep(person, 1, { theme: 'light' });
      expect(await kept(person)).toMatchObject({ content: { theme: 'light', later: { a: 1 } } });
    });

    it('are of nobody’s sight or hand but their own, whoever reaches every ward', async () => {
      expect(await kept(colleague, nurse)).toBeNull();
      expect(await keep(colleague, 2, { theme: 'dark' }, nurse)).toBeNull();
      await expect(keep(colleague, 0, { theme: 'dark' }, nurse)).rejects.toMatchObject(rowSecurity);
      expect(await within(ledger, colleague)((tx) => tx.query('select from person_preferences'))).toEqual([]);
      expect(await kept(nurse)).toMatchObject({ content: { theme: 'light' } });
    });

    it('are taken away by nobody', async () => {
      const remove = within(ledger, nurse)((tx) => tx.query('delete from person_preferences'));
      await expect(remove).rejects.toMatchObject(rowSecurity);
    });
  });

  describe('saved filters', () => {
    interface Saved {
      readonly screen?: string;
      readonly query?: Readonly<Record<string, string>>;
      readonly of?: UserPrincipal;
    }
    const save = (as: UserPrincipal, name: string, { screen = 'worklist', query = {}, of = as }: Saved = {}) =>
      within(ledger, as)((tx) => insertFilter(tx, { userId: of.id, screen }, { name, query }));
    const change = (as: UserPrincipal, id: string, given: { name: string; version: number }) =>
      within(ledger, as)((tx) => changeFilter(tx, { id, userId: as.id }, { query: { state: 'open' }, ...given }));
    const remove = (as: UserPrincipal, id: string, version: number) =>
      within(ledger, as)((tx) => deleteFilter(tx, { id, userId: as.id }, version));
    const mine = (as: UserPrincipal): Promise<SavedFilter[]> => within(ledger, as)((tx) => savedFilters(tx, as.id));

    it('are told as they were saved, and lie encrypted', async () => {
      const query = { q: '令狐冲', state: 'open' };
      const saved = await done(save(nurse, '令狐冲的复评', { query }));
      expect(saved).toMatchObject({ screen: 'worklist', name: '令狐冲的复评', query, version: 1 });
      expect(await mine(nurse)).toEqual([saved]);
      const [row] = await ledger.sql<{ content_ct: Buffer; row: string }>(
        'select content_ct, f::text "row" from saved_filter f where id = $1',
        [saved.id],
      );
      expect(row!.content_ct.includes('令狐冲')).toBe(false);
      expect(row!.row).not.toContain('令狐冲');
      expect(row!.row).not.toContain('open');
    });

    it('have a name once on a screen of a person, however it is written', async () => {
      const night = await done(save(nurse, 'Night shift'));
      for (const name of ['Night shift', 'night  SHIFT', 'Ｎight shift'])
        expect(await refused(save(nurse, name))).toMatchObject({ code: 'CONFLICT', detail: { paths: ['name'] } });
      await done(save(nurse, 'Night shift', { screen: 'triage-queue' }));
      const theirs = await done(save(colleague, 'Night shift'));
      const rows = await ledger.sql<{ name_index: Buffer }>('select name_index from saved_filter where id = any($1)', [
        [night.id, theirs.id],
      ]);
      expect(rows[0]!.name_index.equals(rows[1]!.name_index)).toBe(false);
    });

    it('are changed and taken away from the version that was shown only', async () => {
      const { id } = await done(save(nurse, '等待会签'));
      await done(save(nurse, '已超时'));
      expect(await refused(change(nurse, id, { name: '已超时', version: 1 }))).toMatchObject({ code: 'CONFLICT' });
      const renamed = await done(change(nurse, id, { name: '会签', version: 1 }));
      expect(renamed).toMatchObject({ id, name: '会签', query: { state: 'open' }, version: 2 });
      expect(await done(change(nurse, id, { name: '会签', version: 2 }))).toMatchObject({ version: 3 });
      const stale = { code: 'VERSION_MISMATCH', detail: { current: 3 } };
      expect(await refused(change(nurse, id, { name: '又改', version: 1 }))).toMatchObject(stale);
      expect(await refused(remove(nurse, id, 1))).toMatchObject(stale);
      expect(await mine(nurse)).toContainEqual(expect.objectContaining({ id, name: '会签' }));
      expect(await remove(nurse, id, 3)).toBe('worklist');
      expect(await refused(remove(nurse, id, 3))).toMatchObject({ code: 'NOT_FOUND' });
      await done(save(nurse, '会签'));
    });

    it('are of nobody’s sight or hand but their own', async () => {
      const { id } = await done(save(nurse, '只给自己'));
      expect((await mine(colleague)).map(({ name }) => name)).toEqual(['Night shift']);
      expect(await within(ledger, colleague)((tx) => savedFilters(tx, nurse.id))).toEqual([]);
      expect(await refused(change(colleague, id, { name: 'x', version: 1 }))).toMatchObject({ code: 'NOT_FOUND' });
      expect(await refused(remove(colleague, id, 1))).toMatchObject({ code: 'NOT_FOUND' });
      await expect(save(colleague, '塞给别人', { of: nurse })).rejects.toMatchObject(rowSecurity);
      expect(await mine(nurse)).toContainEqual(expect.objectContaining({ id, name: '只给自己', version: 1 }));
    });

    it('are at most fifty, and a name once, from two PCs together too', async () => {
      const person = await ledger.person(['physician']);
      const twice = await Promise.all([save(person, '同名'), save(person, '同名')]);
      expect(twice.filter((one) => 'refused' in one)).toMatchObject([{ code: 'CONFLICT' }]);
      for (let at = 2; at < mostFilters; at += 1) await done(save(person, `第${at}个`));
      const last = await Promise.all(['甲', '乙', '丙'].map((name) => save(person, name, { screen: `s-${name}` })));
      const over = last.filter((one) => 'refused' in one);
      expect(over).toMatchObject(Array(2).fill({ code: 'LIMIT_REACHED', detail: { most: mostFilters } }));
      const all = await mine(person);
      expect(all).toHaveLength(mostFilters);
      expect(await remove(person, all[0]!.id, 1)).toBe('worklist');
      await done(save(person, '又有位置'));
    });
  });
});
