import { type AcuityLevel } from '#libs/packs/acuity';
import { type LevelBand, type TriagePacks } from '#libs/packs/pack.types';
import { bandText } from './bands';
import { levelPacksOf } from './pack-edits';

/** A rule whose bands differ: before and after as they are read; null where the rule is not there. */
export interface RuleChange {
  readonly packId: string;
  readonly ruleId: string;
  /** What the rule reads: a measurement or a score. */
  readonly reads: string;
  readonly before: readonly BandLine[] | null;
  readonly after: readonly BandLine[] | null;
}

/** A band and the level it gives. */
export interface BandLine {
  readonly text: string;
  readonly level: AcuityLevel;
}

/** Anything else that differs, by its path; values as JSON, null where there is none. */
export interface ValueChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between two sets. */
export interface PackChanges {
  readonly rules: readonly RuleChange[];
  readonly others: readonly ValueChange[];
}

type RuleEntry = readonly [
  string,
  { readonly packId: string; readonly ruleId: string; readonly reads: string; readonly bands: readonly LevelBand[] },
];

const rulesOf = (packs: TriagePacks): ReadonlyMap<string, RuleEntry[1]> =>
  new Map(
    levelPacksOf(packs).flatMap(({ pack }) =>
      [...pack.rules, ...pack.scoreRules].map((rule): RuleEntry => {
        const reads = 'parameter' in rule ? rule.parameter : rule.score;
        return [`${pack.id} ${rule.id}`, { packId: pack.id, ruleId: rule.id, reads, bands: rule.bands }];
      }),
    ),
  );

const linesOf = (bands: readonly LevelBand[] | undefined): readonly BandLine[] | null =>
  bands?.map((band) => ({ text: bandText(band), level: band.level })) ?? null;

const ruleChanges = (before: TriagePacks, after: TriagePacks): readonly RuleChange[] => {
  const [old, now] = [rulesOf(before), rulesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [one, other] = [old.get(key), now.get(key)];
    const known = other ?? one;
    if (!known || JSON.stringify(one?.bands) === JSON.stringify(other?.bands)) return [];
    const { packId, ruleId, reads } = known;
    return [{ packId, ruleId, reads, before: linesOf(one?.bands), after: linesOf(other?.bands) }];
  });
};

const leavesOf = (value: unknown, path: string, into: Map<string, string>): Map<string, string> => {
  if (value === undefined) return into;
  if (typeof value !== 'object' || value === null) return into.set(path, JSON.stringify(value));
  if (Object.keys(value).length === 0) into.set(path, JSON.stringify(value));
  for (const [key, inner] of Object.entries(value)) leavesOf(inner, path === '' ? key : `${path}.${key}`, into);
  return into;
};

/* Bands of level packs are told by rule, and a table shared by several ages once. */
const plainOf = (packs: TriagePacks): unknown => {
  const { ageGroups, additions: _, ...rest } = packs;
  const tables = levelPacksOf(packs).map(({ pack }) => [
    pack.id,
    { ...pack, rules: withoutBands(pack.rules), scoreRules: withoutBands(pack.scoreRules) },
  ]);
  const ages = ageGroups.map(({ pack, ...group }) => ({ ...group, pack: pack.id }));
  return { ...rest, ageGroups: ages, tables: Object.fromEntries(tables) as unknown };
};

const withoutBands = (rules: readonly { readonly id: string; readonly bands: unknown }[]): unknown =>
  Object.fromEntries(rules.map((rule) => [rule.id, { ...rule, bands: undefined }]));

/** What an approver is asked to agree with: the rules whose bands differ, and everything else that does. */
export const packChanges = (before: TriagePacks, after: TriagePacks): PackChanges => {
  const [old, now] = [leavesOf(plainOf(before), '', new Map()), leavesOf(plainOf(after), '', new Map())];
  const others = [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }));
  return { rules: ruleChanges(before, after), others };
};
