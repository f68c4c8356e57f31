import { preferencesSchema } from '#libs/preferences/preferences';
import { shortcuts } from './registry';
import { chordOf, keysOf, moved, type Press, remapFault } from './remap';

const press = (code: string, held: Partial<Press> = {}): Press => ({
  code,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...held,
});

describe('the chord of a key press', () => {
  it('goes by the place of the key, modifiers in one order', () => {
    expect(chordOf(press('KeyJ'))).toBe('j');
    expect(chordOf(press('Digit1', { shiftKey: true, ctrlKey: true }))).toBe('ctrl+shift+1');
    expect(chordOf(press('ArrowDown', { altKey: true }))).toBe('alt+down');
    expect(chordOf(press('Slash', { shiftKey: true }))).toBe('shift+slash');
  });

  it('is none while only modifiers are held', () => {
    for (const code of ['ControlLeft', 'AltRight', 'ShiftLeft', 'MetaLeft']) expect(chordOf(press(code))).toBeNull();
  });
});

describe('a moved shortcut', () => {
  it('is refused what the browser keeps and what no keyboard is sure to have', () => {
    expect(remapFault('queue.next', 'ctrl+t', {})).toEqual({ why: 'browser' });
    expect(remapFault('queue.next', 'f5', {})).toEqual({ why: 'browser' });
    expect(remapFault('queue.next', 'mediaplaypause', {})).toEqual({ why: 'unknown' });
  });

  it('keeps a modifier where it signs or sends, and where it works while somebody types', () => {
    expect(remapFault('review.sign', 'enter', {})).toEqual({ why: 'modifier' });
    expect(remapFault('review.sign', 'shift+enter', {})).toEqual({ why: 'modifier' });
    expect(remapFault('go.queue', 'q', {})).toEqual({ why: 'typing' });
    expect(remapFault('review.sign', 'alt+s', {})).toBeNull();
  });

  it('is refused what another has where both work, however it is written', () => {
    expect(remapFault('queue.next', 'k', {})).toEqual({ why: 'taken', by: 'queue.previous' });
    expect(remapFault('queue.open', 'slash', {})).toEqual({ why: 'taken', by: 'search' });
    expect(remapFault('queue.open', 'shift+slash', {})).toEqual({ why: 'taken', by: 'sheet' });
    expect(remapFault('intake.register', 'alt+h', {})).toBeNull();
  });

  it('leaves its own keys to others', () => {
    const remaps = moved({}, 'queue.next', 'n');
    expect(remapFault('queue.open', 'j', remaps)).toBeNull();
    expect(remapFault('queue.open', 'n', remaps)).toEqual({ why: 'taken', by: 'queue.next' });
  });

  it('has its keys until it goes back', () => {
    const remaps = moved({ later: 'x' }, 'review.sign', 'alt+s');
    expect(remaps).toEqual({ later: 'x', 'commit.review.sign': 'alt+s' });
    expect(keysOf('review.sign', remaps)).toBe('alt+s');
    expect(moved(remaps, 'review.sign', null)).toEqual({ later: 'x' });
    expect(keysOf('review.sign', {})).toBe('ctrl+enter');
  });

  it('is taken by the server wherever the page takes it', () => {
    for (const { id } of shortcuts) {
      const remaps = moved({}, id, 'ctrl+alt+f9');
      expect([id, remapFault(id, 'ctrl+alt+f9', {})]).toEqual([id, null]);
      expect([id, preferencesSchema.safeParse({ keyboard: { remaps } }).success]).toEqual([id, true]);
    }
    const bare = moved({}, 'review.sign', 'y');
    expect(preferencesSchema.safeParse({ keyboard: { remaps: bare } }).success).toBe(false);
  });
});
