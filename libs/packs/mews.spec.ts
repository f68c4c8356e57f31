import { mews } from './mews';
import type { Parameter, Values } from './parameters';
import { evaluateScore, type ScoreResult } from './score-pack';

const adult = 12_000;
const normal: Values = { systolic: 120, pulse: 70, respiratoryRate: 12, temperature: 37, consciousness: 'A' };

const score = (values: Values): ScoreResult => {
  const result = evaluateScore(mews, { values, ageDays: adult, flags: [] });
  if (result === null) throw new Error('not applicable');
  return result;
};

const pointsOf = (item: Parameter, values: Values): number | null | undefined =>
  score({ ...normal, ...values }).items.find((line) => line.item === item)?.points;

describe('mews edges', () => {
  it.each<[Parameter, readonly (readonly [value: number, points: number])[]]>([
    [
      'systolic',
      [
        [0, 3],
        [70, 3],
        [71, 2],
        [80, 2],
        [81, 1],
        [100, 1],
        [101, 0],
        [199, 0],
        [200, 2],
        [300, 2],
      ],
    ],
    [
      'pulse',
      [
        [0, 2],
        [40, 2],
        [41, 1],
        [50, 1],
        [51, 0],
        [100, 0],
        [101, 1],
        [110, 1],
        [111, 2],
        [129, 2],
        [130, 3],
        [250, 3],
      ],
    ],
    [
      'respiratoryRate',
      [
        [0, 2],
        [8, 2],
        [9, 0],
        [14, 0],
        [15, 1],
        [20, 1],
        [21, 2],
        [29, 2],
        [30, 3],
        [90, 3],
      ],
    ],
    [
      'temperature',
      [
        [20, 2],
        [34.9, 2],
        [34.94, 2],
        [34.95, 0],
        [35, 0],
        [38.4, 0],
        [38.44, 0],
        [38.45, 2],
        [38.5, 2],
        [46, 2],
      ],
    ],
  ])('%s', (item, table) => {
    expect(table.map(([value]) => [value, pointsOf(item, { [item]: value })])).toEqual(table);
  });

  it('counts confusion like a reaction to voice', () => {
    const points = ['A', 'C', 'V', 'P', 'U'].map((consciousness) => pointsOf('consciousness', { consciousness }));
    expect(points).toEqual([0, 1, 1, 2, 3]);
  });

  it('reads GCS where consciousness is not recorded, and the worse where both are', () => {
    const table = [15, 14, 13, 12, 9, 8, 3].map((gcs) => pointsOf('consciousness', { consciousness: undefined, gcs }));
    expect(table).toEqual([0, 1, 1, 2, 2, 3, 3]);
    expect(pointsOf('consciousness', { consciousness: 'P', gcs: 15 })).toBe(2);
    expect(pointsOf('consciousness', { consciousness: 'A', gcs: 8 })).toBe(3);
  });
});

describe('mews', () => {
  const inputs = ['systolic', 'pulse', 'respiratoryRate', 'temperature', 'consciousness'] as const;

  it.each(inputs)('has no score without %s, only a lower bound', (input) => {
    expect(score({ ...normal, [input]: undefined })).toMatchObject({ score: null, incomplete: true, missing: [input] });
  });

  it('begins at ten years, holds in pregnancy and cannot exceed its maximum', () => {
    expect(evaluateScore(mews, { values: normal, ageDays: 3652, flags: [] })).toBeNull();
    expect(evaluateScore(mews, { values: normal, ageDays: 3653, flags: ['pregnant'] })).toMatchObject({ score: 0 });
    const worst = { systolic: 60, pulse: 150, respiratoryRate: 40, temperature: 39, consciousness: 'U' };
    expect(score(worst)).toMatchObject({ score: mews.maximum, redScore: true, risk: 'high' });
  });

  it('is high risk from 5', () => {
    expect(score({ ...normal, pulse: 120, respiratoryRate: 22 })).toMatchObject({ score: 4, risk: 'low' });
    expect(score({ ...normal, pulse: 130, respiratoryRate: 22 })).toMatchObject({ score: 5, risk: 'high' });
  });
});
