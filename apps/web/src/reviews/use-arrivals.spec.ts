import { arrivals } from './use-arrivals';

describe('what came newly into a list', () => {
  it('is what was not there before', () => {
    expect(arrivals(new Set(['a', 'b']), ['b', 'c', 'd'])).toBe(2);
    expect(arrivals(new Set(['a']), [])).toBe(0);
  });

  it('is nothing at the first look', () => {
    expect(arrivals(null, ['a', 'b'])).toBe(0);
  });
});
