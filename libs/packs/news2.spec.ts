import { news2 } from './news2';
import type { PackFlag } from './pack.types';
import type { Parameter, Values } from './parameters';
import { evaluateScore, type ScoreResult } from './score-pack';

const adult = 12_000;
const normal: Values = {
  respiratoryRate: 16,
  spo2: 98,
  onOxygen: false,
  systolic: 120,
  pulse: 70,
  consciousness: 'A',
  temperature: 37,
};

const score = (values: Values, flags: readonly PackFlag[] = []): ScoreResult => {
  const result = evaluateScore(news2, { values, ageDays: adult, flags });
  if (result === null) throw new Error('not applicable');
  return result;
};

const pointsOf = (item: Parameter, values: Values, flags: readonly PackFlag[] = []): number | null | undefined =>
  score({ ...normal, ...values }, flags).items.find((line) => line.item === item)?.points;

describe('news2 golden vectors', () => {
  it.each([
    ['16,98,air,120,70,A,37.0', 0, { risk: 'low', redScore: false }],
    ['20,90,air,130,90,A,36.5,s2', 0, { risk: 'low', redScore: false }],
    ['8,90,O2,85,130,V,35.0', 19, { risk: 'high', redScore: true }],
    ['20,95,O2,130,90,A,36.5,s2', 4, { risk: 'low', redScore: false }],
    ['22,93,air,105,112,A,38.4', 8, { risk: 'high', redScore: false }],
    ['20,95,air,130,90,A,36.5,s2', 0, { risk: 'low', redScore: false }],
    ['25,96,air,118,88,A,37.2', 3, { risk: 'low-medium', redScore: true }],
    ['24,92,O2,98,131,C,39.1', 16, { risk: 'high', redScore: true }],
    ['21,95,air,110,91,A,38.1', 6, { risk: 'medium', redScore: false }],
    ['18,97,air,220,80,A,36.8', 3, { risk: 'low-medium', redScore: true }],
    ['12,96,air,111,51,A,36.1', 0, { risk: 'low', redScore: false }],
  ])('%s scores %d with %j', (vector, total, flagged) => {
    const [rr, spo2, oxygen, sbp, hr, consciousness, t, scale] = vector.split(',');
    const values: Values = {
      respiratoryRate: Number(rr),
      spo2: Number(spo2),
      onOxygen: oxygen === 'O2',
      systolic: Number(sbp),
      pulse: Number(hr),
      consciousness,
      temperature: Number(t),
    };
    const result = score(values, scale === 's2' ? ['hypercapnicTarget'] : []);
    expect(result).toMatchObject({ score: total, lowerBound: total, ...flagged, incomplete: false, missing: [] });
  });
});

describe('news2 edges', () => {
  it.each<[Parameter, readonly [number, number][]]>([
    [
      'respiratoryRate',
      [
        [0, 3],
        [8, 3],
        [9, 1],
        [11, 1],
        [12, 0],
        [20, 0],
        [21, 2],
        [24, 2],
        [25, 3],
        [60, 3],
      ],
    ],
    [
      'spo2',
      [
        [0, 3],
        [91, 3],
        [92, 2],
        [93, 2],
        [94, 1],
        [95, 1],
        [96, 0],
        [100, 0],
      ],
    ],
    [
      'systolic',
      [
        [0, 3],
        [90, 3],
        [91, 2],
        [100, 2],
        [101, 1],
        [110, 1],
        [111, 0],
        [219, 0],
        [220, 3],
        [300, 3],
      ],
    ],
    [
      'pulse',
      [
        [0, 3],
        [40, 3],
        [41, 1],
        [50, 1],
        [51, 0],
        [90, 0],
        [91, 1],
        [110, 1],
        [111, 2],
        [130, 2],
        [131, 3],
      ],
    ],
    [
      'temperature',
      [
        [30, 3],
        [35, 3],
        [35.1, 1],
        [36, 1],
        [36.1, 0],
        [38, 0],
        [38.1, 1],
        [39, 1],
        [39.1, 2],
        [42, 2],
      ],
    ],
  ])('%s', (item, table) => {
    expect(table.map(([value]) => [value, pointsOf(item, { [item]: value })])).toEqual(table);
  });

  it('spo2 on scale 2, on air and on oxygen', () => {
    const both = [
      [83, 3],
      [84, 2],
      [85, 2],
      [86, 1],
      [87, 1],
      [88, 0],
      [92, 0],
    ] as const;
    const air = [...both, [93, 0], [94, 0], [95, 0], [96, 0], [97, 0], [100, 0]] as const;
    const oxygen = [...both, [93, 1], [94, 1], [95, 2], [96, 2], [97, 3], [100, 3]] as const;
    const scale2 = (onOxygen: boolean) => (spo2: number) => pointsOf('spo2', { spo2, onOxygen }, ['hypercapnicTarget']);
    expect(air.map(([value]) => [value, scale2(false)(value)])).toEqual(air);
    expect(oxygen.map(([value]) => [value, scale2(true)(value)])).toEqual(oxygen);
  });

  it('oxygen counts 2, air 0', () => {
    expect(pointsOf('onOxygen', { onOxygen: true })).toBe(2);
    expect(pointsOf('onOxygen', { onOxygen: false })).toBe(0);
  });

  it('everything but alert counts 3', () => {
    const points = ['A', 'C', 'V', 'P', 'U'].map((consciousness) => pointsOf('consciousness', { consciousness }));
    expect(points).toEqual([0, 3, 3, 3, 3]);
  });

  it('bands temperature only after rounding to a tenth', () => {
    const points = [35.04, 35.05, 36.04, 36.05, 38.04, 38.05, 39.04, 39.05].map((temperature) =>
      pointsOf('temperature', { temperature }),
    );
    expect(points).toEqual([3, 1, 1, 0, 0, 1, 1, 2]);
  });
});

