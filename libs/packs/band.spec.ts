import { alternatives, applies, inAge, inBand, known } from './band';

describe('inBand', () => {
  it('includes the edges of from and to, and excludes those of above and below', () => {
    expect([40, 41, 50, 51].map((value) => inBand({ from: 41, to: 50 }, value))).toEqual([false, true, true, false]);
    expect([180, 181].map((value) => inBand({ above: 180 }, value))).toEqual([false, true]);
    expect([39, 40].map((value) => inBand({ below: 40 }, value))).toEqual([true, false]);
  });

  it('never mixes words and numbers', () => {
    expect(inBand({ in: ['C', 'V'] }, 'V')).toBe(true);
    expect(inBand({ in: ['C', 'V'] }, 'A')).toBe(false);
    expect(inBand({ in: [true] }, 1)).toBe(false);
    expect(inBand({ from: 0 }, 'A')).toBe(false);
  });
});

describe('inAge', () => {
  it('includes the first day and excludes the upper bound', () => {
    expect([27, 28, 90, 91].map((days) => inAge({ from: 28, below: 91 }, days))).toEqual([false, true, true, false]);
    expect(inAge({}, 0)).toBe(true);
  });
});

describe('applies', () => {
  const input = { values: {}, ageDays: 9000, flags: ['pregnant'] as const };

  it('asks for age, flag and absence of a flag together', () => {
    expect(applies({ age: { from: 5844 }, when: 'pregnant' }, input)).toBe(true);
    expect(applies({ unless: 'pregnant' }, input)).toBe(false);
    expect(applies({ when: 'noDyspnoea' }, input)).toBe(false);
    expect(applies({ age: { below: 5844 } }, input)).toBe(false);
  });
});

describe('known', () => {
  it('is null for what was not measured, and keeps 0 and false', () => {
    expect(known({}, 'pulse')).toBeNull();
    expect(known({ pulse: 0 }, 'pulse')).toBe(0);
    expect(known({ onOxygen: false }, 'onOxygen')).toBe(false);
  });

  it('rounds temperature before anybody bands it', () => {
    expect(known({ temperature: 41.04 }, 'temperature')).toBe(41);
  });
});

describe('alternatives', () => {
  const levelOf = (value: unknown): string | null => (Number(value) > 100 ? 'high' : Number(value) < 50 ? 'low' : null);
  const bands = [{ above: 100 }, { below: 50 }];

  it('names the nearest value of each other outcome with its direction', () => {
    expect(alternatives({ parameter: 'pulse', bands, levelOf }, 120)).toEqual([
      { relation: 'at-most', value: 100, level: null },
      { relation: 'at-most', value: 49, level: 'low' },
    ]);
    expect(alternatives({ parameter: 'pulse', bands, levelOf }, 30)[0]).toEqual({
      relation: 'at-least',
      value: 50,
      level: null,
    });
  });

  it('steps by the scale of the parameter', () => {
    const fever = {
      parameter: 'temperature',
      bands: [{ above: 41 }],
      levelOf: (v: unknown) => (Number(v) > 41 ? 'I' : null),
    };
    expect(alternatives(fever, 41.6)).toEqual([{ relation: 'at-most', value: 41, level: null }]);
  });

  it('names words where the scale is one of words', () => {
    const scale = {
      parameter: 'consciousness',
      bands: [{ in: ['P'] }],
      levelOf: (v: unknown) => (v === 'P' ? 'I' : null),
    };
    expect(alternatives(scale, 'P')).toEqual([{ relation: 'equals', value: 'A', level: null }]);
  });
});
