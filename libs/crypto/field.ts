import { CountersignError } from '#libs/errors/errors';
import { open, placeOf, seal } from './aead';
import { canonicalJson, isWellFormed } from './digest';
import type { KeyRing } from './key-ring';

/** Where an encrypted value lives; a value moved to any other place no longer opens. */
export interface FieldPlace {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

const version = 1;
const headerLength = 5;

const aadOf = ({ table, column, rowId }: FieldPlace, keyId: string): Buffer =>
  placeOf('v1', table, column, rowId, keyId);

/** Encrypts bytes for one column of one row. Stored form (bytea): version, 4 bytes key id, IV, ciphertext, tag. */
export const sealField = (ring: KeyRing, at: FieldPlace, data: Uint8Array): Buffer => {
  const keyId = ring.currentKeyId;
  const key = ring.subKey(keyId, 'field');
  const header = Buffer.concat([Buffer.of(version), Buffer.from(keyId, 'hex')]);
  return Buffer.concat([header, seal({ key, aad: aadOf(at, keyId), data })]);
};

/** Decrypts what {@link sealField} stored at this place; throws PAYLOAD_REJECTED, or KEY_UNAVAILABLE for a key not held. */
export const openField = (ring: KeyRing, at: FieldPlace, stored: Uint8Array): Buffer => {
  if (stored.length < headerLength || stored[0] !== version) throw new CountersignError('PAYLOAD_REJECTED');
  const keyId = Buffer.from(stored.subarray(1, headerLength)).toString('hex');
  const key = ring.subKey(keyId, 'field');
  return open({ key, aad: aadOf(at, keyId), data: stored.subarray(headerLength) });
};

/** Which key a stored value was sealed with, so that a re-encryption job can find what is left; undefined: not ours. */
export const keyIdOfField = (stored: Uint8Array): string | undefined =>
  stored.length > headerLength && stored[0] === version
    ? Buffer.from(stored.subarray(1, headerLength)).toString('hex')
    : undefined;

/** Encrypts text for one column of one row; text with a lone surrogate is refused (UTF-8 would silently change it). */
export const encryptField = (ring: KeyRing, at: FieldPlace, plaintext: string): Buffer => {
  if (!isWellFormed(plaintext)) throw new CountersignError('VALIDATION_FAILED', { rule: 'well-formed text' });
  return sealField(ring, at, Buffer.from(plaintext, 'utf8'));
};

/** Decrypts text written by {@link encryptField}; throws like {@link openField}. */
export const decryptField = (ring: KeyRing, at: FieldPlace, stored: Uint8Array): string =>
  openField(ring, at, stored).toString('utf8');

/** Encrypts a JSON value (drafts, decisions, notes) in its canonical form, so that its digest can be checked later. */
export const sealJson = (ring: KeyRing, at: FieldPlace, value: unknown): Buffer =>
  sealField(ring, at, Buffer.from(canonicalJson(value), 'utf8'));

/** Decrypts a value written by {@link sealJson}; the caller's schema says what it is. Throws like {@link openField}. */
export const openJson = (ring: KeyRing, at: FieldPlace, stored: Uint8Array): unknown =>
  JSON.parse(openField(ring, at, stored).toString('utf8'));
