import { cnFourLevels, isBelowFloor, isLessUrgent, levels, majorLevel, moreUrgent } from './triage.level';

describe('cnFourLevels', () => {
  it('gives each level its limit and its re-triage interval in minutes', () => {
    const table = levels.map((level) => {
      const { limitMinutes, retriageMinutes } = cnFourLevels.levels[level];
      return [level, limitMinutes, retriageMinutes];
    });
    expect(table).toEqual([
      ['I', 0, 5],
      ['II', 10, 10],
      ['III', 30, 30],
      ['IV', 60, 60],
      ['IVa', 60, 60],
      ['IVb', 240, 120],
    ]);
  });

  it('tells the four levels apart without colour', () => {
    const shown = (['I', 'II', 'III', 'IV'] as const).map((level) => cnFourLevels.levels[level]);
    expect(new Set(shown.map(({ shape }) => shape)).size).toBe(4);
    expect(shown.map(({ colour }) => colour)).toEqual(['red', 'orange', 'yellow', 'green']);
    expect(shown.map(({ zone }) => zone)).toEqual(['red', 'red', 'yellow', 'green']);
    expect(shown.map(({ numeral }) => numeral)).toEqual(['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ']);
  });

  it('names each entry by its own key', () => {
    expect(levels.every((level) => cnFourLevels.levels[level].level === level)).toBe(true);
  });
});

describe('isLessUrgent', () => {
  it('is a strict order in which IV and IVa are equals', () => {
    expect(isLessUrgent('II', 'I')).toBe(true);
    expect(isLessUrgent('I', 'II')).toBe(false);
    expect(isLessUrgent('I', 'I')).toBe(false);
    expect(isLessUrgent('IVa', 'IV')).toBe(false);
    expect(isLessUrgent('IV', 'IVa')).toBe(false);
    expect(isLessUrgent('IVb', 'IV')).toBe(true);
    for (const a of levels) for (const b of levels) expect(isLessUrgent(a, b) && isLessUrgent(b, a)).toBe(false);
  });
});

describe('moreUrgent', () => {
  it('never returns the less urgent of two, and the first of equals', () => {
    for (const a of levels) {
      for (const b of levels) {
        const top = moreUrgent(a, b);
        expect([a, b]).toContain(top);
        expect(isLessUrgent(top, a) || isLessUrgent(top, b)).toBe(false);
      }
    }
    expect(moreUrgent('IVa', 'IV')).toBe('IVa');
  });
});

describe('isBelowFloor', () => {
  it('leaves the sub-level open under a floor of IV, but not under IVa', () => {
    expect(isBelowFloor('IVb', 'IV')).toBe(false);
    expect(isBelowFloor('IVb', 'IVa')).toBe(true);
    expect(isBelowFloor('IV', 'III')).toBe(true);
    expect(isBelowFloor('IVb', 'III')).toBe(true);
    expect(isBelowFloor('III', 'III')).toBe(false);
    expect(isBelowFloor('I', 'II')).toBe(false);
  });

  it('holds nothing back where there is no floor', () => {
    expect(levels.some((level) => isBelowFloor(level, null))).toBe(false);
  });
});

describe('majorLevel', () => {
  it('drops the sub-level', () => {
    expect(levels.map(majorLevel)).toEqual(['I', 'II', 'III', 'IV', 'IV', 'IV']);
  });
});
