import { cnHisPaediatric } from './cn-his-paediatric';
import { evaluateLevelPack, type Finding } from './level-pack';
import type { Parameter, Values } from './parameters';

const findings = (values: Values, ageDays: number): Finding[] =>
  evaluateLevelPack(cnHisPaediatric, { values, ageDays, flags: [] }, []);

const levelOf = (parameter: Parameter, value: number, ageDays: number): string =>
  findings({ [parameter]: value }, ageDays)
    .map(({ level }) => level)
    .join('+') || 'none';

/** The four numbers of a row of the table: below I, low II up to, high II from, above I. */
type Row = readonly [lowI: number, lowII: number, highII: number, highI: number];

const edges = ([lowI, lowII, highII, highI]: Row): [number, string][] => [
  [0, 'I'],
  [lowI - 1, 'I'],
  [lowI, 'II'],
  [lowII, 'II'],
  [lowII + 1, 'none'],
  [highII - 1, 'none'],
  [highII, 'II'],
  [highI, 'II'],
  [highI + 1, 'I'],
];

type AgeBand = {
  readonly name: string;
  readonly days: readonly [first: number, last: number];
  readonly pulse: Row;
  readonly respiratoryRate: Row;
};

const bands: readonly AgeBand[] = [
  { name: '0-3 months', days: [0, 90], pulse: [40, 65, 205, 230], respiratoryRate: [10, 20, 70, 80] },
  { name: '3-6 months', days: [91, 182], pulse: [40, 63, 180, 210], respiratoryRate: [10, 20, 70, 80] },
  { name: '6-12 months', days: [183, 364], pulse: [40, 60, 169, 180], respiratoryRate: [10, 17, 55, 60] },
  { name: '1-3 years', days: [365, 1095], pulse: [40, 58, 145, 165], respiratoryRate: [10, 15, 35, 40] },
  { name: '3-6 years', days: [1096, 2191], pulse: [40, 55, 125, 140], respiratoryRate: [8, 12, 28, 32] },
  { name: '6-10 years', days: [2192, 3652], pulse: [30, 45, 105, 120], respiratoryRate: [8, 10, 24, 26] },
];

describe.each(bands)('child bands of $name', ({ days, pulse, respiratoryRate }) => {
  it.each(days)('pulse edges on day %d', (ageDays) => {
    const table = edges(pulse);
    expect(table.map(([value]) => [value, levelOf('pulse', value, ageDays)])).toEqual(table);
  });

  it.each(days)('respiratory edges on day %d', (ageDays) => {
    const table = edges(respiratoryRate);
    expect(table.map(([value]) => [value, levelOf('respiratoryRate', value, ageDays)])).toEqual(table);
  });
});

describe('child bands of every age', () => {
  it.each([0, 400, 3652])('SpO2 below 90 is I and 90 to 92 is II on day %d', (ageDays) => {
    const table = [
      [0, 'I'],
      [89, 'I'],
      [90, 'II'],
      [91, 'II'],
      [92, 'II'],
      [93, 'none'],
      [100, 'none'],
    ];
    expect(table.map(([value]) => [value, levelOf('spo2', Number(value), ageDays)])).toEqual(table);
  });

  it('temperature up to 35 or from 41 is I, rounded first', () => {
    const table = [
      [34.9, 'I'],
      [35, 'I'],
      [35.04, 'I'],
      [35.05, 'none'],
      [35.1, 'none'],
      [40.9, 'none'],
      [40.94, 'none'],
      [40.95, 'I'],
      [41, 'I'],
    ];
    expect(table.map(([value]) => [value, levelOf('temperature', Number(value), 28)])).toEqual(table);
  });

  it('temperature from 38 is I in the first 28 days only', () => {
    const table = [
      [37.9, 'none'],
      [37.94, 'none'],
      [37.95, 'I'],
      [38, 'I'],
      [40.9, 'I'],
    ];
    expect(table.map(([value]) => [value, levelOf('temperature', Number(value), 27)])).toEqual(table);
    expect(levelOf('temperature', 38, 28)).toBe('none');
    expect(levelOf('temperature', 41, 27)).toBe('I+I');
  });

  it('systolic pressure counts from the fifth birthday', () => {
    const table = [
      [0, 'II'],
      [79, 'II'],
      [80, 'none'],
      [130, 'none'],
      [131, 'II'],
    ];
    expect(table.map(([value]) => [value, levelOf('systolic', Number(value), 1827)])).toEqual(table);
    expect([60, 140].map((value) => levelOf('systolic', value, 1826))).toEqual(['none', 'none']);
  });

  it.each(['flacc', 'painScore'] as const)('%s from 8 proposes II and sets no floor', (parameter) => {
    const table = [
      [0, 'none'],
      [7, 'none'],
      [8, 'II'],
      [10, 'II'],
    ];
    expect(table.map(([value]) => [value, levelOf(parameter, Number(value), 1500)])).toEqual(table);
    expect(findings({ [parameter]: 10 }, 1500)).toMatchObject([{ effect: 'proposal' }]);
  });
});
