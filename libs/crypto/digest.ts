import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { CountersignError } from '#libs/errors/errors';

const deepest = 64;

const refuse = (rule: string): never => {
  throw new CountersignError('VALIDATION_FAILED', { rule });
};

const checkNumber = (value: number): void => {
  if (!Number.isFinite(value)) refuse('finite number');
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Whether text has no lone surrogate (which UTF-8 would silently replace). */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

const checkText = (text: string): void => {
  if (!isWellFormed(text)) refuse('well-formed text');
};

const checkObject = (value: object, depth: number): void => {
  if (depth > deepest) refuse('depth');
  if (Array.isArray(value)) {
    // for…of also visits holes, which JSON would turn into null.
    for (const item of value) check(item, depth + 1);
    return;
  }
  if (!isPlain(value)) refuse('JSON value');
  for (const [key, item] of Object.entries(value)) {
    checkText(key);
    check(item, depth + 1);
  }
};

const check = (value: unknown, depth: number): void => {
  if (typeof value === 'string') checkText(value);
  else if (typeof value === 'number') checkNumber(value);
  else if (typeof value === 'object' && value !== null) checkObject(value, depth);
  else if (typeof value !== 'boolean' && value !== null) refuse('JSON value');
};

/**
 * RFC 8785 canonical JSON of a plain JSON value.
 * Throws VALIDATION_FAILED (naming the rule, never the value) for whatever JSON would drop or change: undefined,
 * NaN, infinities, lone surrogates, dates and other objects, bigints, functions, more than 64 levels.
 */
export const canonicalJson = (value: unknown): string => {
  check(value, 0);
  return canonicalize(value) ?? refuse('JSON value');
};

/** SHA-256 of text (UTF-8) or bytes, 64 hex digits. */
export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The digest an approval is bound to: SHA-256 of the canonical JSON of what was shown. Throws like {@link canonicalJson}. */
export const digestOf = (value: unknown): string => sha256Hex(canonicalJson(value));
