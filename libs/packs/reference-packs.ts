import { consciousness, news2Levels } from './additions';
import { cnConsensus2018 } from './cn-consensus-2018';
import { cnHisMews } from './cn-his-mews';
import { cnHisPaediatric } from './cn-his-paediatric';
import { cnIndicators2018 } from './cn-indicators-2018';
import { cnInfectionScreening } from './infection-screening';
import { mews } from './mews';
import { news2 } from './news2';
import type { LevelPack, Pack, ScorePack, ScreeningPack, TriagePacks } from './pack.types';
import { ages } from './reference-notice';

/** Children by their own table; from 10 years the given one, which says so where it was made for adults. */
const setOf = (table: LevelPack, scores: readonly ScorePack[]): TriagePacks => ({
  ageGroups: [
    { age: { below: ages.tenYears }, pack: cnHisPaediatric },
    {
      age: { from: ages.tenYears, below: ages.sixteenYears },
      pack: table,
      notice: {
        zh: '10–15 岁：未加载儿童分诊表，按成人表判定',
        en: '10 to 15 years: no paediatric table is loaded, the adult table was used',
      },
    },
    { age: { from: ages.sixteenYears }, pack: table },
  ],
  additions: [consciousness, news2Levels],
  scores,
  indicators: cnIndicators2018,
  screening: cnInfectionScreening,
});

/** The rules a new installation starts with: one active table per age group, additions for everyone. */
export const referencePacks: TriagePacks = setOf(cnConsensus2018, [news2]);

/** The sets that ship with the product; a hospital may activate another than the first, or one of its own. */
export const referenceSets = {
  'cn-consensus-2018': referencePacks,
  'cn-his-mews': setOf(cnHisMews, [news2, mews]),
} as const satisfies Record<string, TriagePacks>;

/** The name of a set that ships with the product. */
export type ReferenceSetName = keyof typeof referenceSets;

/** The screening of a set. */
export const screeningOf = ({ screening = cnInfectionScreening }: TriagePacks): ScreeningPack => screening;

/** Every distinct pack of a set: what several ages share is one, though a set read from the ledger holds it twice. */
export const packsOf = (packs: TriagePacks): readonly Pack[] => {
  const all: readonly Pack[] = [
    ...packs.ageGroups.map(({ pack }) => pack),
    ...packs.additions,
    ...packs.scores,
    packs.indicators,
    screeningOf(packs),
  ];
  return [...new Map(all.map((pack) => [pack.id, pack])).values()];
};
