import type { LevelPack } from './pack.types';
import { referenceHeader } from './reference-notice';

/** Consciousness and GCS: they add to the table of every age. Where GCS alone is known, its own rule decides. */
export const consciousness: LevelPack = {
  ...referenceHeader,
  kind: 'level',
  id: 'consciousness',
  name: { zh: '意识与 GCS', en: 'Consciousness and GCS' },
  source: 'Product choice after the 2018 consensus (GCS bands) and ACVPU',
  rules: [
    {
      id: 'acvpu',
      parameter: 'consciousness',
      effect: 'floor',
      orKnownBy: ['gcs'],
      bands: [
        { in: ['P', 'U'], level: 'I' },
        { in: ['C', 'V'], level: 'II' },
      ],
    },
    {
      id: 'gcs',
      parameter: 'gcs',
      effect: 'floor',
      onIndication: true,
      bands: [
        { below: 9, level: 'I' },
        { from: 9, to: 12, level: 'II' },
        { from: 13, to: 14, level: 'III' },
      ],
    },
  ],
  scoreRules: [],
};

/** From NEWS2 to a level (default of the product, for each hospital to edit): 7 or more II; 5, 6 or any red item III. */
export const news2Levels: LevelPack = {
  ...referenceHeader,
  kind: 'level',
  id: 'news2-levels',
  name: { zh: 'NEWS2 分级阈值', en: 'NEWS2 thresholds for levels' },
  source: 'Product choice after the RCP action bands',
  rules: [],
  scoreRules: [
    {
      id: 'news2',
      score: 'news2',
      bands: [
        { from: 7, level: 'II' },
        { from: 5, to: 6, level: 'III' },
      ],
      red: 'III',
    },
  ],
};
