import type { LevelPack } from './pack.types';
import { referenceHeader } from './reference-notice';

/** Objective indicators of the 2018 consensus (Table 1 by public transcription); bands stand as printed, with shared edges. */
export const cnConsensus2018: LevelPack = {
  ...referenceHeader,
  kind: 'level',
  id: 'cn-consensus-2018',
  name: { zh: '急诊预检分诊专家共识 2018', en: 'Chinese expert consensus on emergency triage 2018' },
  source: '中华急诊医学杂志 2018;27(6):599-604, Table 1 (public transcription, to be checked against the primary PDF)',
  rules: [
    {
      id: 'pulse',
      parameter: 'pulse',
      effect: 'floor',
      bands: [
        { above: 180, level: 'I' },
        { below: 40, level: 'I' },
        { from: 150, to: 180, level: 'II' },
        { from: 40, to: 50, level: 'II' },
        { from: 100, to: 150, level: 'III' },
        { from: 50, to: 55, level: 'III' },
      ],
    },
    {
      id: 'systolic',
      parameter: 'systolic',
      effect: 'floor',
      bands: [
        { below: 70, level: 'I' },
        { above: 200, level: 'II' },
        { from: 70, to: 80, level: 'II' },
        { from: 180, to: 200, level: 'III' },
        { from: 80, to: 90, level: 'III' },
      ],
    },
    {
      id: 'spo2-with-dyspnoea',
      parameter: 'spo2',
      effect: 'floor',
      unless: 'noDyspnoea',
      bands: [
        { below: 80, level: 'I' },
        { from: 80, to: 90, level: 'II' },
        { from: 90, to: 94, level: 'III' },
      ],
    },
    { id: 'temperature', parameter: 'temperature', effect: 'floor', bands: [{ above: 41, level: 'I' }] },
    {
      id: 'glucose',
      parameter: 'glucose',
      effect: 'floor',
      onIndication: true,
      bands: [{ below: 3.33, level: 'I' }],
    },
    {
      id: 'potassium',
      parameter: 'potassium',
      effect: 'floor',
      onIndication: true,
      bands: [{ above: 7, level: 'I' }],
    },
    {
      id: 'pain',
      parameter: 'painScore',
      effect: 'proposal',
      onIndication: true,
      bands: [
        { from: 7, level: 'II' },
        { from: 4, to: 6, level: 'III' },
      ],
    },
  ],
  scoreRules: [],
};
