import { randomBytes } from 'node:crypto';
import { blindIndex } from './blind-index';
import { sha256Hex } from './digest';
import { createRing, rotateRing, unwrapRing } from './key-ring';
import { normaliseIdentifier } from './normalise';

const kek = randomBytes(32);
const stored = createRing(kek, new Date('2026-01-01T00:00:00Z'));
const ring = unwrapRing(kek, stored);
const id = normaliseIdentifier('11010119900307001x');

describe('blindIndex', () => {
  it('is the same for equal values, over restarts and key rotation', () => {
    const index = blindIndex(ring, 'patient.national-id', id);
    const rotated = unwrapRing(kek, rotateRing(kek, stored, new Date('2026-02-01T00:00:00Z')));
    expect(index).toMatch(/^[0-9a-f]{64}$/);
    expect(blindIndex(unwrapRing(kek, stored), 'patient.national-id', id)).toBe(index);
    expect(blindIndex(rotated, 'patient.national-id', id)).toBe(index);
  });

  it('differs by value, by scope and by installation', () => {
    const other = unwrapRing(kek, createRing(kek, new Date()));
    const all = [
      blindIndex(ring, 'patient.national-id', id),
      blindIndex(ring, 'patient.phone', id),
      blindIndex(ring, 'patient.national-id', normaliseIdentifier('110101199003070028')),
      blindIndex(other, 'patient.national-id', id),
    ];
    expect(new Set(all).size).toBe(4);
  });

  it('cannot be computed without the key', () => {
    expect(blindIndex(ring, 'patient.national-id', id)).not.toBe(sha256Hex(id));
  });
});
