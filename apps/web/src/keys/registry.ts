/** Where a shortcut works: everywhere, in the queue, on an open review. A dialog turns all but its own off. */
export type Scope = 'everywhere' | 'queue' | 'review' | 'intake';

/** A shortcut as the sheet, the palette and the buttons tell of it. */
export interface Shortcut {
  readonly id: string;
  /** In the words of react-hotkeys-hook; several ways with commas. */
  readonly keys: string;
  readonly scope: Scope;
  /** Works while somebody types in a field. */
  readonly whileTyping?: true;
  /** Signs or sends something: its chord keeps a modifier whatever a person prefers. */
  readonly commits?: true;
}

/**
 * Every shortcut of the product, once: the sheet (`?`), the palette (`Ctrl+K`), the hints on buttons and the docs are made
 * from this list. Letters only navigate; whatever signs has a modifier (a wristband scanner types letters and ends with
 * Enter); keys that browsers own are left alone.
 */
export const shortcuts = [
  { id: 'palette', keys: 'ctrl+k', scope: 'everywhere', whileTyping: true },
  { id: 'sheet', keys: 'shift+?', scope: 'everywhere' },
  { id: 'search', keys: '/', scope: 'everywhere' },
  { id: 'go.queue', keys: 'alt+1', scope: 'everywhere', whileTyping: true },
  { id: 'go.reviews', keys: 'alt+2', scope: 'everywhere', whileTyping: true },
  { id: 'go.intake', keys: 'alt+n', scope: 'everywhere', whileTyping: true },
  { id: 'queue.next', keys: 'down,j', scope: 'queue' },
  { id: 'queue.previous', keys: 'up,k', scope: 'queue' },
  { id: 'queue.open', keys: 'enter', scope: 'queue' },
  { id: 'queue.call', keys: 'alt+c', scope: 'queue', commits: true },
  { id: 'queue.defer', keys: 'alt+h', scope: 'queue', commits: true },
  { id: 'queue.undo', keys: 'ctrl+z', scope: 'queue', commits: true },
  { id: 'review.sign', keys: 'ctrl+enter', scope: 'review', whileTyping: true, commits: true },
  { id: 'review.defer', keys: 'alt+h', scope: 'review', whileTyping: true, commits: true },
  { id: 'review.redraft', keys: 'alt+r', scope: 'review', whileTyping: true, commits: true },
  { id: 'review.escalate', keys: 'alt+e', scope: 'review', whileTyping: true, commits: true },
  { id: 'review.claim', keys: 'alt+l', scope: 'review', whileTyping: true, commits: true },
  { id: 'review.release', keys: 'alt+g', scope: 'review', whileTyping: true, commits: true },
  { id: 'review.reassign', keys: 'alt+j', scope: 'review', whileTyping: true, commits: true },
  { id: 'review.withdraw', keys: 'alt+w', scope: 'review', whileTyping: true, commits: true },
  { id: 'review.decline', keys: 'alt+x', scope: 'review', whileTyping: true, commits: true },
  { id: 'review.late', keys: 'alt+o', scope: 'review', whileTyping: true },
  { id: 'review.back', keys: 'escape', scope: 'review' },
  { id: 'intake.register', keys: 'ctrl+enter', scope: 'intake', whileTyping: true, commits: true },
  { id: 'intake.next', keys: 'ctrl+shift+enter', scope: 'intake', whileTyping: true, commits: true },
  { id: 'intake.resus', keys: 'ctrl+shift+1', scope: 'intake', whileTyping: true, commits: true },
] as const satisfies readonly Shortcut[];

/** The name of a shortcut. */
export type ShortcutId = (typeof shortcuts)[number]['id'];

/** A shortcut by its name. */
export const shortcutOf = (id: ShortcutId): Shortcut => {
  const found = shortcuts.find((one) => one.id === id);
  if (!found) throw new Error(`no shortcut ${id}`);
  return found;
};

const shownAs: Readonly<Record<string, string>> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  escape: 'Esc',
  down: '↓',
  up: '↑',
};

/** The keys as they are printed on a button: `Ctrl+Enter`. */
export const hintOf = (keys: string): string => {
  const [first = ''] = keys.split(',');
  if (first === 'shift+?') return '?';
  return first
    .split('+')
    .map((key) => shownAs[key] ?? key.toUpperCase())
    .join('+');
};
