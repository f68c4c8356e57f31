import * as fc from 'fast-check';
import { nextWait, restartBackoff } from './backoff';

describe('nextWait', () => {
  it('doubles from 0.2 s to 10 s while a part keeps dying', () => {
    const waits = [0];
    for (let i = 0; i < 8; i++) waits.push(nextWait(restartBackoff, waits.at(-1)!, 100));
    expect(waits.slice(1)).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  });

  it('starts over after a minute of life', () => {
    expect(nextWait(restartBackoff, 10_000, 60_000)).toBe(200);
    expect(nextWait(restartBackoff, 10_000, 59_999)).toBe(10_000);
  });

  it('never leaves its bounds', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (last, ran) => {
        const wait = nextWait(restartBackoff, last, ran);
        expect(wait).toBeGreaterThanOrEqual(restartBackoff.firstMs > last * 2 && last > 0 ? last * 2 : 0);
        expect(wait).toBeLessThanOrEqual(restartBackoff.longestMs);
      }),
    );
  });
});
