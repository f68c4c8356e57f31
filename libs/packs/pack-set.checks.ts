import type { LevelPack, Pack, TriagePacks } from './pack.types';

/** A fault of a whole set: where it is, and which rule it breaks. */
export type SetFault = { readonly path: readonly (string | number)[]; readonly message: string };

/** What the shapes of the single packs cannot say: scores that are not there, ids that stand for two things. */
export const setFaults = (packs: TriagePacks): SetFault[] => [
  ...unknownScores(packs),
  ...levelPacks(packs).flatMap(({ pack, path }) => doubleRules(pack, path)),
  ...differingPacks(packs),
];

type Placed<P> = { readonly pack: P; readonly path: SetFault['path'] };

const levelPacks = ({ ageGroups, additions }: TriagePacks): Placed<LevelPack>[] => [
  ...ageGroups.map(({ pack }, at) => ({ pack, path: ['ageGroups', at, 'pack'] })),
  ...additions.map((pack, at) => ({ pack, path: ['additions', at] })),
];

const unknownScores = (packs: TriagePacks): SetFault[] =>
  levelPacks(packs).flatMap(({ pack, path }) =>
    pack.scoreRules.flatMap(({ score }, at) =>
      packs.scores.some(({ id }) => id === score)
        ? []
        : [{ path: [...path, 'scoreRules', at, 'score'], message: 'a rule reads a score that is not loaded' }],
    ),
  );

/** Evaluations name a rule by its id, so one id in a pack is one rule. */
const doubleRules = ({ rules, scoreRules, moveUp = [] }: LevelPack, path: SetFault['path']): SetFault[] => {
  const listed = Object.entries({ rules, scoreRules, moveUp }).flatMap(([list, all]) =>
    all.map(({ id }, at) => ({ id, path: [...path, list, at, 'id'] })),
  );
  const first = new Map(listed.toReversed().map((one) => [one.id, one.path]));
  return listed
    .filter((one) => first.get(one.id) !== one.path)
    .map((one) => ({ path: one.path, message: 'a rule id stands twice' }));
};

/** A pack may serve several ages; under one id it is the same pack each time. */
const differingPacks = (packs: TriagePacks): SetFault[] => {
  const all: Placed<Pack>[] = [
    ...levelPacks(packs),
    ...packs.scores.map((pack, at) => ({ pack, path: ['scores', at] })),
    { pack: packs.indicators, path: ['indicators'] },
    ...(packs.screening ? [{ pack: packs.screening, path: ['screening'] }] : []),
  ];
  const texts = new Map<string, string>();
  return all.flatMap(({ pack, path }) => {
    const text = JSON.stringify(pack);
    const known = texts.get(pack.id) ?? text;
    texts.set(pack.id, known);
    return known === text ? [] : [{ path: [...path, 'id'], message: 'one id stands for two packs' }];
  });
};
