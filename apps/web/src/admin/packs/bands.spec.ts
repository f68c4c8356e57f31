import { bandText, beginOf, endOf, withBegin, withEnd } from './bands';

describe('a band', () => {
  it('is read as a table prints it', () => {
    expect([
      bandText({ from: 40, to: 50 }),
      bandText({ above: 180 }),
      bandText({ below: 3.33 }),
      bandText({ from: 150, below: 180 }),
      bandText({ from: 15, to: 15 }),
      bandText({ in: ['C', 'V'] }),
    ]).toEqual(['40–50', '> 180', '< 3.33', '≥ 150 < 180', '= 15', 'C, V']);
  });

  it('has ends that include their edge or not', () => {
    const band = { above: 1, to: 2, level: 'I' } as const;
    expect([beginOf(band), endOf(band)]).toEqual([
      { includes: false, at: 1 },
      { includes: true, at: 2 },
    ]);
    expect([beginOf({ below: 3 }), endOf({ from: 3 })]).toEqual([null, null]);
  });

  it('gets another end and keeps the rest', () => {
    const band = { above: 1, to: 2, level: 'I' } as const;
    expect(withBegin(band, { includes: true, at: 0 })).toEqual({ from: 0, to: 2, level: 'I' });
    expect(withEnd(band, { includes: false, at: 5 })).toEqual({ above: 1, below: 5, level: 'I' });
    expect(withEnd(withBegin(band, null), null)).toEqual({ level: 'I' });
  });
});
