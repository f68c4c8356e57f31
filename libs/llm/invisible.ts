/**
 * Characters nobody sees that carry hidden text or turn what is seen around: tags, variation selectors, zero-width ones,
 * marks of direction, fillers (OWASP LLM01:2026, Unicode TR 36).
 */
const INVISIBLE =
  /[\u{E0000}-\u{E007F}]|[\u{E0100}-\u{E01EF}]|[\u{FE00}-\u{FE0F}]|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u206F]|\u00AD|\u034F|\u061C|\u180E|\u115F|\u1160|\u3164|\uFFA0|\uFEFF|[\uFFF9-\uFFFB]/gu;

/** A value without invisible characters in its strings, and how many were taken out. */
export interface Visible {
  value: unknown;
  removed: number;
}

const JOINING =
  /(?<=\p{Extended_Pictographic})\uFE0F|(?:[\u{FE00}-\u{FE0F}]|\u200C|\u200D)(?![A-Za-z\p{Script=Han}])/gu;

/** A text without its invisible characters. */
export const visibleText = (text: string): string => text.replace(INVISIBLE, '');

/** Whether a text hides something; what joins or styles emoji and letters of other scripts does not. */
export const hasInvisible = (text: string): boolean => {
  const rest = text.replace(JOINING, '');
  return visibleText(rest).length < rest.length;
};

/** Takes invisible characters out of every string of a JSON value; keys are left as they are (a schema refuses strange ones). */
export const stripInvisible = (value: unknown): Visible => {
  if (typeof value === 'string') {
    const visible = visibleText(value);
    return { value: visible, removed: value.length - visible.length };
  }
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
