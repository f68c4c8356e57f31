import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  decryptField,
  encryptField,
  keyIdOfField,
  openField,
  openJson,
  sealField,
  sealJson,
  type FieldPlace,
} from './field';
import { digestOf } from './digest';
import { createRing, rotateRing, unwrapRing } from './key-ring';

const kek = randomBytes(32);
const first = createRing(kek, new Date('2026-01-01T00:00:00Z'));
const second = rotateRing(kek, first, new Date('2026-02-01T00:00:00Z'));
const ring = unwrapRing(kek, first);
const rotated = unwrapRing(kek, second);
const at: FieldPlace = { table: 'patient', column: 'name', rowId: '0195c1de-0000-7000-8000-000000000001' };
const canary = '王小明 CANARY';

/** Refused with this code, and no byte of the plaintext anywhere in what was thrown. */
const refused = (act: () => unknown, code = 'PAYLOAD_REJECTED'): void => {
  let returned: unknown;
  let thrown: unknown;
  try {
    returned = act();
  } catch (error) {
    thrown = error;
  }
  expect(returned).toBeUndefined();
  expect(thrown).toMatchObject({ code });
  expect(JSON.stringify(thrown) + String((thrown as Error).stack)).not.toContain('CANARY');
};

describe('encryptField and decryptField (P-3)', () => {
  it('give back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decryptField(ring, at, encryptField(ring, at, text))).toBe(text);
      }),
    );
  });

  it('store 33 bytes more than the text, with the key id readable', () => {
    const stored = encryptField(ring, at, canary);
    expect(stored).toHaveLength(Buffer.byteLength(canary) + 33);
    expect(keyIdOfField(stored)).toBe(ring.currentKeyId);
    expect(stored.includes('CANARY')).toBe(false);
  });

  it.each<[string, Partial<FieldPlace>]>([
    ['row', { rowId: '0195c1de-0000-7000-8000-000000000002' }],
    ['column', { column: 'address' }],
    ['table', { table: 'staff' }],
    ['table and column run together', { table: 'patient|name', column: '' }],
  ])('refuse a value moved to another %s', (_what, other) => {
    refused(() => decryptField(ring, { ...at, ...other }, encryptField(ring, at, canary)));
  });

  it('refuse a value relabelled with another key of the ring', () => {
    const stored = encryptField(rotated, at, canary);
    Buffer.from(first[0]!.keyId, 'hex').copy(stored, 1);
    refused(() => decryptField(rotated, at, stored));
  });

  it('refuse every flipped byte: header, iv, ciphertext and tag', () => {
    const stored = encryptField(ring, at, canary);
    for (let i = 0; i < stored.length; i++) {
      const forged = Buffer.from(stored);
      forged[i]! ^= 0x01;
      refused(() => decryptField(ring, at, forged), i >= 1 && i <= 4 ? 'KEY_UNAVAILABLE' : 'PAYLOAD_REJECTED');
    }
  });

  it.each([4, 8, 12])('refuse a tag cut to %i bytes', (length) => {
    const stored = encryptField(ring, at, canary);
    refused(() => decryptField(ring, at, stored.subarray(0, stored.length - 16 + length)));
  });

  it('refuse a value whose header was stripped, plain text and nothing at all', () => {
    refused(() => decryptField(ring, at, encryptField(ring, at, canary).subarray(5)));
    refused(() => decryptField(ring, at, Buffer.from(canary)));
    refused(() => decryptField(ring, at, Buffer.alloc(0)));
    expect(keyIdOfField(Buffer.from(canary))).toBeUndefined();
  });

  it('read what an earlier key of the ring wrote, and write with the newest', () => {
    const old = encryptField(ring, at, canary);
    expect(decryptField(rotated, at, old)).toBe(canary);
    expect(keyIdOfField(encryptField(rotated, at, canary))).toBe(second[1]!.keyId);
  });

  it('say which key is missing when a ring came back without it', () => {
    refused(() => decryptField(ring, at, encryptField(rotated, at, canary)), 'KEY_UNAVAILABLE');
  });

  it('refuse text that UTF-8 would change', () => {
    expect(() => encryptField(ring, at, 'CANARY\ud800')).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }),
    );
  });
});

describe('sealField and openField', () => {
  it('give back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        expect(openField(ring, at, sealField(ring, at, data))).toEqual(Buffer.from(data));
      }),
    );
  });
});

describe('sealJson and openJson', () => {
  it('give back a value with the same digest', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const back = openJson(ring, at, sealJson(ring, at, value));
        expect(digestOf(back)).toBe(digestOf(value));
      }),
    );
  });

  it('refuse a value moved to another row', () => {
    const stored = sealJson(ring, at, { name: canary });
    refused(() => openJson(ring, { ...at, rowId: 'other' }, stored));
  });

  it('refuse what JSON would drop', () => {
    expect(() => sealJson(ring, at, { gone: undefined })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }),
    );
  });
});
