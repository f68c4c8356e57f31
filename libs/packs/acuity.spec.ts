import fc from 'fast-check';
import { acuityLevels, acuityRank, lowestFloor, mostUrgent, oneMoreUrgent } from './acuity';

describe('acuityRank', () => {
  it('puts I before II before III before IV, IVa beside IV and IVb last', () => {
    expect(acuityLevels.map(acuityRank)).toEqual([0, 1, 2, 3, 3, 4]);
  });
});

describe('oneMoreUrgent', () => {
  it('stops at I, and takes every IV to III', () => {
    expect(acuityLevels.map(oneMoreUrgent)).toEqual(['I', 'I', 'II', 'III', 'III', 'III']);
  });
});

describe('mostUrgent', () => {
  it('is null of nothing and the first of equals', () => {
    expect(mostUrgent([])).toBeNull();
    expect(mostUrgent(['IVa', 'IV'])).toBe('IVa');
    expect(mostUrgent(['IV', 'IVa', lowestFloor])).toBe('IV');
  });

  it('is one of the levels and none of them is more urgent', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acuityLevels), { minLength: 1 }), (levels) => {
        const top = mostUrgent(levels);
        expect(levels).toContain(top);
        expect(levels.every((level) => acuityRank(level) >= acuityRank(top!))).toBe(true);
      }),
    );
  });
});
