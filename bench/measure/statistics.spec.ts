import fc from 'fast-check';
import { median, quantile, rounded, spreadOf } from './statistics';

/** Measurements: milliseconds and flows a second, never near the edge of a double, where a sum of two overflows. */
const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 });

describe('statistics', () => {
  it('the quantile is the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([0, 0.5, 0.99, 1].map((p) => quantile(hundred, p))).toEqual([1, 50, 99, 100]);
    expect(quantile([7], 0.99)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('the median is the middle, or the mean of the two in the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([5])]).toEqual([2, 2.5, 5]);
    expect(median([])).toBeNaN();
  });

  it('a quantile is one of the values and grows with p', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        expect(values).toContain(quantile(values, p));
        expect(quantile(values, p)).toBeLessThanOrEqual(quantile(values, 1));
      }),
    );
  });

  it('neither sorts what it was given', () => {
    const values = [3, 1, 2];
    median(values);
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it('the median lies between the extremes', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { min, median: middle, max } = spreadOf(values);
        expect(min <= middle && middle <= max).toBe(true);
      }),
    );
  });

  it('rounds to digits', () => {
    expect([rounded(1.2345, 2), rounded(10, 1), rounded(0.6549, 3)]).toEqual([1.23, 10, 0.655]);
  });
});
