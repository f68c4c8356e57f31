import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { CountersignError } from '#libs/errors/errors';
import { open, placeOf, seal } from './aead';

/** What a sub-key is for: a value sealed for one purpose never opens with the key of another. */
export type KeyPurpose = 'field' | 'temporal' | 'blind-index' | 'session' | 'cursor';

/** A data key as it is stored: sealed by the key-encryption key (base64), bound to its id and creation time. */
export interface StoredKey {
  readonly keyId: string;
  readonly wrappedDek: string;
  /** ISO 8601 with milliseconds; part of the binding, so it must come back from the store unchanged. */
  readonly createdAt: string;
  /** No longer used to encrypt; kept as long as anything sealed with it may be read. */
  readonly retired?: boolean;
}

/** The unwrapped keys of an installation; holds them in a closure so that no log or JSON ever shows one. */
export interface KeyRing {
  /** The key that encrypts now. */
  readonly currentKeyId: string;
  /** The oldest key: blind indexes stay on it, because an index under a newer key would no longer match old rows. */
  readonly indexKeyId: string;
  readonly keyIds: readonly string[];
  /** The 32-byte key of one purpose; throws KEY_UNAVAILABLE for an id the ring does not hold. */
  readonly subKey: (keyId: string, purpose: KeyPurpose) => KeyObject;
}

/** Key ids are eight hex digits, so that they fit into four bytes of a stored value. */
export const keyIdPattern = /^[0-9a-f]{8}$/;

const place = (keyId: string, createdAt: string): Buffer => placeOf('v1', 'dek', keyId, createdAt);

const wrap = (kek: Buffer, dek: Buffer, { keyId, createdAt }: Omit<StoredKey, 'wrappedDek'>): string =>
  seal({ key: kek, aad: place(keyId, createdAt), data: dek }).toString('base64');

const unwrap = (kek: Buffer, { keyId, createdAt, wrappedDek }: StoredKey): Buffer => {
  try {
    return open({ key: kek, aad: place(keyId, createdAt), data: Buffer.from(wrappedDek, 'base64') });
  } catch {
    throw new CountersignError('KEY_UNAVAILABLE', { keyId });
  }
};

const newKey = (kek: Buffer, now: Date): StoredKey => {
  const fields = { keyId: randomBytes(4).toString('hex'), createdAt: now.toISOString() };
  return { ...fields, wrappedDek: wrap(kek, randomBytes(32), fields) };
};

const oldestFirst = (stored: readonly StoredKey[]): StoredKey[] =>
  stored.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));

/** The key ring of a new installation: one data key, wrapped by the key-encryption key. */
export const createRing = (kek: Buffer, now: Date): StoredKey[] => [newKey(kek, now)];

/** Adds a fresh data key and retires the others; throws KEY_UNAVAILABLE when the KEK does not open the present ring. */
export const rotateRing = (kek: Buffer, stored: readonly StoredKey[], now: Date): StoredKey[] => {
  for (const key of stored) unwrap(kek, key);
  let added = newKey(kek, now);
  while (stored.some(({ keyId }) => keyId === added.keyId)) added = newKey(kek, now);
  return [...stored.map((key) => ({ ...key, retired: true })), added];
};

/** The same data keys under another key-encryption key, for replacing the KEK without touching any stored value. */
export const rewrapRing = (keks: { from: Buffer; to: Buffer }, stored: readonly StoredKey[]): StoredKey[] =>
  stored.map((key) => ({ ...key, wrappedDek: wrap(keks.to, unwrap(keks.from, key), key) }));

/** Opens a stored ring; throws KEY_UNAVAILABLE when it has no active key or any key does not open under this KEK. */
export const unwrapRing = (kek: Buffer, stored: readonly StoredKey[]): KeyRing => {
  const ordered = oldestFirst(stored);
  const deks = new Map(ordered.map((key) => [key.keyId, unwrap(kek, key)]));
  const oldest = ordered.at(0);
  const current = ordered.findLast(({ retired }) => retired !== true);
  if (!oldest || !current) throw new CountersignError('KEY_UNAVAILABLE');
  return {
    currentKeyId: current.keyId,
    indexKeyId: oldest.keyId,
    keyIds: [...deks.keys()],
    subKey: derivedFrom(deks),
  };
};

const derivedFrom = (deks: ReadonlyMap<string, Buffer>): KeyRing['subKey'] => {
  const derived = new Map<string, KeyObject>();
  return (keyId, purpose) => {
    const dek = deks.get(keyId);
    // The id may come from stored or sent bytes: only one of our form is repeated in the error.
    if (!dek) throw new CountersignError('KEY_UNAVAILABLE', keyIdPattern.test(keyId) ? { keyId } : {});
    const name = `${keyId}/${purpose}`;
    const key =
      derived.get(name) ?? createSecretKey(Buffer.from(hkdfSync('sha256', dek, 'countersign', `v1/${purpose}`, 32)));
    derived.set(name, key);
    return key;
  };
};
