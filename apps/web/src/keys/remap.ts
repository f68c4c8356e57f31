import { chordForm, hasModifier, isBrowserChord } from '#libs/preferences/chord';
import { type Shortcut, shortcutOf, type ShortcutId, shortcuts } from './registry';

type Remaps = Readonly<Record<string, string>>;

/** Why a shortcut cannot have these keys. */
export type RemapFault =
  /** No key that the product can tell on every keyboard. */
  { readonly why: 'unknown' | 'browser' | 'modifier' | 'typing' } | { readonly why: 'taken'; readonly by: ShortcutId };

/** The name under which a person's keys are kept: what signs or sends has one by which the server asks for a modifier. */
export const remapName = ({ id, commits }: Shortcut): string => (commits === true ? `commit.${id}` : id);

/** The keys of a shortcut: those of the person, else those of the product. */
export const keysOf = (id: ShortcutId, remaps: Remaps): string => {
  const shortcut = shortcutOf(id);
  return remaps[remapName(shortcut)] ?? shortcut.keys;
};

const pressed: Readonly<Record<string, string>> = {
  arrowup: 'up',
  arrowdown: 'down',
  arrowleft: 'left',
  arrowright: 'right',
};

/** What of a key press makes a chord. */
export type Press = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/** The chord of a key press, by the key's place; null while only modifiers are held. */
export const chordOf = ({ code, ctrlKey, altKey, shiftKey, metaKey }: Press): string | null => {
  if (/^(Control|Alt|Shift|Meta|OS)/.test(code)) return null;
  const plain = code.toLowerCase().replace(/^(key|digit|numpad)/, '');
  const held = [ctrlKey && 'ctrl', altKey && 'alt', shiftKey && 'shift', metaKey && 'meta'].filter(Boolean);
  return [...held, pressed[plain] ?? plain].join('+');
};

/* The product's own are written by what they print, a person's by their place. */
const placed = (chord: string): string => chord.replace(/[?/]$/, 'slash');

const meets = (one: Shortcut, other: Shortcut): boolean =>
  one.scope === other.scope || one.scope === 'everywhere' || other.scope === 'everywhere';

/** Why this shortcut cannot have this chord; null where it can. */
export const remapFault = (id: ShortcutId, chord: string, remaps: Remaps): RemapFault | null => {
  const shortcut = shortcutOf(id);
  if (!chordForm.test(chord)) return { why: 'unknown' };
  if (isBrowserChord(chord)) return { why: 'browser' };
  if (shortcut.commits === true && !hasModifier(chord)) return { why: 'modifier' };
  if (shortcut.whileTyping === true && !hasModifier(chord)) return { why: 'typing' };
  const other = shortcuts.find(
    (one) =>
      one.id !== id && meets(one, shortcut) && keysOf(one.id, remaps).split(',').map(placed).includes(placed(chord)),
  );
  return other ? { why: 'taken', by: other.id } : null;
};

/** A person's keys with this shortcut moved; back to the product's own where the chord is null. */
export const moved = (remaps: Remaps, id: ShortcutId, chord: string | null): Record<string, string> => {
  const name = remapName(shortcutOf(id));
  const others = Object.entries(remaps).filter(([one]) => one !== name);
  return Object.fromEntries(chord === null ? others : [...others, [name, chord]]);
};
