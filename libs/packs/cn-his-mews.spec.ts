import type { AcuityLevel } from './acuity';
import { cnHisMews } from './cn-his-mews';
import { evaluateLevelPack, levelIn, type Finding } from './level-pack';
import { mews } from './mews';
import type { PackFlag } from './pack.types';
import { describeParameter, type Parameter, type Values } from './parameters';
import { evaluateScore } from './score-pack';

const adult = 12_000;

const findings = (values: Values, flags: readonly PackFlag[] = []): Finding[] =>
  evaluateLevelPack(cnHisMews, { values, ageDays: adult, flags }, []);

const most = (all: readonly Finding[]): string => {
  const levels = all.map(({ level }) => level);
  return (['I', 'II', 'III'] as const).find((level) => levels.includes(level)) ?? 'none';
};

type Table = readonly (readonly [value: number, level: AcuityLevel | 'none'])[];

/** Each row: the table printed as "up to and including this value: that level", in order of the scale. */
const everyStep = (table: Table, parameter: Parameter): [number, string][] => {
  const step = describeParameter(parameter).step ?? 1;
  const perUnit = Math.round(1 / step);
  const values: [number, string][] = [];
  let tick = 0;
  for (const [to, level] of table)
    for (; tick <= Math.round(to * perUnit); tick += 1) values.push([tick / perUnit, level]);
  return values;
};

describe('cn-his-mews, every value of every scale', () => {
  it.each<[Parameter, Table]>([
    [
      'temperature',
      [
        [31.9, 'I'],
        [41, 'none'],
        [46, 'I'],
      ],
    ],
    [
      'pulse',
      [
        [39, 'I'],
        [50, 'II'],
        [140, 'none'],
        [180, 'II'],
        [350, 'I'],
      ],
    ],
    [
      'respiratoryRate',
      [
        [8, 'I'],
        [35, 'none'],
        [150, 'I'],
      ],
    ],
    [
      'systolic',
      [
        [69, 'I'],
        [80, 'II'],
        [199, 'none'],
        [220, 'II'],
        [350, 'I'],
      ],
    ],
    [
      'spo2',
      [
        [79, 'I'],
        [90, 'II'],
        [100, 'none'],
      ],
    ],
    [
      'painScore',
      [
        [3, 'none'],
        [6, 'III'],
        [10, 'II'],
      ],
    ],
    ['diastolic', [[300, 'none']]],
    ['flacc', [[10, 'none']]],
    ['glucose', [[30, 'none']]],
  ])('%s', (parameter, table) => {
    const values = everyStep(table, parameter);
    expect(values.map(([value]) => [value, most(findings({ [parameter]: value }))])).toEqual(values);
  });
});

describe('cn-his-mews in pregnancy, every value of every scale', () => {
  it.each<[Parameter, Table]>([
    [
      'pulse',
      [
        [49, 'I'],
        [50, 'II'], // by the limits for everybody
        [99, 'none'],
        [109, 'III'],
        [119, 'II'],
        [350, 'I'],
      ],
    ],
    [
      'respiratoryRate',
      [
        [8, 'I'],
        [23, 'none'],
        [30, 'II'],
        [150, 'I'],
      ],
    ],
    [
      'systolic',
      [
        [69, 'I'],
        [90, 'II'],
        [139, 'none'],
        [159, 'III'],
        [219, 'II'],
        [350, 'I'],
      ],
    ],
    [
      'diastolic',
      [
        [89, 'none'],
        [109, 'III'],
        [300, 'II'],
      ],
    ],
    [
      'spo2',
      [
        [89, 'I'],
        [94, 'II'],
        [100, 'none'],
      ],
    ],
    [
      'temperature',
      [
        [31.9, 'I'],
        [41, 'none'],
        [46, 'I'],
      ],
    ],
    [
      'painScore',
      [
        [3, 'none'],
        [6, 'III'],
        [10, 'I'],
      ],
    ],
  ])('%s', (parameter, table) => {
    const values = everyStep(table, parameter);
    expect(values.map(([value]) => [value, most(findings({ [parameter]: value }, ['pregnant']))])).toEqual(values);
  });
});

describe('cn-his-mews by the score', () => {
  /** Values whose MEWS is the given total, and which no other rule of the table reads. */
  const worth: readonly Values[] = [
    {},
    { systolic: 95 },
    { temperature: 34 },
    { systolic: 95, temperature: 34 },
    { systolic: 95, temperature: 34, respiratoryRate: 16 },
    { systolic: 95, temperature: 34, respiratoryRate: 16, consciousness: 'V' },
    { systolic: 95, temperature: 34, respiratoryRate: 16, consciousness: 'P' },
    { systolic: 95, temperature: 34, respiratoryRate: 16, consciousness: 'U' },
  ];
  const normal = { systolic: 120, pulse: 70, respiratoryRate: 12, temperature: 37, spo2: 98, consciousness: 'A' };

  const scored = (values: Values, flags: readonly PackFlag[] = []): Finding[] => {
    const input = { values, ageDays: adult, flags };
    const result = evaluateScore(mews, input);
    return evaluateLevelPack(cnHisMews, input, result === null ? [] : [{ pack: mews, result }]);
  };

  it('gives 6 and more level I, 4-5 II, 2-3 III, 0-1 nothing', () => {
    const levels = worth.map((values) => most(scored({ ...normal, ...values })));
    expect(levels).toEqual(['none', 'none', 'III', 'III', 'II', 'II', 'I', 'I']);
    expect(scored({ ...normal, ...worth[7] })).toMatchObject([{ ruleId: 'cn-his-mews/mews-total', value: 7 }]);
  });

  it('is one stricter in pregnancy: 5 and more I, 3-4 II, 1-2 III, 0 nothing', () => {
    const levels = worth.map((values) => most(scored({ ...normal, ...values }, ['pregnant'])));
    expect(levels).toEqual(['none', 'III', 'III', 'II', 'II', 'I', 'I', 'I']);
    expect(scored({ ...normal, ...worth[1] }, ['pregnant'])).toMatchObject([
      {
        ruleId: 'cn-his-mews/obstetric-mews-total',
        value: 1,
        counterfactuals: [{ relation: 'at-most', value: 0, level: null }],
      },
    ]);
  });

  it('counts the lower bound while something is missing', () => {
    const some = { temperature: 34, consciousness: 'P' };
    expect(scored(some)).toMatchObject([{ ruleId: 'cn-his-mews/mews-total', value: 4, level: 'II' }]);
  });
});

describe('cn-his-mews', () => {
  it('gives an edge that two bands share to the more urgent one', () => {
    for (const { bands } of cnHisMews.rules) {
      for (const { level, from, to } of bands) {
        for (const edge of [from, to].filter((one) => one !== undefined)) {
          expect((['I', 'II', 'III'] as const).indexOf(levelIn(bands, edge) as 'I')).toBeLessThanOrEqual(
            (['I', 'II', 'III'] as const).indexOf(level as 'I'),
          );
        }
      }
    }
  });

  it('lets pain propose and never bind', () => {
    const effects = [...findings({ painScore: 10 }), ...findings({ painScore: 10 }, ['pregnant'])];
    expect(effects.map(({ effect }) => effect)).toEqual(['proposal', 'proposal', 'proposal']);
  });

  it('does not ask for dyspnoea: its oxygen limits hold for everybody', () => {
    expect(most(findings({ spo2: 79 }, ['noDyspnoea']))).toBe('I');
  });
});
