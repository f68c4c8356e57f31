import fc from 'fast-check';
import { expectedWaitMinutes, fewestWaits } from './expected-wait';

const minutes = (...values: number[]): number[] => values.map((value) => value * 60);

describe('expectedWaitMinutes', () => {
  it('is what half of those seen of late waited, in whole minutes', () => {
    expect(expectedWaitMinutes({ over: minutes(5, 90, 20), running: [] })).toBe(20);
    expect(expectedWaitMinutes({ over: minutes(10, 20, 30, 40), running: [] })).toBe(25);
    expect(expectedWaitMinutes({ over: [61, 61, 61], running: [] })).toBe(2);
    expect(expectedWaitMinutes({ over: [0, 0, 0], running: [] })).toBe(0);
  });

  it('is no less than half of those who wait already have', () => {
    expect(expectedWaitMinutes({ over: minutes(5, 5, 5), running: minutes(1, 60, 70) })).toBe(60);
    expect(expectedWaitMinutes({ over: minutes(50, 50, 50), running: minutes(1, 2) })).toBe(50);
  });

  it('is not known from fewer waits than would hide a single patient', () => {
    for (let n = 0; n < fewestWaits; n += 1)
      expect(expectedWaitMinutes({ over: Array<number>(n).fill(600), running: minutes(5, 6, 7) })).toBeNull();
  });

  it('lies between the shortest and the longest wait there is', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 86_400 }), { maxLength: 30 });
    fc.assert(
      fc.property(waits, waits, (over, running) => {
        const expected = expectedWaitMinutes({ over, running });
        if (expected === null) return over.length < fewestWaits;
        const all = [...over, ...running];
        return expected * 60 >= Math.min(...over) && (expected - 1) * 60 < Math.max(...all, 1);
      }),
    );
  });
});