describe('news2 with GCS', () => {
  const withGcs = (gcs: number, consciousness?: string): Values => ({ ...normal, consciousness, gcs });

  it('takes GCS below 15 as not alert, also where consciousness is not recorded or recorded alert', () => {
    expect(score(withGcs(15))).toMatchObject({ score: 0, incomplete: false });
    expect(score(withGcs(14))).toMatchObject({ score: 3, redScore: true });
    expect(score(withGcs(14, 'A'))).toMatchObject({ score: 3, redScore: true });
    expect(score(withGcs(15, 'V'))).toMatchObject({ score: 3, redScore: true });
  });
});

describe('news2 with missing inputs', () => {
  const inputs = ['respiratoryRate', 'spo2', 'onOxygen', 'systolic', 'pulse', 'consciousness', 'temperature'] as const;

  it.each(inputs)('has no score without %s, only a lower bound, and says what is missing', (input) => {
    const result = score({ ...normal, [input]: undefined });
    expect(result).toMatchObject({ score: null, incomplete: true, missing: [input], lowerBound: 0 });
    expect(result.items.find(({ item }) => item === input)).toMatchObject({ value: null, points: null, atLeast: 0 });
  });

  it('keeps what is certain: red and risk of the rest', () => {
    const result = score({ respiratoryRate: 25, systolic: 85, pulse: 131 });
    expect(result).toMatchObject({ score: null, lowerBound: 9, redScore: true, risk: 'high' });
    expect(result.missing).toEqual(['consciousness', 'spo2', 'onOxygen', 'temperature']);
  });

  it('counts SpO2 on scale 2 at its lowest while oxygen is unknown, and leaves its points open', () => {
    const result = score({ ...normal, spo2: 97, onOxygen: undefined }, ['hypercapnicTarget']);
    expect(result.items.find(({ item }) => item === 'spo2')).toMatchObject({ value: 97, points: null, atLeast: 0 });
    expect(result).toMatchObject({ score: null, redScore: false, missing: ['onOxygen'] });
  });
});

describe('news2 applicability', () => {
  it('begins on the sixteenth birthday and leaves out pregnancy', () => {
    expect(evaluateScore(news2, { values: normal, ageDays: 5843, flags: [] })).toBeNull();
    expect(evaluateScore(news2, { values: normal, ageDays: 5844, flags: [] })).toMatchObject({ score: 0 });
    expect(evaluateScore(news2, { values: normal, ageDays: adult, flags: ['pregnant'] })).toBeNull();
  });

  it('cannot exceed its maximum', () => {
    const worst = { respiratoryRate: 40, spo2: 70, onOxygen: true, systolic: 60, pulse: 180, gcs: 3, temperature: 33 };
    expect(score(worst)).toMatchObject({ score: news2.maximum, incomplete: false });
  });
});

describe('bands that overlap in an edited pack', () => {
  it('count the worst, and leave the score complete', () => {
    const bands = [
      { to: 50, points: 1 },
      { from: 50, points: 3 },
    ];
    const pack = { ...news2, items: [{ id: 'pulse' as const, sources: [{ parameter: 'pulse' as const, bands }] }] };
    expect(evaluateScore(pack, { values: { pulse: 50 }, ageDays: adult, flags: [] })).toMatchObject({
      score: 3,
      items: [{ points: 3, atLeast: 3 }],
    });
  });
});
