import { fits, percentOf, waitTone } from './wait-percents';

const row = (waitedSeconds: number, limitSeconds: number | null = 600) => ({
  waitedSeconds,
  limitSeconds,
  overLimit: limitSeconds !== null && waitedSeconds > limitSeconds,
});

describe('percentages of a wait', () => {
  it('are whole numbers, the near one below the late one', () => {
    expect([percentOf('80'), percentOf(' 100 '), percentOf('8.5'), percentOf('')]).toEqual([80, 100, NaN, NaN]);
    expect(fits({ warnPercent: 80, latePercent: 100 })).toBe(true);
    for (const [warnPercent, latePercent] of [
      [100, 100],
      [0, 100],
      [80, 1001],
      [NaN, 100],
    ] as const)
      expect(fits({ warnPercent, latePercent })).toBe(false);
  });

  it('colour a wait from where the person wants it', () => {
    const colours = { on: true, warnPercent: 50, latePercent: 90 };
    expect([299, 300, 539, 540].map((waited) => waitTone(colours, row(waited)))).toEqual([
      'plain',
      'near',
      'near',
      'over',
    ]);
    expect(waitTone(colours, row(9999, null))).toBe('plain');
  });

  it('never hide that a limit has passed', () => {
    expect(waitTone({ on: false, warnPercent: 80, latePercent: 100 }, row(601))).toBe('over');
    expect(waitTone({ on: true, warnPercent: 500, latePercent: 900 }, row(601))).toBe('over');
    expect(waitTone({ on: false, warnPercent: 80, latePercent: 100 }, row(599))).toBe('plain');
  });
});
