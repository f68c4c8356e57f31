import type { PackHeader } from './pack.types';

/** What every pack shipped with the product says of itself until a hospital has approved its own. */
export const referenceHeader = {
  version: '1.0.0',
  approvedBy: null,
  effectiveFrom: '2026-11-01',
  notice: {
    zh: '参考规则包，未经临床验证',
    en: 'reference pack, not validated for clinical use',
  },
} as const satisfies Partial<PackHeader>;

/** Ages at which rules change, in completed days: the first day of that age. */
export const ages = {
  threeMonths: 91,
  sixMonths: 183,
  neonateEnds: 28,
  oneYear: 365,
  threeYears: 1096,
  fiveYears: 1827,
  sixYears: 2192,
  tenYears: 3653,
  sixteenYears: 5844,
  sixtyFiveYears: 23742,
  eightyOneYears: 29586,
} as const;
