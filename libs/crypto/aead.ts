import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { CountersignError } from '#libs/errors/errors';

const cipher = 'aes-256-gcm';
const ivLength = 12;
const authTagLength = 16;

/** Bytes that {@link seal} adds to a plaintext: the random IV before it and the tag behind it. */
export const sealOverhead = ivLength + authTagLength;

/** What is sealed or opened: a 32-byte key, the place the value belongs to, and the bytes. */
export interface SealInput {
  readonly key: Buffer | KeyObject;
  readonly aad: Buffer;
  readonly data: Uint8Array;
}

/** Encrypts and authenticates bytes for one place (AES-256-GCM); returns IV, ciphertext and tag in this order. */
export const seal = ({ key, aad, data }: SealInput): Buffer => {
  const iv = randomBytes(ivLength);
  const cipherStream = createCipheriv(cipher, key, iv, { authTagLength }).setAAD(aad);
  return Buffer.concat([iv, cipherStream.update(data), cipherStream.final(), cipherStream.getAuthTag()]);
};

/**
 * The only decryption of the code base: gives the plaintext back after its tag was verified, never before.
 * Throws PAYLOAD_REJECTED (and says nothing else) for anything that was not sealed with this key for this place.
 */
export const open = ({ key, aad, data }: SealInput): Buffer => {
  if (data.length < sealOverhead) throw new CountersignError('PAYLOAD_REJECTED');
  const iv = data.subarray(0, ivLength);
  const tag = data.subarray(data.length - authTagLength);
  // Without authTagLength Node accepts tags of 4, 8 and 12 bytes.
  const decipher = createDecipheriv(cipher, key, iv, { authTagLength }).setAAD(aad).setAuthTag(tag);
  // update() releases plaintext before the tag is checked: nothing may leave this function before final().
  const unverified = decipher.update(data.subarray(ivLength, data.length - authTagLength));
  try {
    return Buffer.concat([unverified, decipher.final()]);
  } catch {
    unverified.fill(0);
    throw new CountersignError('PAYLOAD_REJECTED');
  }
};

/** The additional authenticated data of a place, readable and unambiguous: its parts joined by "|". */
export const placeOf = (...parts: readonly string[]): Buffer =>
  Buffer.from(parts.map((part) => part.replace(/[%|]/g, encodeURIComponent)).join('|'), 'utf8');
