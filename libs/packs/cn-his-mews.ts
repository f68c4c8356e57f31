import type { LevelBand, LevelPack, MeasureRule, ScoreRule } from './pack.types';
import type { Parameter } from './parameters';
import { ages, referenceHeader } from './reference-notice';

const floor = (id: string, parameter: Parameter, bands: readonly LevelBand[]): MeasureRule => ({
  id,
  parameter,
  effect: 'floor',
  bands,
});

const obstetric = (parameter: Parameter, bands: readonly LevelBand[]): MeasureRule => ({
  ...floor(`obstetric-${parameter.toLowerCase().replace('respiratoryrate', 'respiratory-rate')}`, parameter, bands),
  when: 'pregnant',
});

const pain = { parameter: 'painScore', effect: 'proposal', onIndication: true } as const;

/** The limits that hold for everybody, whatever the score says. */
const vitalSigns: readonly MeasureRule[] = [
  floor('temperature', 'temperature', [
    { below: 32, level: 'I' },
    { above: 41, level: 'I' },
  ]),
  floor('pulse', 'pulse', [
    { below: 40, level: 'I' },
    { above: 180, level: 'I' },
    { from: 141, to: 180, level: 'II' },
    { from: 40, to: 50, level: 'II' },
  ]),
  floor('respiratory-rate', 'respiratoryRate', [
    { to: 8, level: 'I' },
    { from: 36, level: 'I' },
  ]),
  floor('systolic', 'systolic', [
    { below: 70, level: 'I' },
    { above: 220, level: 'I' },
    { from: 200, to: 220, level: 'II' },
    { from: 70, to: 80, level: 'II' },
  ]),
  floor('spo2', 'spo2', [
    { below: 80, level: 'I' },
    { from: 80, to: 90, level: 'II' },
  ]),
  {
    ...pain,
    id: 'pain',
    bands: [
      { from: 7, level: 'II' },
      { from: 4, to: 6, level: 'III' },
    ],
  },
];

/** What holds in pregnancy beside the limits for everybody, so that pregnancy never makes a patient less urgent. */
const pregnancy: readonly MeasureRule[] = [
  obstetric('pulse', [
    { from: 120, level: 'I' },
    { below: 50, level: 'I' },
    { from: 110, to: 119, level: 'II' },
    { from: 100, to: 109, level: 'III' },
  ]),
  obstetric('respiratoryRate', [
    { above: 30, level: 'I' },
    { to: 8, level: 'I' },
    { from: 24, to: 30, level: 'II' },
  ]),
  obstetric('systolic', [
    { from: 220, level: 'I' },
    { below: 70, level: 'I' },
    { from: 160, to: 219, level: 'II' },
    { from: 70, to: 90, level: 'II' },
    { from: 140, to: 159, level: 'III' },
  ]),
  obstetric('diastolic', [
    { from: 110, level: 'II' },
    { from: 90, to: 109, level: 'III' },
  ]),
  obstetric('spo2', [
    { below: 90, level: 'I' },
    { from: 90, to: 94, level: 'II' },
  ]),
  { ...pain, id: 'obstetric-pain', when: 'pregnant', bands: [{ from: 7, level: 'I' }] },
];

const byMews = (id: string, stricterBy: number, applicability: Pick<ScoreRule, 'when' | 'unless'>): ScoreRule => ({
  ...applicability,
  id,
  score: 'mews',
  bands: [
    { from: 6 - stricterBy, level: 'I' },
    { from: 4 - stricterBy, to: 5 - stricterBy, level: 'II' },
    { from: 2 - stricterBy, to: 3 - stricterBy, level: 'III' },
  ],
});

/**
 * The table of a Chinese hospital system by MEWS, vital signs and, in pregnancy, a table of its own (10 years and over).
 * Its chest-pain and stroke flags are the human-assessed indicators; they and pain propose. Age is known and moves the
 * floor; the mechanism of an injury is a person's judgement and moves the proposal.
 */
export const cnHisMews: LevelPack = {
  ...referenceHeader,
  kind: 'level',
  id: 'cn-his-mews',
  name: { zh: 'MEWS 分诊表（含产科）', en: 'Triage table by MEWS, with an obstetric table' },
  source: 'Published code of a Chinese hospital information system',
  rules: [...vitalSigns, ...pregnancy],
  scoreRules: [byMews('mews', 0, { unless: 'pregnant' }), byMews('obstetric-mews', 1, { when: 'pregnant' })],
  moveUp: [
    {
      id: 'age-over-80',
      effect: 'floor',
      age: { from: ages.eightyOneYears },
      name: { zh: '年龄超过 80 岁，上调一级', en: 'over 80 years: one level up' },
    },
    {
      id: 'trauma-mechanism',
      effect: 'proposal',
      when: 'traumaMechanism',
      name: { zh: '危险受伤机制，上调一级', en: 'dangerous trauma mechanism: one level up' },
    },
  ],
};
