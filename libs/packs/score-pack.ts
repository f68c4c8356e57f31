import { applies, inAge, inBand, known, type PackInput, type Value } from './band';
import type { PointBand, RiskBand, ScoreItem, ScorePack, ScoreSource } from './pack.types';
import { parameterNames, type Parameter } from './parameters';

/** One line of a scored sheet; points null means not measured, `atLeast` what it counts at the least. */
export type ScoredItem = {
  readonly item: Parameter;
  readonly parameter: Parameter;
  readonly value: Value | null;
  readonly points: number | null;
  readonly atLeast: number;
};

/** A score of one patient. `score` is null while anything is missing; `lowerBound` is what is certain. */
export type ScoreResult = {
  readonly packId: string;
  readonly packVersion: string;
  readonly score: number | null;
  readonly lowerBound: number;
  readonly incomplete: boolean;
  readonly missing: readonly Parameter[];
  readonly redScore: boolean;
  readonly risk: string;
  readonly items: readonly ScoredItem[];
};

/** Scores a patient, or null where the score was not made for them (age, pregnancy). A missing input never counts as 0. */
export const evaluateScore = (pack: ScorePack, input: PackInput): ScoreResult | null => {
  if (!scoreApplies(pack, input)) return null;
  const items = activeItems(pack, input).map((item) => scoreItem(item, input));
  const lowerBound = items.reduce((sum, { atLeast }) => sum + atLeast, 0);
  const missing = missingOf(pack, input);
  const redScore = items.some(({ atLeast }) => atLeast >= pack.redPoints);
  return {
    packId: pack.id,
    packVersion: pack.version,
    score: missing.length === 0 ? lowerBound : null,
    lowerBound,
    incomplete: missing.length > 0,
    missing,
    redScore,
    risk: riskOf(pack.risks, { total: lowerBound, redScore }),
    items,
  };
};

/** Whether a score was made for this patient. */
export const scoreApplies = (pack: ScorePack, input: PackInput): boolean =>
  inAge(pack.age, input.ageDays) && (pack.unless === undefined || !input.flags.includes(pack.unless));

/** The items of a pack that count for this patient (one of the two SpO2 scales, for instance). */
export const activeItems = (pack: ScorePack, input: PackInput): readonly ScoreItem[] =>
  pack.items.filter((item) => applies(item, input));

/** Points of one value on one source, of bands that overlap the worst; least and most while oxygen is unknown. */
export const pointsOf = (source: ScoreSource, value: Value, input: PackInput): { least: number; most: number } => {
  const oxygen = known(input.values, 'onOxygen');
  const points = (oxygen === null ? [false, true] : [oxygen]).map((state) => {
    const fits = ({ onOxygen }: PointBand): boolean => onOxygen === undefined || onOxygen === state;
    return Math.max(0, ...source.bands.filter((band) => fits(band) && inBand(band, value)).map((band) => band.points));
  });
  return { least: Math.min(...points), most: Math.max(...points) };
};

const scoreItem = (item: ScoreItem, input: PackInput): ScoredItem => {
  const scored = item.sources.flatMap((source) => {
    const value = known(input.values, source.parameter);
    return value === null ? [] : [{ parameter: source.parameter, value, ...pointsOf(source, value, input) }];
  });
  const [worst] = scored.toSorted((a, b) => b.least - a.least);
  if (worst === undefined) return { item: item.id, parameter: item.id, value: null, points: null, atLeast: 0 };
  const points = worst.least === worst.most ? worst.least : null;
  return { item: item.id, parameter: worst.parameter, value: worst.value, points, atLeast: worst.least };
};

const missingOf = (pack: ScorePack, input: PackInput): Parameter[] => {
  const unknown = activeItems(pack, input).filter((item) =>
    item.sources.every(({ parameter }) => known(input.values, parameter) === null),
  );
  return parameterNames.filter((name) => unknown.some(({ id }) => id === name));
};

const riskOf = (risks: readonly RiskBand[], { total, redScore }: { total: number; redScore: boolean }): string =>
  risks.find((band) => total >= (band.totalFrom ?? 0) && (band.red === undefined || redScore))?.id ?? 'none';
