import { type LevelBand, type LevelPack, type ScreeningPack, type TriagePacks } from '#libs/packs/pack.types';

/** A rule of a level pack whose bands a person may change: over a measurement, or over a score. */
export type RuleList = 'rules' | 'scoreRules';

/** Which rule: the pack by its id, since several ages may share it. */
export interface RulePlace {
  readonly packId: string;
  readonly list: RuleList;
  readonly ruleId: string;
}

/** The level packs of a set, each once, with where it first stands. */
export const levelPacksOf = ({ ageGroups, additions }: TriagePacks): readonly { pack: LevelPack; path: string }[] => {
  const all = [
    ...ageGroups.map(({ pack }, at) => ({ pack, path: `ageGroups.${at}.pack` })),
    ...additions.map((pack, at) => ({ pack, path: `additions.${at}` })),
  ];
  return all.filter(({ pack }, at) => all.findIndex((other) => other.pack.id === pack.id) === at);
};

const changedPack = (pack: LevelPack, { packId, list, ruleId }: RulePlace, bands: readonly LevelBand[]): LevelPack => {
  if (pack.id !== packId) return pack;
  const changed = <R extends { readonly id: string }>(rules: readonly R[]): R[] =>
    rules.map((rule) => (rule.id === ruleId ? { ...rule, bands } : rule));
  return list === 'rules' ? { ...pack, rules: changed(pack.rules) } : { ...pack, scoreRules: changed(pack.scoreRules) };
};

/** The set with other bands for a rule, for every age that shares its table. */
export const withBands = (packs: TriagePacks, place: RulePlace, bands: readonly LevelBand[]): TriagePacks => ({
  ...packs,
  ageGroups: packs.ageGroups.map((group) => ({ ...group, pack: changedPack(group.pack, place, bands) })),
  additions: packs.additions.map((pack) => changedPack(pack, place, bands)),
});

/** A temperature limit of the infection screening, and where it stands. */
export interface TemperatureLimit {
  readonly rule: ScreeningPack['rules'][number];
  readonly temperature: number;
  readonly path: string;
}

/** The temperature limits of the infection screening. */
export const temperatureLimits = ({ screening }: TriagePacks): readonly TemperatureLimit[] =>
  (screening?.rules ?? []).flatMap((rule, at) =>
    rule.allOf.flatMap((signs, list) =>
      signs.flatMap((sign, place) =>
        'temperatureFrom' in sign
          ? [
              {
                rule,
                temperature: sign.temperatureFrom,
                path: `screening.rules.${at}.allOf.${list}.${place}.temperatureFrom`,
              },
            ]
          : [],
      ),
    ),
  );

/** The set with another temperature limit where the path says. */
export const withTemperature = (packs: TriagePacks, path: string, temperature: number): TriagePacks => {
  const { screening } = packs;
  if (!screening) return packs;
  const rules = screening.rules.map((rule, at) => ({
    ...rule,
    allOf: rule.allOf.map((signs, list) =>
      signs.map((sign, place) =>
        path === `screening.rules.${at}.allOf.${list}.${place}.temperatureFrom`
          ? { temperatureFrom: temperature }
          : sign,
      ),
    ),
  }));
  return { ...packs, screening: { ...screening, rules } };
};
