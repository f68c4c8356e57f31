const modifiers = ['ctrl', 'alt', 'shift', 'meta'] as const;

const named = `enter escape space tab backspace delete insert home end pageup pagedown up down left right
  slash backslash period comma minus equal semicolon quote backquote bracketleft bracketright`.split(/\s+/);

/** A key chord: modifiers in this order, then one key by its place on the keyboard, such as `ctrl+enter` or `alt+c`. */
export const chordForm = new RegExp(
  `^${modifiers.map((modifier) => `(${modifier}\\+)?`).join('')}(?:[a-z0-9]|f(?:[1-9]|1[0-2])|${named.join('|')})$`,
);

const partsOf = (chord: string): { readonly held: ReadonlySet<string>; readonly key: string } => {
  const parts = chord.split('+');
  return { held: new Set(parts.slice(0, -1)), key: parts.at(-1) ?? '' };
};

const browserFunctionKeys = new Set(['f1', 'f3', 'f5', 'f6', 'f11', 'f12']);
const browserLetters = new Set(['w', 't', 'n', 'p']);

/** Whether the browser keeps this chord for itself: help, search, reload, full screen, tools, tabs, windows, printing. */
export const isBrowserChord = (chord: string): boolean => {
  const { held, key } = partsOf(chord);
  return browserFunctionKeys.has(key) || (browserLetters.has(key) && (held.has('ctrl') || held.has('meta')));
};

/** Whether typing, a scanner or an input method can never make this chord. Shift does not count: it types capitals. */
export const hasModifier = (chord: string): boolean => {
  const { held } = partsOf(chord);
  return held.has('ctrl') || held.has('alt') || held.has('meta');
};
