import fc from 'fast-check';
import { asBanded, describeParameter, parameterNames, roundTo } from './parameters';

describe('roundTo', () => {
  it.each([
    [38.05, 38.1],
    [38.04, 38],
    [36.049, 36],
    [36.05, 36.1],
    [35.05, 35.1],
    [41.05, 41.1],
    [41.04999, 41],
  ])('rounds %d to %d, halves up', (value, rounded) => {
    expect(roundTo(value, 0.1)).toBe(rounded);
  });

  it('gives back every tenth exactly as it is written in a table', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 460 }), (tenths) => {
        expect(roundTo(tenths / 10, 0.1)).toBe(Number(`${Math.floor(tenths / 10)}.${tenths % 10}`));
      }),
    );
  });

  it('never reverses an order', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 20, max: 46, noNaN: true }),
        fc.double({ min: 20, max: 46, noNaN: true }),
        (a, b) => {
          expect(roundTo(Math.min(a, b), 0.1)).toBeLessThanOrEqual(roundTo(Math.max(a, b), 0.1));
        },
      ),
    );
  });
});

describe('asBanded', () => {
  it('rounds temperature and nothing else', () => {
    expect(asBanded('temperature', 38.05)).toBe(38.1);
    expect(asBanded('glucose', 3.329)).toBe(3.329);
    expect(asBanded('potassium', 7.04)).toBe(7.04);
  });
});

describe('describeParameter', () => {
  it('names every parameter in both languages with a unit', () => {
    for (const name of parameterNames) {
      const { unit, name: text } = describeParameter(name);
      expect([unit, text.zh, text.en].every((part) => part.length > 0)).toBe(true);
      expect(/\p{Script=Han}|GCS/u.test(text.zh)).toBe(true);
    }
  });

  it('describes a score by its name, in points', () => {
    expect(describeParameter('news2')).toEqual({
      unit: 'points',
      step: 1,
      name: { zh: 'NEWS2 总分', en: 'NEWS2 total' },
    });
  });
});
