import { cnConsensus2018 } from './cn-consensus-2018';
import { evaluateLevelPack, type Finding } from './level-pack';
import type { PackFlag } from './pack.types';
import type { Parameter, Values } from './parameters';

const findings = (values: Values, flags: readonly PackFlag[] = []): Finding[] =>
  evaluateLevelPack(cnConsensus2018, { values, ageDays: 12_000, flags }, []);

const levelOf = (parameter: Parameter, value: number): string => findings({ [parameter]: value })[0]?.level ?? 'none';

describe('cn-consensus-2018 edges', () => {
  it.each<[Parameter, readonly [number, string][]]>([
    [
      'pulse',
      [
        [0, 'I'],
        [39, 'I'],
        [40, 'II'],
        [50, 'II'],
        [51, 'III'],
        [55, 'III'],
        [56, 'none'],
        [99, 'none'],
        [100, 'III'],
        [149, 'III'],
        [150, 'II'],
        [180, 'II'],
        [181, 'I'],
        [300, 'I'],
      ],
    ],
    [
      'systolic',
      [
        [0, 'I'],
        [69, 'I'],
        [70, 'II'],
        [80, 'II'],
        [81, 'III'],
        [90, 'III'],
        [91, 'none'],
        [179, 'none'],
        [180, 'III'],
        [200, 'III'],
        [201, 'II'],
        [300, 'II'],
      ],
    ],
    [
      'spo2',
      [
        [0, 'I'],
        [79, 'I'],
        [80, 'II'],
        [90, 'II'],
        [91, 'III'],
        [94, 'III'],
        [95, 'none'],
        [100, 'none'],
      ],
    ],
    [
      'temperature',
      [
        [20, 'none'],
        [41, 'none'],
        [41.04, 'none'],
        [41.05, 'I'],
        [41.1, 'I'],
        [43, 'I'],
      ],
    ],
    [
      'glucose',
      [
        [0, 'I'],
        [3.32, 'I'],
        [3.329, 'I'],
        [3.33, 'none'],
        [30, 'none'],
      ],
    ],
    [
      'potassium',
      [
        [3, 'none'],
        [7, 'none'],
        [7.01, 'I'],
        [7.1, 'I'],
        [9, 'I'],
      ],
    ],
    [
      'painScore',
      [
        [0, 'none'],
        [3, 'none'],
        [4, 'III'],
        [6, 'III'],
        [7, 'II'],
        [10, 'II'],
      ],
    ],
    ['flacc', [[10, 'none']]],
    [
      'respiratoryRate',
      [
        [4, 'none'],
        [50, 'none'],
      ],
    ],
  ])('%s', (parameter, table) => {
    expect(table.map(([value]) => [value, levelOf(parameter, value)])).toEqual(table);
  });
});

describe('cn-consensus-2018', () => {
  it('takes low SpO2 as with dyspnoea unless its absence is recorded', () => {
    expect(findings({ spo2: 79 })).toHaveLength(1);
    expect(findings({ spo2: 79 }, ['noDyspnoea'])).toEqual([]);
  });

  it('proposes a level for pain and never sets a floor by it', () => {
    expect(findings({ painScore: 10 })).toMatchObject([{ effect: 'proposal', level: 'II' }]);
    expect(findings({ pulse: 190 })).toMatchObject([{ effect: 'floor' }]);
  });

  it('says which version of which pack fired, with value, unit and what would change it', () => {
    expect(findings({ pulse: 150 })).toEqual([
      {
        ruleId: 'cn-consensus-2018/pulse',
        packId: 'cn-consensus-2018',
        packVersion: '1.0.0',
        effect: 'floor',
        parameter: 'pulse',
        name: { zh: '心率', en: 'pulse' },
        value: 150,
        unit: '/min',
        level: 'II',
        counterfactuals: [
          { relation: 'at-most', value: 149, level: 'III' },
          { relation: 'at-most', value: 99, level: null },
        ],
      },
    ]);
  });

  it('names only less urgent alternatives, on the side of the value', () => {
    expect(findings({ pulse: 39 })[0]?.counterfactuals).toEqual([
      { relation: 'at-least', value: 40, level: 'II' },
      { relation: 'at-least', value: 51, level: 'III' },
      { relation: 'at-least', value: 56, level: null },
    ]);
    expect(findings({ pulse: 105 })[0]?.counterfactuals).toEqual([{ relation: 'at-most', value: 99, level: null }]);
    expect(findings({ glucose: 2.1 })[0]?.counterfactuals).toEqual([
      { relation: 'at-least', value: 3.33, level: null },
    ]);
    expect(findings({ potassium: 7.4 })[0]?.counterfactuals).toEqual([{ relation: 'at-most', value: 7, level: null }]);
  });
});
