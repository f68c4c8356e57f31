import { isSame, queryOf } from './query';

describe('a saved query', () => {
  it('is the address without empty parameters', () => {
    expect(queryOf(new URLSearchParams('level=II&state=&wardId=a'))).toEqual({ level: 'II', wardId: 'a' });
    expect(queryOf(new URLSearchParams(''))).toEqual({});
  });

  it('is the same in any order, and another with one parameter more', () => {
    expect(isSame({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
    expect(isSame({ a: '1' }, { a: '1', b: '2' })).toBe(false);
    expect(isSame({ a: '1' }, { a: '2' })).toBe(false);
  });
});
