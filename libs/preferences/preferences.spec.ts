import { firstDay } from './first-day';
import { defaultPreferences, preferencesSchema, storedPreferences } from './preferences';

const pathsOf = (given: unknown): string[] =>
  preferencesSchema.safeParse(given).error?.issues.map(({ path }) => path.join('.')) ?? [];
const remapped = (id: string, keys: string): string[] => pathsOf({ keyboard: { remaps: { [id]: keys } } });

describe('preferences', () => {
  it('are Chinese, quiet in colours and with shortcuts on a first day', () => {
    expect(firstDay).toEqual(defaultPreferences);
    expect(defaultPreferences).toEqual({
      language: 'zh-CN',
      theme: 'system',
      nightShift: { mode: 'off', from: '22:00', to: '06:00' },
      sound: true,
      keyboard: { shortcuts: true, remaps: {} },
      waitColours: { on: false, warnPercent: 80, latePercent: 100 },
      tables: {},
    });
  });

  it('take no other field, language, theme or time', () => {
    expect(pathsOf({ colour: 'red' })).toEqual(['']);
    expect(pathsOf({ language: 'de', theme: 'blue', sound: 'on' })).toEqual(['language', 'theme', 'sound']);
    for (const from of ['24:00', '7:00', '07:60', '07:00:00'])
      expect(pathsOf({ nightShift: { from } })).toEqual(['nightShift.from']);
  });

  it('let a night go over midnight, and have a length where it is on a schedule', () => {
    expect(pathsOf({ nightShift: { mode: 'schedule', from: '19:30', to: '07:30' } })).toEqual([]);
    expect(pathsOf({ nightShift: { mode: 'schedule', from: '19:30', to: '19:30' } })).toEqual(['nightShift.to']);
    expect(pathsOf({ nightShift: { mode: 'off', from: '19:30', to: '19:30' } })).toEqual([]);
  });

  it('warn of a wait before it is late', () => {
    expect(pathsOf({ waitColours: { on: true, warnPercent: 50, latePercent: 90 } })).toEqual([]);
    expect(pathsOf({ waitColours: { warnPercent: 100 } })).toEqual(['waitColours.latePercent']);
  });

  it('name each column of a table once, and pin none that is hidden', () => {
    const table = (given: object) => pathsOf({ tables: { 'triage-queue': given } });
    expect(table({ order: ['level', 'waitedMinutes'], hidden: ['zone'], pinned: ['level'] })).toEqual([]);
    expect(table({ order: ['level', 'level'] })).toEqual(['tables.triage-queue.order']);
    expect(table({ hidden: ['level'], pinned: ['level'] })).toEqual(['tables.triage-queue.pinned']);
    expect(table({ order: Array.from({ length: 61 }, (_, at) => `c${at}`) })).toEqual(['tables.triage-queue.order']);
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`t${at}`, {}]));
    expect(pathsOf({ tables: many })).toEqual(['tables']);
  });

  it('read what another release stored, without what does not fit', () => {
    const stored = { theme: 'sepia', language: 'en', later: 1, keyboard: { remaps: { 'commit.sign': 'enter' } } };
    expect(storedPreferences(stored)).toEqual({ ...defaultPreferences, language: 'en' });
    for (const nothing of [null, undefined, 'x', []]) expect(storedPreferences(nothing)).toEqual(defaultPreferences);
  });
});

describe('the keys of a person', () => {
  it('are a chord for each action, known to this release or not', () => {
    for (const keys of ['j', 'ctrl+enter', 'alt+c', 'ctrl+alt+shift+meta+f2', 'slash', 'shift+slash', 'ctrl+f', 'f10'])
      expect([keys, remapped('queue.next', keys)]).toEqual([keys, []]);
    expect(remapped('what.was-once', 'j')).toEqual([]);
  });

  it('are written in one way', () => {
    for (const keys of [
      '',
      'ctrl',
      'ctrl+',
      '+j',
      'Ctrl+Enter',
      'shift+ctrl+j',
      'ctrl+ctrl+j',
      'f13',
      'jk',
      'g q',
      '张',
    ])
      expect([keys, remapped('queue.next', keys)]).toEqual([keys, ['keyboard.remaps.queue.next']]);
    for (const id of ['', 'Queue', '1', 'a_b', '.a', 'a'.repeat(65)]) expect(remapped(id, 'j')).not.toEqual([]);
    const many = Object.fromEntries(
      Array.from({ length: 101 }, (_, at) => [`a.${'b'.repeat(at % 50)}${'c'.repeat(Math.floor(at / 50))}`, 'j']),
    );
    expect(Object.keys(many)).toHaveLength(101);
    expect(pathsOf({ keyboard: { remaps: many } })).toEqual(['keyboard.remaps']);
  });

  it('are none of the browser’s', () => {
    const functionKeys = ['f1', 'f3', 'f5', 'f6', 'f11', 'f12', 'shift+f5', 'ctrl+f12'];
    const letters = ['w', 't', 'n', 'p'].flatMap((key) => [`ctrl+${key}`, `ctrl+shift+${key}`, `meta+${key}`]);
    for (const keys of [...functionKeys, ...letters])
      expect([keys, remapped('queue.next', keys)]).toEqual([keys, ['keyboard.remaps.queue.next']]);
    for (const keys of ['f2', 'alt+w', 'w', 'ctrl+s']) expect([keys, remapped('queue.next', keys)]).toEqual([keys, []]);
  });

  it('commit nothing without a modifier that no typing makes', () => {
    for (const keys of ['enter', 'y', 'shift+y', 'shift+enter', 'f2'])
      expect([keys, remapped('commit.sign', keys)]).toEqual([keys, ['keyboard.remaps.commit.sign']]);
    for (const keys of ['ctrl+enter', 'alt+y', 'meta+enter', 'ctrl+shift+y'])
      expect([keys, remapped('commit.sign', keys)]).toEqual([keys, []]);
    expect(remapped('committee.open', 'y')).toEqual([]);
  });
});
