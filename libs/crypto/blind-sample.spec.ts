import { v7 as uuidv7 } from 'uuid';
import { inBlindSample } from './blind-sample';

describe('the blind sample', () => {
  const cases = Array.from({ length: 10_000 }, () => uuidv7());
  const share = (percent: number) => cases.filter((id) => inBlindSample(id, percent)).length / cases.length;

  it('takes no case at 0 and every case at 100 percent', () => {
    expect([share(0), share(100)]).toEqual([0, 1]);
  });

  it.each([1, 10, 25, 50])('takes about its share at %i percent', (percent) => {
    // Six standard deviations of a binomial share.
    const margin = 6 * Math.sqrt(((percent / 100) * (1 - percent / 100)) / cases.length);
    expect(Math.abs(share(percent) - percent / 100)).toBeLessThan(margin);
  });

  it('keeps the cases it had when the share grows', () => {
    for (const id of cases.slice(0, 1000)) if (inBlindSample(id, 10)) expect(inBlindSample(id, 20)).toBe(true);
  });
});
