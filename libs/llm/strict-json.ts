import { type FailureReason } from './outcome';

/** Why a text is not acceptable JSON; holds no part of the text. */
export type JsonFault = Extract<
  FailureReason,
  'syntax' | 'duplicate-key' | 'forbidden-key' | 'unsafe-number' | 'unsafe-text' | 'too-deep'
>;

/** A parsed text, or why not; `trailingCommas` counts those that were tolerated. */
export type JsonReading = { ok: true; value: unknown; trailingCommas: number } | { ok: false; fault: JsonFault };

const MAX_DEPTH = 64;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN = '[^"\\\\\\u0000-\\u001f]*';
const ESCAPED = '\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})';
const STRING = new RegExp(`"${PLAIN}(?:${ESCAPED}${PLAIN})*"`, 'y');
const LONE_SURROGATE = /\p{Cs}/u;
const LITERAL = /true|false|null/y;
const LITERALS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

class Rejected extends Error {
  constructor(readonly fault: JsonFault) {
    super(fault);
  }
}

interface Cursor {
  text: string;
  at: number;
  depth: number;
  tolerant: boolean;
  trailingCommas: number;
}

const reject = (fault: JsonFault): never => {
  throw new Rejected(fault);
};

const match = (cursor: Cursor, pattern: RegExp): string | null => {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0] ?? null;
  if (found !== null) cursor.at += found.length;
  return found;
};

const take = (cursor: Cursor, char: string): boolean => {
  match(cursor, SPACE);
  if (cursor.text[cursor.at] !== char) return false;
  cursor.at += 1;
  return true;
};

const readNumber = (token: string): number => {
  const value = Number(token);
  if (!Number.isFinite(value)) return reject('unsafe-number');
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return reject('unsafe-number');
  return value;
};

const readString = (cursor: Cursor): string => {
  const token = match(cursor, STRING) ?? reject('syntax');
  const value: unknown = JSON.parse(token);
  if (typeof value !== 'string') return reject('syntax');
  if (LONE_SURROGATE.test(value) || value.includes('\u0000')) return reject('unsafe-text');
  return value;
};

/** Whether the list or object ends here; a comma before the end counts only where tolerated. */
const ends = (cursor: Cursor, close: string, first: boolean): boolean => {
  if (take(cursor, close)) return true;
  if (first) return false;
  if (!take(cursor, ',')) return reject('syntax');
  if (!cursor.tolerant || !take(cursor, close)) return false;
  cursor.trailingCommas += 1;
  return true;
};

const readArray = (cursor: Cursor): unknown[] => {
  const items: unknown[] = [];
  while (!ends(cursor, ']', items.length === 0)) items.push(readValue(cursor));
  return items;
};

const readObject = (cursor: Cursor): Record<string, unknown> => {
  const object: Record<string, unknown> = {};
  let first = true;
  while (!ends(cursor, '}', first)) {
    first = false;
    match(cursor, SPACE);
    const key = readString(cursor);
    if (key === '__proto__') reject('forbidden-key');
    if (Object.hasOwn(object, key)) reject('duplicate-key');
    if (!take(cursor, ':')) reject('syntax');
    object[key] = readValue(cursor);
  }
  return object;
};

const readNested = <T>(cursor: Cursor, read: (cursor: Cursor) => T): T => {
  cursor.at += 1;
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) reject('too-deep');
  const value = read(cursor);
  cursor.depth -= 1;
  return value;
};

const readValue = (cursor: Cursor): unknown => {
  match(cursor, SPACE);
  const char = cursor.text[cursor.at];
  if (char === '{') return readNested(cursor, readObject);
  if (char === '[') return readNested(cursor, readArray);
  if (char === '"') return readString(cursor);
  const literal = match(cursor, LITERAL);
  if (literal !== null) return LITERALS[literal];
  return readNumber(match(cursor, NUMBER) ?? reject('syntax'));
};

/**
 * Parses JSON as RFC 8259 and stricter: duplicate keys, `__proto__`, integers beyond 2^53, infinite numbers,
 * NUL, lone surrogates and more than 64 levels are faults. With `trailingCommas` those are tolerated and counted.
 */
export const readJson = (text: string, options: { trailingCommas?: boolean } = {}): JsonReading => {
  const cursor: Cursor = { text, at: 0, depth: 0, tolerant: options.trailingCommas ?? false, trailingCommas: 0 };
  try {
    const value = readValue(cursor);
    match(cursor, SPACE);
    if (cursor.at !== text.length) return { ok: false, fault: 'syntax' };
    return { ok: true, value, trailingCommas: cursor.trailingCommas };
  } catch (error) {
    if (error instanceof Rejected) return { ok: false, fault: error.fault };
    throw error;
  }
};
