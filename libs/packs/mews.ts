import type { ScorePack } from './pack.types';
import { ages, referenceHeader } from './reference-notice';

/**
 * Modified Early Warning Score (Subbe): adults, and children from 10 years in whose table it stands.
 * Confusion counts as "reacts to voice". GCS, where it is known, by the Chinese bands: of two readings the graver one.
 */
export const mews: ScorePack = {
  ...referenceHeader,
  kind: 'score',
  id: 'mews',
  name: { zh: '改良早期预警评分（MEWS）', en: 'Modified Early Warning Score (MEWS)' },
  source: 'Subbe et al., QJM 2001;94:521-526 (to be checked against the primary table); GCS bands: product choice',
  age: { from: ages.tenYears },
  redPoints: 3,
  maximum: 14,
  items: [
    {
      id: 'systolic',
      sources: [
        {
          parameter: 'systolic',
          bands: [
            { to: 70, points: 3 },
            { from: 71, to: 80, points: 2 },
            { from: 81, to: 100, points: 1 },
            { from: 101, to: 199, points: 0 },
            { from: 200, points: 2 },
          ],
        },
      ],
    },
    {
      id: 'pulse',
      sources: [
        {
          parameter: 'pulse',
          bands: [
            { to: 40, points: 2 },
            { from: 41, to: 50, points: 1 },
            { from: 51, to: 100, points: 0 },
            { from: 101, to: 110, points: 1 },
            { from: 111, to: 129, points: 2 },
            { from: 130, points: 3 },
          ],
        },
      ],
    },
    {
      id: 'respiratoryRate',
      sources: [
        {
          parameter: 'respiratoryRate',
          bands: [
            { below: 9, points: 2 },
            { from: 9, to: 14, points: 0 },
            { from: 15, to: 20, points: 1 },
            { from: 21, to: 29, points: 2 },
            { from: 30, points: 3 },
          ],
        },
      ],
    },
    {
      id: 'temperature',
      sources: [
        {
          parameter: 'temperature',
          bands: [
            { below: 35, points: 2 },
            { from: 35, to: 38.4, points: 0 },
            { from: 38.5, points: 2 },
          ],
        },
      ],
    },
    {
      id: 'consciousness',
      sources: [
        {
          parameter: 'consciousness',
          bands: [
            { in: ['A'], points: 0 },
            { in: ['C', 'V'], points: 1 },
            { in: ['P'], points: 2 },
            { in: ['U'], points: 3 },
          ],
        },
        {
          parameter: 'gcs',
          bands: [
            { from: 15, points: 0 },
            { from: 13, to: 14, points: 1 },
            { from: 9, to: 12, points: 2 },
            { below: 9, points: 3 },
          ],
        },
      ],
    },
  ],
  risks: [
    { id: 'high', totalFrom: 5, name: { zh: '高风险（5 分及以上）', en: 'high (5 and more)' } },
    { id: 'low', name: { zh: '低风险', en: 'low' } },
  ],
};
