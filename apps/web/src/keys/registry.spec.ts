import { hintOf, shortcuts, type Shortcut } from './registry';

const all: readonly Shortcut[] = shortcuts;
const chords = all.flatMap(({ id, keys, scope }) => keys.split(',').map((chord) => ({ id, chord, scope })));

describe('the registry of shortcuts', () => {
  it('names each once', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('signs and sends nothing without a modifier', () => {
    for (const { id, keys } of all.filter(({ commits }) => commits))
      expect([id, keys]).toEqual([id, expect.stringMatching(/^(ctrl|alt)\+/)]);
  });

  it('leaves the keys of browsers alone', () => {
    const taken = /^(f1|f3|f5|f6|f11|f12|ctrl\+[wtnp])$/;
    expect(chords.filter(({ chord }) => taken.test(chord))).toEqual([]);
  });

  it('gives a chord one meaning where it works', () => {
    for (const { id, chord, scope } of chords) {
      const others = chords.filter((one) => one.id !== id && one.chord === chord);
      expect(
        others.filter((one) => one.scope === scope || one.scope === 'everywhere' || scope === 'everywhere'),
      ).toEqual([]);
    }
  });

  it('is printed as keys are', () => {
    expect([hintOf('ctrl+enter'), hintOf('down,j'), hintOf('shift+?')]).toEqual(['Ctrl+Enter', '↓', '?']);
  });
});
