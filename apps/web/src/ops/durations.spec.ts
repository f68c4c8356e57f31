import { spanOf } from './durations';

describe('a span', () => {
  it('is told in whole units, never more than has passed', () => {
    expect([0, 59.9, 60, 3599, 3600, 47 * 3600, 48 * 3600].map(spanOf)).toEqual([
      { unit: 'seconds', n: 0 },
      { unit: 'seconds', n: 59 },
      { unit: 'minutes', n: 1 },
      { unit: 'minutes', n: 59 },
      { unit: 'hours', n: 1 },
      { unit: 'hours', n: 47 },
      { unit: 'days', n: 2 },
    ]);
  });

  it('of a clock that runs behind is none', () => {
    expect(spanOf(-5)).toEqual({ unit: 'seconds', n: 0 });
  });
});
