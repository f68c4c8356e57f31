/** Characters nobody sees that carry hidden text: tags, variation selectors, zero-width ones (OWASP LLM01:2026). */
const INVISIBLE = /[\u{E0000}-\u{E007F}]|[\u{FE00}-\u{FE0F}]|[\u200B-\u200D]|\u2060/gu;

/** A value without invisible characters in its strings, and how many were taken out. */
export interface Visible {
  value: unknown;
  removed: number;
}

const visibleText = (text: string): Visible => {
  const value = text.replace(INVISIBLE, '');
  return { value, removed: text.length - value.length };
};

/** Takes invisible characters out of every string of a JSON value; keys are left as they are (a schema refuses strange ones). */
export const stripInvisible = (value: unknown): Visible => {
  if (typeof value === 'string') return visibleText(value);
  if (typeof value !== 'object' || value === null) return { value, removed: 0 };
  if (Array.isArray(value)) {
    const items = value.map(stripInvisible);
    return { value: items.map((item) => item.value), removed: items.reduce((sum, item) => sum + item.removed, 0) };
  }
  const entries = Object.entries(value).map(([key, item]) => [key, stripInvisible(item)] as const);
  return {
    value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
    removed: entries.reduce((sum, [, item]) => sum + item.removed, 0),
  };
};
