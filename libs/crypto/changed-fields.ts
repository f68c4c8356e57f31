import { canonicalJson } from './digest';

/** The fields in which two JSON objects differ, at whatever depth, in order; null counts as an object without fields. */
export const changedFields = (before: unknown, after: unknown): string[] => {
  const [a, b] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]).toSorted();
};

const fieldsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries((value ?? {}) as object).map(([key, field]) => [key, canonicalJson(field)]));
