import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { createRing, keyIdPattern, rewrapRing, rotateRing, unwrapRing, type StoredKey } from './key-ring';

const kek = randomBytes(32);
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const three = (): StoredKey[] => rotateRing(kek, rotateRing(kek, createRing(kek, day(1)), day(2)), day(3));
const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;

describe('createRing', () => {
  it('makes one active key whose stored form does not hold the key', () => {
    const stored = createRing(kek, day(1));
    const ring = unwrapRing(kek, stored);
    expect(stored).toEqual([
      {
        keyId: expect.stringMatching(keyIdPattern),
        createdAt: '2026-01-01T00:00:00.000Z',
        wrappedDek: expect.any(String),
      },
    ]);
    expect(Buffer.from(stored[0]!.wrappedDek, 'base64')).toHaveLength(60);
    expect(ring).toMatchObject({ currentKeyId: stored[0]!.keyId, indexKeyId: stored[0]!.keyId });
  });
});

describe('unwrapRing', () => {
  it('refuses another key-encryption key', () => {
    expect(() => unwrapRing(randomBytes(32), three())).toThrow(code('KEY_UNAVAILABLE'));
  });

  it('refuses a ring without keys, or with none active', () => {
    expect(() => unwrapRing(kek, [])).toThrow(code('KEY_UNAVAILABLE'));
    const retired = createRing(kek, day(1)).map((key) => ({ ...key, retired: true }));
    expect(() => unwrapRing(kek, retired)).toThrow(code('KEY_UNAVAILABLE'));
  });

  it('refuses stored keys whose id, time or bytes were exchanged', () => {
    const [a, b] = three() as [StoredKey, StoredKey, StoredKey];
    expect(() => unwrapRing(kek, [{ ...a, wrappedDek: b.wrappedDek }])).toThrow(code('KEY_UNAVAILABLE'));
    expect(() => unwrapRing(kek, [{ ...a, keyId: b.keyId }])).toThrow(code('KEY_UNAVAILABLE'));
    expect(() => unwrapRing(kek, [{ ...a, createdAt: b.createdAt }])).toThrow(code('KEY_UNAVAILABLE'));
  });

  it('does not depend on the order in which the store returns the keys', () => {
    const stored = three();
    const ring = unwrapRing(kek, stored.toReversed());
    expect(ring.currentKeyId).toBe(stored[2]!.keyId);
    expect(ring.indexKeyId).toBe(stored[0]!.keyId);
    expect(ring.keyIds).toEqual(stored.map(({ keyId }) => keyId));
  });

  it('never shows a key in JSON or in a log', () => {
    const stored = createRing(kek, day(1));
    const ring = unwrapRing(kek, stored);
    const secret = ring.subKey(ring.currentKeyId, 'field').export().toString('hex');
    expect(JSON.stringify(ring) + inspect(ring, { depth: 9 })).not.toContain(secret);
    expect(Object.keys(JSON.parse(JSON.stringify(ring)) as object)).toEqual(['currentKeyId', 'indexKeyId', 'keyIds']);
  });
});

describe('subKey', () => {
  it('differs by purpose and by key, and stays the same over restarts', () => {
    const stored = three();
    const ring = unwrapRing(kek, stored);
    const purposes = ['field', 'temporal', 'blind-index', 'session', 'cursor'] as const;
    const all = ring.keyIds.flatMap((id) =>
      purposes.map((purpose) => ring.subKey(id, purpose).export().toString('hex')),
    );
    expect(new Set(all).size).toBe(15);
    expect(all.every((hex) => hex.length === 64)).toBe(true);
    const again = unwrapRing(kek, stored);
    expect(again.subKey(stored[1]!.keyId, 'session').export()).toEqual(
      ring.subKey(stored[1]!.keyId, 'session').export(),
    );
  });

  it('names a key it does not hold, and repeats nothing that is not a key id', () => {
    const ring = unwrapRing(kek, createRing(kek, day(1)));
    expect(() => ring.subKey('00000000', 'field')).toThrow(
      expect.objectContaining({ code: 'KEY_UNAVAILABLE', detail: { keyId: '00000000' } }),
    );
    expect(() => ring.subKey('张三', 'field')).toThrow(
      expect.objectContaining({ code: 'KEY_UNAVAILABLE', detail: {} }),
    );
  });
});

describe('rotateRing', () => {
  it('adds one active key and keeps the older ones for reading', () => {
    const stored = three();
    expect(stored.map(({ retired }) => retired === true)).toEqual([true, true, false]);
    expect(new Set(stored.map(({ keyId }) => keyId)).size).toBe(3);
  });

  it('changes nothing when the key-encryption key is not the one of the ring', () => {
    const stored = createRing(kek, day(1));
    const before = structuredClone(stored);
    expect(() => rotateRing(randomBytes(32), stored, day(2))).toThrow(code('KEY_UNAVAILABLE'));
    expect(stored).toEqual(before);
  });
});

describe('rewrapRing', () => {
  it('moves the same keys under a new key-encryption key', () => {
    const stored = three();
    const next = randomBytes(32);
    const moved = rewrapRing({ from: kek, to: next }, stored);
    const [before, after] = [unwrapRing(kek, stored), unwrapRing(next, moved)];
    expect(after.currentKeyId).toBe(before.currentKeyId);
    for (const id of before.keyIds)
      expect(after.subKey(id, 'field').export()).toEqual(before.subKey(id, 'field').export());
    expect(() => unwrapRing(kek, moved)).toThrow(code('KEY_UNAVAILABLE'));
  });
});
