import fc from 'fast-check';
import { defaultThrottle, lockMsAfter } from './throttle';

describe('lockMsAfter', () => {
  it('lets four failures pass, then locks for a minute, doubling up to a quarter of an hour', () => {
    expect([0, 1, 4, 5, 6, 7, 8, 9, 100].map((failures) => lockMsAfter(defaultThrottle, failures))).toEqual([
      0, 0, 0, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000,
    ]);
  });

  it('never gets shorter with more failures, and stays finite', () => {
    fc.assert(
      fc.property(fc.nat(10_000), (failures) => {
        const [now, next] = [lockMsAfter(defaultThrottle, failures), lockMsAfter(defaultThrottle, failures + 1)];
        expect(next).toBeGreaterThanOrEqual(now);
        expect(next).toBeLessThanOrEqual(defaultThrottle.longestLockMs);
      }),
    );
  });
});
