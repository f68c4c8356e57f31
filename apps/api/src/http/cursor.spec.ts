import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createRing, rotateRing, unwrapRing } from '#libs/crypto/key-ring';
import { createCursors, pageOf, pageQuery } from './cursor';

const kek = randomBytes(32);
const stored = createRing(kek, new Date('2026-01-01T00:00:00Z'));
const cursors = createCursors(unwrapRing(kek, stored));

describe('a cursor', () => {
  it('opens to the position it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 5 }), (position) => {
        expect(cursors.open('users', cursors.seal('users', position))).toEqual(position);
      }),
    );
    expect(cursors.open('users', undefined)).toBeNull();
  });

  it('does not open when any sign of it was changed', () => {
    const cursor = cursors.seal('users', ['li.na', 7]);
    const last = cursor.length - 1;
    fc.assert(
      fc.property(fc.nat(last), fc.constantFrom('A', 'b', '0', '.', '_'), (at, sign) => {
        // The last sign of base64url has unused bits, so another sign there can be the same bytes.
        fc.pre(cursor[at] !== sign && at !== last);
        const changed = cursor.slice(0, at) + sign + cursor.slice(at + 1);
        expect(() => cursors.open('users', changed)).toThrow('VALIDATION_FAILED');
      }),
    );
  });

  it('does not open for another list or under the keys of another installation', () => {
    const cursor = cursors.seal('users', ['a']);
    expect(() => cursors.open('audit', cursor)).toThrow('VALIDATION_FAILED');
    const other = createCursors(unwrapRing(kek, createRing(kek, new Date())));
    expect(() => other.open('users', cursor)).toThrow('VALIDATION_FAILED');
  });

  it('outlives a key rotation', () => {
    const rotated = createCursors(unwrapRing(kek, rotateRing(kek, stored, new Date())));
    expect(rotated.open('users', cursors.seal('users', ['a']))).toEqual(['a']);
    expect(rotated.seal('users', ['a'])).not.toBe(cursors.seal('users', ['a']));
  });
});

describe('a page', () => {
  it('has a next one only when a row too many was read', () => {
    const next = (last: number) => `after ${last}`;
    expect(pageOf([1, 2, 3], { limit: 2, next })).toEqual({ items: [1, 2], next: 'after 2' });
    expect(pageOf([1, 2], { limit: 2, next })).toEqual({ items: [1, 2], next: null });
    expect(pageOf([], { limit: 2, next })).toEqual({ items: [], next: null });
  });

  it('is asked for by a whole number up to 200', () => {
    expect(pageQuery.parse({})).toEqual({ limit: 50 });
    expect(pageQuery.parse({ limit: '200' })).toEqual({ limit: 200 });
    for (const limit of ['0', '201', '1.5', 'all', '-1']) expect(pageQuery.safeParse({ limit }).success).toBe(false);
    expect(pageQuery.safeParse({ order: 'name' }).success).toBe(false);
  });
});
