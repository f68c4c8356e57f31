import type { ScoreItem, ScorePack } from './pack.types';
import { ages, referenceHeader } from './reference-notice';

const spo2Scale1: ScoreItem = {
  id: 'spo2',
  unless: 'hypercapnicTarget',
  sources: [
    {
      parameter: 'spo2',
      bands: [
        { to: 91, points: 3 },
        { from: 92, to: 93, points: 2 },
        { from: 94, to: 95, points: 1 },
        { from: 96, points: 0 },
      ],
    },
  ],
};

const spo2Scale2: ScoreItem = {
  id: 'spo2',
  when: 'hypercapnicTarget',
  sources: [
    {
      parameter: 'spo2',
      bands: [
        { to: 83, points: 3 },
        { from: 84, to: 85, points: 2 },
        { from: 86, to: 87, points: 1 },
        { from: 88, to: 92, points: 0 },
        { from: 93, points: 0, onOxygen: false },
        { from: 93, to: 94, points: 1, onOxygen: true },
        { from: 95, to: 96, points: 2, onOxygen: true },
        { from: 97, points: 3, onOxygen: true },
      ],
    },
  ],
};

const items: readonly ScoreItem[] = [
  {
    id: 'respiratoryRate',
    sources: [
      {
        parameter: 'respiratoryRate',
        bands: [
          { to: 8, points: 3 },
          { from: 9, to: 11, points: 1 },
          { from: 12, to: 20, points: 0 },
          { from: 21, to: 24, points: 2 },
          { from: 25, points: 3 },
        ],
      },
    ],
  },
  spo2Scale1,
  spo2Scale2,
  {
    id: 'onOxygen',
    sources: [
      {
        parameter: 'onOxygen',
        bands: [
          { in: [false], points: 0 },
          { in: [true], points: 2 },
        ],
      },
    ],
  },
  {
    id: 'systolic',
    sources: [
      {
        parameter: 'systolic',
        bands: [
          { to: 90, points: 3 },
          { from: 91, to: 100, points: 2 },
          { from: 101, to: 110, points: 1 },
          { from: 111, to: 219, points: 0 },
          { from: 220, points: 3 },
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
          { to: 40, points: 3 },
          { from: 41, to: 50, points: 1 },
          { from: 51, to: 90, points: 0 },
          { from: 91, to: 110, points: 1 },
          { from: 111, to: 130, points: 2 },
          { from: 131, points: 3 },
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
          { in: ['C', 'V', 'P', 'U'], points: 3 },
        ],
      },
      {
        parameter: 'gcs',
        bands: [
          { from: 15, points: 0 },
          { below: 15, points: 3 },
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
          { to: 35.0, points: 3 },
          { from: 35.1, to: 36.0, points: 1 },
          { from: 36.1, to: 38.0, points: 0 },
          { from: 38.1, to: 39.0, points: 1 },
          { from: 39.1, points: 2 },
        ],
      },
    ],
  },
];

/** National Early Warning Score 2 (RCP chart 1; scale 2 by the Thorax/BMJ table): adults from 16 years, not pregnant. */
export const news2: ScorePack = {
  ...referenceHeader,
  kind: 'score',
  id: 'news2',
  name: { zh: '国家早期预警评分 2（NEWS2）', en: 'National Early Warning Score 2 (NEWS2)' },
  source: 'Royal College of Physicians, NEWS2 chart 1; SpO2 scale 2: Thorax/BMJ table',
  age: { from: ages.sixteenYears },
  unless: 'pregnant',
  redPoints: 3,
  maximum: 20,
  items,
  risks: [
    { id: 'high', totalFrom: 7, name: { zh: '高风险', en: 'high' } },
    { id: 'medium', totalFrom: 5, name: { zh: '中风险', en: 'medium' } },
    { id: 'low-medium', red: true, name: { zh: '低中风险（单项 3 分）', en: 'low-medium (a single 3)' } },
    { id: 'low', name: { zh: '低风险', en: 'low' } },
  ],
};
