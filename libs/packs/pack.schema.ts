import { z } from 'zod';
import { acuityLevels } from './acuity';
import { inBand } from './band';
import { setFaults } from './pack-set.checks';
import {
  packFlags,
  precautions,
  screeningAnswers,
  type AgeGroup,
  type AgeRange,
  type IndicatorPack,
  type LevelPack,
  type ScorePack,
  type ScoreSource,
  type ScreeningPack,
  type TriagePacks,
} from './pack.types';
import { describeParameter, parameterNames, roundTo } from './parameters';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const text = z.strictObject({ zh: z.string().min(1).max(500), en: z.string().min(1).max(500) });
const days = z.int().min(0).max(60_000);
const level = z.enum(acuityLevels);
const parameter = z.enum(parameterNames);
const flag = z.enum(packFlags);

const age = z
  .strictObject({ from: days.optional(), below: days.optional() })
  .refine(({ from = 0, below = Infinity }) => from < below, 'the age range is empty');

const edges = {
  from: z.number().optional(),
  above: z.number().optional(),
  to: z.number().optional(),
  below: z.number().optional(),
  in: z
    .array(z.union([z.string(), z.boolean()]))
    .min(1)
    .optional(),
};

type Edges = z.infer<z.ZodObject<typeof edges>>;

const isBand = ({ from, above, to, below, in: words }: Edges): boolean => {
  const numeric = [from, above, to, below].filter((edge) => edge !== undefined);
  if (words !== undefined) return numeric.length === 0;
  return numeric.length > 0 && (from ?? above ?? -Infinity) <= (to ?? below ?? Infinity);
};

const bandMessage = 'a band is a stretch of a scale or a list of words, and not empty';
const levelBand = z.strictObject({ ...edges, level }).refine(isBand, bandMessage);
const pointBand = z
  .strictObject({ ...edges, points: z.int().min(0).max(10), onOxygen: z.boolean().optional() })
  .refine(isBand, bandMessage);

const header = {
  id,
  version: z.string().min(1).max(40),
  name: text,
  source: z.string().min(1).max(500),
  approvedBy: z.string().min(1).max(200).nullable(),
  effectiveFrom: z.iso.date(),
  notice: text,
};

const applicability = { age: age.optional(), when: flag.optional(), unless: flag.optional() };

const measureRule = z.strictObject({
  ...applicability,
  id,
  parameter,
  effect: z.enum(['floor', 'proposal']),
  onIndication: z.literal(true).optional(),
  orKnownBy: z.array(parameter).optional(),
  bands: z.array(levelBand).min(1),
});

const scoreRule = z.strictObject({
  ...applicability,
  id,
  score: id,
  bands: z.array(levelBand),
  red: level.optional(),
});

const moveUpRule = z.strictObject({ ...applicability, id, effect: z.enum(['floor', 'proposal']), name: text });

/** Checks a level pack that a hospital edited before it may be loaded. */
export const levelPackSchema: z.ZodType<LevelPack> = z.strictObject({
  ...header,
  kind: z.literal('level'),
  rules: z.array(measureRule),
  scoreRules: z.array(scoreRule),
  moveUp: z.array(moveUpRule).optional(),
});

/** Whether every value has its points, on air and on oxygen: what no band holds would silently count 0. */
const coversItsScale = ({ parameter: name, bands }: ScoreSource): boolean => {
  const { step, values } = describeParameter(name);
  const edges = bands.flatMap(({ from, above, to, below }) => [from, above, to, below]);
  const near = edges.flatMap((edge) => (edge === undefined ? [] : [edge - (step ?? 0), edge, edge + (step ?? 0)]));
  const all = values ?? [-Infinity, ...near.map((edge) => roundTo(edge, step ?? 1)), Infinity];
  return [true, false].every((oxygen) =>
    all.every((value) => bands.some((band) => (band.onOxygen ?? oxygen) === oxygen && inBand(band, value))),
  );
};

const scoreSource = z
  .strictObject({ parameter, bands: z.array(pointBand).min(1) })
  .refine(coversItsScale, 'some values have no points');

/** Checks a score pack that a hospital edited before it may be loaded. */
export const scorePackSchema: z.ZodType<ScorePack> = z.strictObject({
  ...header,
  kind: z.literal('score'),
  age,
  unless: flag.optional(),
  redPoints: z.int().min(1),
  maximum: z.int().min(1),
  items: z
    .array(
      z.strictObject({
        id: parameter,
        when: flag.optional(),
        unless: flag.optional(),
        sources: z.array(scoreSource).min(1),
      }),
    )
    .min(1),
  risks: z.array(z.strictObject({ id, totalFrom: z.int().optional(), red: z.literal(true).optional(), name: text })),
});

/** Checks a catalogue of human-assessed indicators. */
export const indicatorPackSchema: z.ZodType<IndicatorPack> = z.strictObject({
  ...header,
  kind: z.literal('indicators'),
  indicators: z
    .array(z.strictObject({ id, level, name: text }))
    .refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'an indicator id stands twice'),
});

const screeningSign = z.union([
  z.strictObject({ answer: z.enum(screeningAnswers) }),
  z.strictObject({ temperatureFrom: z.number().min(30).max(45) }),
]);

const screeningRule = z.strictObject({
  id,
  precaution: z.enum(precautions),
  allOf: z.array(z.array(screeningSign).min(1)).min(1),
  source: z.string().min(1).max(500),
});

/** Checks the rules of the infection screening. */
export const screeningPackSchema: z.ZodType<ScreeningPack> = z.strictObject({
  ...header,
  kind: z.literal('screening'),
  rules: z
    .array(screeningRule)
    .refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'a rule id stands twice'),
});

const ageGroup: z.ZodType<AgeGroup> = z.strictObject({ age, pack: levelPackSchema, notice: text.optional() });

const coversEveryAge = (groups: readonly { readonly age: AgeRange }[]): boolean => {
  const ranges = groups.map(({ age: { from = 0, below = Infinity } }) => ({ from, below }));
  const sorted = ranges.toSorted((a, b) => a.from - b.from);
  return (
    sorted[0]?.from === 0 &&
    sorted.at(-1)?.below === Infinity &&
    sorted.every((range, i) => i === 0 || range.from === sorted[i - 1]?.below)
  );
};

/** Checks a whole set: exactly one table for every age, no rule over a score that is not there, one thing per id. */
export const triagePacksSchema: z.ZodType<TriagePacks> = z
  .strictObject({
    ageGroups: z.array(ageGroup).refine(coversEveryAge, 'each age needs exactly one table'),
    additions: z.array(levelPackSchema),
    scores: z.array(scorePackSchema),
    indicators: indicatorPackSchema,
    screening: screeningPackSchema.optional(),
  })
  .superRefine((packs, context) => {
    for (const { path, message } of setFaults(packs)) context.addIssue({ code: 'custom', path: [...path], message });
  });
