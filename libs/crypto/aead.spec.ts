import { createDecipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { CountersignError } from '#libs/errors/errors';
import { open, placeOf, seal, sealOverhead } from './aead';

const key = randomBytes(32);
const aad = placeOf('v1', 'here');
const canary = 'CANARY-张三-110101199003070011';

const thrownBy = (act: () => unknown): CountersignError => {
  try {
    act();
  } catch (error) {
    return error as CountersignError;
  }
  throw new Error('nothing was thrown');
};

const rejects = (act: () => unknown): void => {
  const error = thrownBy(act);
  expect(error.code).toBe('PAYLOAD_REJECTED');
  expect(error.detail).toEqual({});
  expect(error.cause).toBeUndefined();
  expect(JSON.stringify(error) + error.message + error.stack).not.toContain('CANARY');
};

describe('seal and open (P-3)', () => {
  it('gives back any bytes, of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        const sealed = seal({ key, aad, data });
        expect(sealed).toHaveLength(data.length + sealOverhead);
        expect(open({ key, aad, data: sealed })).toEqual(Buffer.from(data));
      }),
    );
  });

  it('never produces the same bytes twice, nor the plaintext', () => {
    const sealed = Array.from({ length: 200 }, () => seal({ key, aad, data: Buffer.from(canary) }));
    expect(new Set(sealed.map((one) => one.toString('hex'))).size).toBe(200);
    expect(new Set(sealed.map((one) => one.subarray(0, 12).toString('hex'))).size).toBe(200);
    expect(sealed.some((one) => one.includes('CANARY'))).toBe(false);
  });

  it('rejects every flipped bit of every byte', () => {
    const sealed = seal({ key, aad, data: Buffer.from(canary) });
    for (let at = 0; at < sealed.length; at++) {
      for (const bit of [1, 16, 128]) {
        const forged = Buffer.from(sealed);
        forged[at]! ^= bit;
        rejects(() => open({ key, aad, data: forged }));
      }
    }
  });

  it('rejects every shortened and every lengthened value', () => {
    const sealed = seal({ key, aad, data: Buffer.from(canary) });
    for (let length = 0; length < sealed.length; length++) {
      rejects(() => open({ key, aad, data: sealed.subarray(0, length) }));
    }
    rejects(() => open({ key, aad, data: Buffer.concat([sealed, Buffer.of(0)]) }));
  });

  it.each([4, 8, 12])('rejects a tag cut to %i bytes, which Node alone accepts', (length) => {
    const sealed = seal({ key, aad, data: Buffer.from(canary) });
    const body = sealed.subarray(0, -16);
    const cut = sealed.subarray(-16).subarray(0, length);
    const lax = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(aad).setAuthTag(cut);
    const released = Buffer.concat([lax.update(body.subarray(12)), lax.final()]).toString();
    expect(released).toBe(canary);
    rejects(() => open({ key, aad, data: Buffer.concat([body, cut]) }));
  });

  it('rejects another key and another place', () => {
    const sealed = seal({ key, aad, data: Buffer.from(canary) });
    rejects(() => open({ key: randomBytes(32), aad, data: sealed }));
    rejects(() => open({ key, aad: placeOf('v1', 'there'), data: sealed }));
    rejects(() => open({ key, aad: Buffer.alloc(0), data: sealed }));
  });
});

describe('placeOf', () => {
  it('joins its parts readably', () => {
    expect(placeOf('v1', 'countersign', 'triage:7', 'k', 'binary/encrypted').toString()).toBe(
      'v1|countersign|triage:7|k|binary/encrypted',
    );
  });

  it('is another place for every other list of parts', () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('|', '%', '7', 'C', 'a', '2', '5') }), { maxLength: 5 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        fc.pre(a.length > 0 && b.length > 0 && JSON.stringify(a) !== JSON.stringify(b));
        expect(placeOf(...a).equals(placeOf(...b))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
