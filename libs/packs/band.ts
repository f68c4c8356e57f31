import { asBanded, describeParameter, roundTo } from './parameters';
import type { AgeRange, Applicability, Band, PackFlag } from './pack.types';
import type { Values } from './parameters';

/** What an evaluator knows of the patient. `ageDays` is given: whoever has none decides what to assume, and says so. */
export type PackInput = { readonly values: Values; readonly ageDays: number; readonly flags: readonly PackFlag[] };

/** A value a rule can read. */
export type Value = number | string | boolean;

/** Whether a value already as banded lies in a band: one of its words, or a number between its edges (none: unbounded). */
export const inBand = (band: Band, value: Value): boolean =>
  typeof value === 'number' ? band.in === undefined && inStretch(band, value) : (band.in?.includes(value) ?? false);

const inStretch = ({ from, above, to, below }: Band, value: number): boolean =>
  (from === undefined || value >= from) &&
  (above === undefined || value > above) &&
  (to === undefined || value <= to) &&
  (below === undefined || value < below);

/** Whether an age in days lies in a range (from inclusive, below exclusive). */
export const inAge = ({ from = 0, below = Infinity }: AgeRange, ageDays: number): boolean =>
  ageDays >= from && ageDays < below;

/** Whether a rule counts for this patient. */
export const applies = (rule: Applicability, { ageDays, flags }: PackInput): boolean =>
  inAge(rule.age ?? {}, ageDays) &&
  (rule.when === undefined || flags.includes(rule.when)) &&
  (rule.unless === undefined || !flags.includes(rule.unless));

/** A measured value on its banding scale, or null where it was not measured. */
export const known = (values: Values, parameter: keyof Values): Value | null => {
  const value = values[parameter] ?? null;
  return typeof value === 'number' ? asBanded(parameter, value) : value;
};

/** "With this value the rule would say that level": `level` null means that it would say nothing. */
export type Alternative<Level> = {
  readonly relation: 'at-most' | 'at-least' | 'equals';
  readonly value: Value;
  readonly level: Level | null;
};

/** What an alternative is looked for in: the scale's name, the bands whose edges matter, and what each value means. */
export type Scale<Level> = {
  readonly parameter: string;
  readonly bands: readonly Band[];
  readonly levelOf: (value: Value) => Level | null;
};

/** For each other level the value nearest to the actual one that would give it, in order of distance. */
export const alternatives = <Level>(scale: Scale<Level>, actual: Value): Alternative<Level>[] => {
  const given = scale.levelOf(actual);
  const nearest = new Map<Level | null, Alternative<Level>>();
  for (const value of candidates(scale, actual)) {
    const level = scale.levelOf(value);
    if (level !== given && !nearest.has(level)) {
      nearest.set(level, { relation: relationOf(value, actual), value, level });
    }
  }
  return [...nearest.values()];
};

const relationOf = (value: Value, actual: Value): Alternative<never>['relation'] => {
  if (typeof value !== 'number' || typeof actual !== 'number') return 'equals';
  return value < actual ? 'at-most' : 'at-least';
};

const candidates = <Level>({ parameter, bands }: Scale<Level>, actual: Value): readonly Value[] => {
  const { step, values = [] } = describeParameter(parameter);
  if (step === null || typeof actual !== 'number') return values;
  const edges = new Set(bands.flatMap(({ from, above, to, below }) => [from, above, to, below]));
  edges.delete(undefined);
  const around = [...edges].flatMap((edge = 0) => [roundTo(edge - step, step), edge, roundTo(edge + step, step)]);
  return [...new Set(around)].filter((value) => value >= 0).sort((a, b) => Math.abs(a - actual) - Math.abs(b - actual));
};
