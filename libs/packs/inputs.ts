import { inAge, known, type PackInput } from './band';
import type { LevelPack, MeasureRule } from './pack.types';
import { parameterNames, type Parameter } from './parameters';
import { activeItems, scoreApplies } from './score-pack';
import type { ScorePack } from './pack.types';

/** The packs that hold for one patient: the table of the age group with the additions, and the scores. */
export type ActivePacks = { readonly levels: readonly LevelPack[]; readonly scores: readonly ScorePack[] };

/** Inputs that the packs need and nobody has measured, in reading order. */
export const missingInputs = (packs: ActivePacks, input: PackInput): Parameter[] => {
  const asked = [...packs.levels.flatMap((pack) => needed(pack, input)), ...scoreNeeds(packs.scores, input)];
  const absent = asked.filter(({ any }) => any.every((parameter) => known(input.values, parameter) === null));
  return parameterNames.filter((name) => absent.some(({ parameter }) => parameter === name));
};

/** Whether anything was measured that could have fired a floor; oxygen alone is a treatment, not a measurement. */
export const anythingMeasured = (packs: ActivePacks, input: PackInput): boolean => {
  const read = [
    ...packs.levels.flatMap((pack) => floorRules(pack, input)).map(({ parameter }) => parameter),
    ...scoreNeeds(packs.scores, input).flatMap(({ any }) => any),
  ];
  return read.some((parameter) => parameter !== 'onOxygen' && known(input.values, parameter) !== null);
};

type Need = { readonly parameter: Parameter; readonly any: readonly Parameter[] };

const floorRules = (pack: LevelPack, { ageDays, flags }: PackInput): MeasureRule[] =>
  pack.rules.filter(
    ({ effect, age, when }) =>
      effect === 'floor' && inAge(age ?? {}, ageDays) && (when === undefined || flags.includes(when)),
  );

const needed = (pack: LevelPack, input: PackInput): Need[] =>
  floorRules(pack, input)
    .filter(({ onIndication }) => onIndication !== true)
    .map(({ parameter, orKnownBy = [] }) => ({ parameter, any: [parameter, ...orKnownBy] }));

const scoreNeeds = (scores: readonly ScorePack[], input: PackInput): Need[] =>
  scores
    .filter((pack) => scoreApplies(pack, input))
    .flatMap((pack) => activeItems(pack, input))
    .map(({ id, sources }) => ({ parameter: id, any: sources.map(({ parameter }) => parameter) }));
