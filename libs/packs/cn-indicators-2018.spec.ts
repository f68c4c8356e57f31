import { cnIndicators2018, indicatorIds } from './cn-indicators-2018';

describe('cn-indicators-2018', () => {
  it('names every indicator once, in both languages, with a level from I to III', () => {
    const { indicators } = cnIndicators2018;
    expect(new Set(indicatorIds).size).toBe(indicators.length);
    expect(indicators.every(({ name }) => /\p{Script=Han}/u.test(name.zh) && name.en.length > 3)).toBe(true);
    expect(new Set(indicators.map(({ level }) => level))).toEqual(new Set(['I', 'II', 'III']));
  });

  it.each([
    ['cardiac-arrest', 'I'],
    ['child-convulsing', 'I'],
    ['stroke', 'II'],
    ['violent', 'II'],
    ['head-injury', 'III'],
    ['stable-neonate', 'III'],
  ])('places %s at %s', (id, level) => {
    expect(cnIndicators2018.indicators).toContainEqual(expect.objectContaining({ id, level }));
  });
});
