import { changedFields } from './changed-fields';

describe('changedFields', () => {
  it('names every field that differs, in order, whatever its depth', () => {
    expect(changedFields({ a: 1, b: [1, { c: 2 }], d: 'x' }, { a: 1, b: [1, { c: 3 }], e: null })).toEqual([
      'b',
      'd',
      'e',
    ]);
    expect(changedFields({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toEqual([]);
    expect(changedFields(null, { a: 1 })).toEqual(['a']);
  });
});
