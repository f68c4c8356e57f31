import { consciousness, news2Levels } from './additions';
import { cnConsensus2018 } from './cn-consensus-2018';
import { cnHisPaediatric } from './cn-his-paediatric';
import { cnIndicators2018 } from './cn-indicators-2018';
import { news2 } from './news2';
import type { Pack, TriagePacks } from './pack.types';
import { ages } from './reference-notice';

/** The rules a new installation starts with: one active table per age group, additions for everyone. */
export const referencePacks: TriagePacks = {
  ageGroups: [
    { age: { below: ages.tenYears }, pack: cnHisPaediatric },
    {
      age: { from: ages.tenYears, below: ages.sixteenYears },
      pack: cnConsensus2018,
      notice: {
        zh: '10–15 岁:未加载儿童分诊表,按成人表判定',
        en: '10 to 15 years: no paediatric table is loaded, the adult table was used',
      },
    },
    { age: { from: ages.sixteenYears }, pack: cnConsensus2018 },
  ],
  additions: [consciousness, news2Levels],
  scores: [news2],
  indicators: cnIndicators2018,
};

/** Every distinct pack of a set. */
export const packsOf = (packs: TriagePacks): readonly Pack[] => [
  ...new Set<Pack>([...packs.ageGroups.map(({ pack }) => pack), ...packs.additions, ...packs.scores, packs.indicators]),
];
