import { acuityRank, mostUrgent, type AcuityLevel } from './acuity';
import { alternatives, applies, inBand, known, type Alternative, type PackInput, type Value } from './band';
import type { LevelBand, LevelPack, MeasureRule, ScorePack, ScoreRule } from './pack.types';
import { describeParameter } from './parameters';
import type { Text } from './text';
import { activeItems, pointsOf, type ScoreResult } from './score-pack';

/** A rule that fired: what it read, which level it gives, and which values would give another. */
export type Finding = {
  readonly ruleId: string;
  readonly packId: string;
  readonly packVersion: string;
  readonly effect: 'floor' | 'proposal';
  readonly parameter: string;
  readonly name: Text;
  readonly value: Value;
  readonly unit: string;
  readonly level: AcuityLevel;
  readonly counterfactuals: readonly Alternative<AcuityLevel>[];
};

/** A score beside the pack that made it, so that its red items can be explained. */
export type Scored = { readonly pack: ScorePack; readonly result: ScoreResult };

/** Every rule of a pack that fires on a patient, in the pack's order. */
export const evaluateLevelPack = (pack: LevelPack, input: PackInput, scores: readonly Scored[]): Finding[] => [
  ...pack.rules.filter((rule) => applies(rule, input)).flatMap((rule) => measured(pack, rule, input)),
  ...pack.scoreRules
    .filter((rule) => applies(rule, input))
    .flatMap((rule) => scores.filter(({ pack: of }) => of.id === rule.score).flatMap(scoredBy(pack, rule, input))),
];

/** The level a set of bands gives a value; on a shared edge the more urgent one, null outside all bands. */
export const levelIn = (bands: readonly LevelBand[], value: Value): AcuityLevel | null =>
  mostUrgent(bands.filter((band) => inBand(band, value)).map(({ level }) => level));

const finding = (pack: LevelPack, rest: Omit<Finding, 'packId' | 'packVersion' | 'unit' | 'name'>): Finding => ({
  packId: pack.id,
  packVersion: pack.version,
  unit: describeParameter(rest.parameter).unit,
  name: describeParameter(rest.parameter).name,
  ...rest,
  ruleId: `${pack.id}/${rest.ruleId}`,
  counterfactuals: rest.counterfactuals.filter(
    ({ level }) => level === null || acuityRank(level) > acuityRank(rest.level),
  ),
});

const measured = (pack: LevelPack, rule: MeasureRule, { values }: PackInput): Finding[] => {
  const value = known(values, rule.parameter);
  const levelOf = (other: Value): AcuityLevel | null => levelIn(rule.bands, other);
  const level = value === null ? null : levelOf(value);
  if (value === null || level === null) return [];
  const { id: ruleId, parameter, effect, bands } = rule;
  const counterfactuals = alternatives({ parameter, bands, levelOf }, value);
  return [finding(pack, { ruleId, effect, parameter, value, level, counterfactuals })];
};

const scoredBy =
  (pack: LevelPack, rule: ScoreRule, input: PackInput) =>
  (scored: Scored): Finding[] => [
    ...byTotal(pack, rule, scored.result.lowerBound),
    ...byRedItems(pack, { rule, scored, input }),
  ];

const byTotal = (pack: LevelPack, rule: ScoreRule, total: number): Finding[] => {
  const levelOf = (other: Value): AcuityLevel | null => levelIn(rule.bands, other);
  const level = levelOf(total);
  if (level === null) return [];
  const counterfactuals = alternatives({ parameter: rule.score, bands: rule.bands, levelOf }, total);
  const ruleId = `${rule.id}-total`;
  return [finding(pack, { ruleId, effect: 'floor', parameter: rule.score, value: total, level, counterfactuals })];
};

type RedContext = { readonly rule: ScoreRule; readonly scored: Scored; readonly input: PackInput };

/** One finding for each source that is red by itself, so that each says what would silence it. */
const byRedItems = (pack: LevelPack, { rule, scored, input }: RedContext): Finding[] => {
  const { red } = rule;
  if (red === undefined) return [];
  return activeItems(scored.pack, input)
    .flatMap(({ sources }) => sources)
    .flatMap((source) => {
      const { parameter, bands } = source;
      const levelOf = (other: Value): AcuityLevel | null =>
        pointsOf(source, other, input).least >= scored.pack.redPoints ? red : null;
      const value = known(input.values, parameter);
      if (value === null || levelOf(value) === null) return [];
      const counterfactuals = alternatives({ parameter, bands, levelOf }, value);
      const ruleId = `${rule.id}-red-${parameter}`;
      return [finding(pack, { ruleId, effect: 'floor', parameter, value, level: red, counterfactuals })];
    });
};
