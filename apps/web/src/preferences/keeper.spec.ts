import { defaultPreferences } from '#libs/preferences/preferences';
import { createKeeper, type Heard, type Kept } from './keeper';

const first: Kept = { version: 3, preferences: defaultPreferences };
const overtaken = new Error('VERSION_MISMATCH');
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

const keeperWith = (put: (kept: Kept) => Promise<Kept>, read = async (): Promise<Kept> => first) => {
  const heard: Heard[] = [];
  const sent: Kept[] = [];
  const keeper = createKeeper({
    put: (kept) => {
      sent.push(kept);
      return put(kept);
    },
    read,
    isOvertaken: (thrown) => thrown === overtaken,
    tell: (told) => heard.push(told),
  });
  return { keeper, heard, sent };
};
const next = async ({ version, preferences }: Kept): Promise<Kept> => ({ version: version + 1, preferences });

describe('keeping preferences', () => {
  it('shows a change before it is kept', () => {
    const { keeper, heard } = keeperWith(() => new Promise(() => undefined));
    keeper.start(first);
    keeper.change({ theme: 'dark' });
    expect(heard).toEqual([{ state: 'keeping', preferences: { ...defaultPreferences, theme: 'dark' } }]);
  });

  it('sends what changed meanwhile together, from the version the first made', async () => {
    const { keeper, heard, sent } = keeperWith(next);
    keeper.start(first);
    keeper.change({ theme: 'dark' });
    keeper.change({ sound: false });
    keeper.change({ language: 'en' });
    await settle();
    expect(sent.map(({ version }) => version)).toEqual([3, 4]);
    const preferences = { ...defaultPreferences, theme: 'dark', sound: false, language: 'en' };
    expect(sent[1]?.preferences).toEqual(preferences);
    expect(heard.at(-1)).toEqual({ state: 'kept', kept: { version: 5, preferences } });
    expect(heard.filter(({ state }) => state === 'kept')).toHaveLength(1);
  });

  it('takes what another PC kept, says so, and goes on from there', async () => {
    const theirs: Kept = { version: 9, preferences: { ...defaultPreferences, language: 'en' } };
    let refused = false;
    const { keeper, heard, sent } = keeperWith(
      async (kept) => {
        if (refused) return next(kept);
        refused = true;
        throw overtaken;
      },
      async () => theirs,
    );
    keeper.start(first);
    keeper.change({ theme: 'dark' });
    await settle();
    expect(heard.at(-1)).toEqual({ state: 'overtaken', kept: theirs });
    keeper.change({ theme: 'light' });
    await settle();
    expect(sent.at(-1)).toEqual({ version: 9, preferences: { ...theirs.preferences, theme: 'light' } });
  });

  it('goes back to what is kept where a change could not be, and can be tried again', async () => {
    const away = new Error('NETWORK');
    const { keeper, heard, sent } = keeperWith(async () => {
      throw away;
    });
    keeper.start(first);
    keeper.change({ theme: 'dark' });
    await settle();
    expect(heard.at(-1)).toEqual({ state: 'failed', kept: first, thrown: away });
    keeper.change({ sound: false });
    await settle();
    expect(sent.at(-1)?.preferences.theme).toBe('system');
  });

  it('changes nothing before it knows what is kept', async () => {
    const { keeper, heard, sent } = keeperWith(next);
    keeper.change({ theme: 'dark' });
    await settle();
    expect([heard, sent]).toEqual([[], []]);
  });
});
