import type { AgeRange, LevelPack, MeasureRule } from './pack.types';
import { ages, referenceHeader } from './reference-notice';

type Row = {
  readonly id: string;
  readonly age: AgeRange;
  readonly below: number;
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
  readonly above: number;
};

const pulseRows: readonly Row[] = [
  { id: '0-3-months', age: { below: ages.threeMonths }, below: 40, low: [40, 65], high: [205, 230], above: 230 },
  {
    id: '3-6-months',
    age: { from: ages.threeMonths, below: ages.sixMonths },
    below: 40,
    low: [40, 63],
    high: [180, 210],
    above: 210,
  },
  {
    id: '6-12-months',
    age: { from: ages.sixMonths, below: ages.oneYear },
    below: 40,
    low: [40, 60],
    high: [169, 180],
    above: 180,
  },
  {
    id: '1-3-years',
    age: { from: ages.oneYear, below: ages.threeYears },
    below: 40,
    low: [40, 58],
    high: [145, 165],
    above: 165,
  },
  {
    id: '3-6-years',
    age: { from: ages.threeYears, below: ages.sixYears },
    below: 40,
    low: [40, 55],
    high: [125, 140],
    above: 140,
  },
  {
    id: '6-10-years',
    age: { from: ages.sixYears, below: ages.tenYears },
    below: 30,
    low: [30, 45],
    high: [105, 120],
    above: 120,
  },
];

const respiratoryRows: readonly Row[] = [
  { id: '0-6-months', age: { below: ages.sixMonths }, below: 10, low: [10, 20], high: [70, 80], above: 80 },
  {
    id: '6-12-months',
    age: { from: ages.sixMonths, below: ages.oneYear },
    below: 10,
    low: [10, 17],
    high: [55, 60],
    above: 60,
  },
  {
    id: '1-3-years',
    age: { from: ages.oneYear, below: ages.threeYears },
    below: 10,
    low: [10, 15],
    high: [35, 40],
    above: 40,
  },
  {
    id: '3-6-years',
    age: { from: ages.threeYears, below: ages.sixYears },
    below: 8,
    low: [8, 12],
    high: [28, 32],
    above: 32,
  },
  {
    id: '6-10-years',
    age: { from: ages.sixYears, below: ages.tenYears },
    below: 8,
    low: [8, 10],
    high: [24, 26],
    above: 26,
  },
];

const byAge =
  (parameter: 'pulse' | 'respiratoryRate', name: string) =>
  ({ id, age, below, low, high, above }: Row): MeasureRule => ({
    id: `${name}-${id}`,
    parameter,
    effect: 'floor',
    age,
    bands: [
      { below, level: 'I' },
      { above, level: 'I' },
      { from: low[0], to: low[1], level: 'II' },
      { from: high[0], to: high[1], level: 'II' },
    ],
  });

const pain = (id: string, parameter: 'flacc' | 'painScore'): MeasureRule => ({
  id,
  parameter,
  effect: 'proposal',
  onIndication: true,
  bands: [{ from: 8, level: 'II' }],
});

/** Child bands up to 10 years, as printed in a Chinese hospital system's published code; level I and II only. */
export const cnHisPaediatric: LevelPack = {
  ...referenceHeader,
  kind: 'level',
  id: 'cn-his-paediatric',
  name: { zh: '儿童分诊参数（10 岁以下）', en: 'Paediatric triage bands (under 10 years)' },
  source: 'Child bands of a published Chinese hospital information system',
  rules: [
    ...pulseRows.map(byAge('pulse', 'pulse')),
    ...respiratoryRows.map(byAge('respiratoryRate', 'respiratory-rate')),
    {
      id: 'spo2',
      parameter: 'spo2',
      effect: 'floor',
      bands: [
        { below: 90, level: 'I' },
        { from: 90, to: 92, level: 'II' },
      ],
    },
    {
      id: 'temperature',
      parameter: 'temperature',
      effect: 'floor',
      bands: [
        { to: 35, level: 'I' },
        { from: 41, level: 'I' },
      ],
    },
    {
      id: 'temperature-neonate',
      parameter: 'temperature',
      effect: 'floor',
      age: { below: ages.neonateEnds },
      bands: [{ from: 38, level: 'I' }],
    },
    {
      id: 'systolic-over-5-years',
      parameter: 'systolic',
      effect: 'floor',
      age: { from: ages.fiveYears },
      bands: [
        { above: 130, level: 'II' },
        { below: 80, level: 'II' },
      ],
    },
    pain('flacc', 'flacc'),
    pain('face-pain', 'painScore'),
  ],
  scoreRules: [],
};
