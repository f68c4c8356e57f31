import { blindIndex } from '#libs/crypto/blind-index';
import { decryptField, encryptField, openJson, sealJson } from '#libs/crypto/field';
import { type KeyRing } from '#libs/crypto/key-ring';
import { type NormalisedText } from '#libs/crypto/normalise';

/** A column of a row: a ciphertext moved to another place no longer opens. */
export type Place = readonly [table: string, column: string, rowId: string];

/** Encrypts and opens the sensitive columns of the stores. */
export interface FieldCipher {
  seal(place: Place, text: string): Buffer;
  open(place: Place, stored: Uint8Array): string;
  sealJson(place: Place, value: unknown): Buffer;
  openJson(place: Place, stored: Uint8Array): unknown;
  /** A keyed fingerprint for equality look-ups and unique keys (32 bytes). */
  index(scope: string, value: NormalisedText): Buffer;
}

const at = ([table, column, rowId]: Place) => ({ table, column, rowId });

/** The cipher of a key ring. */
export const createFieldCipher = (ring: KeyRing): FieldCipher => ({
  seal: (place, text) => encryptField(ring, at(place), text),
  open: (place, stored) => decryptField(ring, at(place), stored),
  sealJson: (place, value) => sealJson(ring, at(place), value),
  openJson: (place, stored) => openJson(ring, at(place), stored),
  index: (scope, value) => Buffer.from(blindIndex(ring, scope, value), 'hex'),
});
