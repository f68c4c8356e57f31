import fc from 'fast-check';
import { createDice } from './dice';

describe('dice', () => {
  it('say the same from the same seed, and something else from another', () => {
    const throws = (seed: number): number[] => {
      const dice = createDice(seed);
      return Array.from({ length: 50 }, () => dice.next());
    };
    expect(throws(7)).toEqual(throws(7));
    expect(throws(7)).not.toEqual(throws(8));
    expect(throws(20261123)[0]).toBe(createDice(20261123).next());
  });

  it('stay between the bounds and reach both', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(9), (seed, low, width) => {
        const dice = createDice(seed);
        const thrown = Array.from({ length: 400 }, () => dice.between(low, low + width));
        expect(Math.min(...thrown)).toBe(low);
        expect(Math.max(...thrown)).toBe(low + width);
      }),
      { numRuns: 50 },
    );
  });

  it('pick every one of a list', () => {
    const dice = createDice(1);
    expect(new Set(Array.from({ length: 100 }, () => dice.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
  });
});
