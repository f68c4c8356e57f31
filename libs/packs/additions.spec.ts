import { consciousness, news2Levels } from './additions';
import { evaluateLevelPack } from './level-pack';
import { news2 } from './news2';
import type { Values } from './parameters';
import { evaluateScore } from './score-pack';

const levels = (values: Values): string[] =>
  evaluateLevelPack(consciousness, { values, ageDays: 0, flags: [] }, []).map(({ level }) => level);

describe('consciousness', () => {
  it('gives C and V level II, P and U level I, and alert nothing', () => {
    const table = ['A', 'C', 'V', 'P', 'U'].map((word) => levels({ consciousness: word }).join());
    expect(table).toEqual(['', 'II', 'II', 'I', 'I']);
  });

  it('gives GCS below 9 level I, 9-12 II, 13-14 III, 15 nothing', () => {
    const table = [3, 8, 9, 12, 13, 14, 15].map((gcs) => levels({ gcs }).join());
    expect(table).toEqual(['I', 'I', 'II', 'II', 'III', 'III', '']);
  });

  it('lets both speak where both are known', () => {
    expect(levels({ consciousness: 'A', gcs: 8 })).toEqual(['I']);
    expect(levels({ consciousness: 'V', gcs: 14 })).toEqual(['II', 'III']);
  });
});

describe('news2-levels', () => {
  const findings = (values: Values) => {
    const input = { values, ageDays: 12_000, flags: [] };
    const result = evaluateScore(news2, input);
    return evaluateLevelPack(news2Levels, input, result === null ? [] : [{ pack: news2, result }]);
  };

  const alert = { consciousness: 'A', onOxygen: false, temperature: 37, systolic: 120 };

  it('gives a total of 4 nothing, of 5 and 6 level III, of 7 level II', () => {
    const four = { ...alert, respiratoryRate: 22, spo2: 93, pulse: 70 };
    expect(findings(four)).toEqual([]);
    expect(findings({ ...four, pulse: 100 })).toMatchObject([{ parameter: 'news2', value: 5, level: 'III' }]);
    expect(findings({ ...four, pulse: 120 })).toMatchObject([{ parameter: 'news2', value: 6, level: 'III' }]);
    expect(findings({ ...four, pulse: 120, temperature: 38.5 })).toMatchObject([{ value: 7, level: 'II' }]);
  });

  it('gives any single red item level III and names the item', () => {
    expect(findings({ ...alert, respiratoryRate: 25, spo2: 98, pulse: 70 })).toMatchObject([
      {
        ruleId: 'news2-levels/news2-red-respiratoryRate',
        parameter: 'respiratoryRate',
        value: 25,
        level: 'III',
        counterfactuals: [{ relation: 'at-most', value: 24, level: null }],
      },
    ]);
  });

  it('names GCS as the red item where GCS made it red', () => {
    expect(
      findings({ ...alert, consciousness: undefined, gcs: 14, respiratoryRate: 16, spo2: 98, pulse: 70 }),
    ).toMatchObject([
      { parameter: 'gcs', value: 14, counterfactuals: [{ relation: 'at-least', value: 15, level: null }] },
    ]);
  });

  it('tells both consciousness and GCS where both are red', () => {
    const values = { ...alert, consciousness: 'V', gcs: 12, respiratoryRate: 16, spo2: 98, pulse: 70 };
    expect(findings(values).map(({ ruleId }) => ruleId)).toEqual([
      'news2-levels/news2-red-consciousness',
      'news2-levels/news2-red-gcs',
    ]);
  });

  it('counts the lower bound of an incomplete score', () => {
    expect(findings({ respiratoryRate: 22, spo2: 93, pulse: 120, temperature: 38.5 })).toMatchObject([
      {
        ruleId: 'news2-levels/news2-total',
        unit: 'points',
        value: 7,
        level: 'II',
        counterfactuals: [
          { relation: 'at-most', value: 6, level: 'III' },
          { relation: 'at-most', value: 4, level: null },
        ],
      },
    ]);
  });
});
