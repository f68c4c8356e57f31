import { z } from 'zod';
import { precautionNames, screeningQuestions } from '#libs/packs/infection-screening';
import {
  type PackReference,
  type Precaution,
  precautions,
  type ScreeningAnswer,
  screeningAnswers,
  type ScreeningPack,
  type ScreeningSign,
} from '#libs/packs/pack.types';
import type { Text } from '#libs/packs/text';
import { flagsSchema } from './triage.assessment';

/** The answers to the infection screening; absent means not asked, never "no". */
export const screeningAnswersSchema = flagsSchema.pick({
  recentFever: true,
  respiratorySymptoms: true,
  rash: true,
  diarrhoea: true,
  feverContact: true,
  resistantOrganism: true,
  immunosuppressed: true,
});
/** {@link screeningAnswersSchema} as a type. */
export type ScreeningAnswers = z.infer<typeof screeningAnswersSchema>;

/** A person's word on a precaution, against the rules or beyond them. */
export const precautionOverrideSchema = z.strictObject({
  precaution: z.enum(precautions),
  holds: z.boolean(),
  reason: z.string().trim().min(1).max(500),
});
/** {@link precautionOverrideSchema} as a type. */
export type PrecautionOverride = z.infer<typeof precautionOverrideSchema>;

/** What a fact of kind `screening` holds: the answers given at registration, or an override. */
export const screeningFactSchema = z.union([
  z.strictObject({ answers: screeningAnswersSchema }),
  z.strictObject({ override: precautionOverrideSchema }),
]);

/** What one fact says to the screening; a temperature in degrees C. */
export type Screened =
  | { readonly answers: ScreeningAnswers; readonly temperature: number | null }
  | { readonly override: Pick<PrecautionOverride, 'precaution' | 'holds'> };

/** A stored fact as the screening reads it. A machine's reading counts with its temperature alone: content null. */
export interface ScreeningFact {
  readonly kind: string;
  readonly content: unknown;
  readonly temperature: number | null;
}

/* Strips what the screening does not ask. */
const assessed = z.object({ flags: z.object(screeningAnswersSchema.shape) });

/** What a fact says to the screening; null for one that says nothing. */
export const screened = ({ kind, content, temperature }: ScreeningFact): Screened | null => {
  if (kind === 'screening') {
    const said = screeningFactSchema.parse(content);
    return 'override' in said ? said : { answers: said.answers, temperature: null };
  }
  if (kind !== 'assessment') return null;
  return { answers: content === null ? {} : assessed.parse(content).flags, temperature };
};

/** A precaution with its name: whether it holds, by which rules, and whether a person put it above them. */
export type StandingPrecaution = Text & {
  readonly id: Precaution;
  readonly holds: boolean;
  readonly rules: readonly string[];
  readonly override: 'raised' | 'lifted' | null;
};

/** A question that nobody has asked yet. */
export type UnaskedQuestion = Text & { readonly id: ScreeningAnswer };

/** What the screening says of an attendance; plain JSON. It gives no level, and no level waits for it. */
export type InfectionScreening = {
  readonly precautions: readonly StandingPrecaution[];
  readonly notAsked: readonly UnaskedQuestion[];
  readonly pack: PackReference;
};

/**
 * Screens an attendance by everything that was found, oldest first. The newest answer to a question stands, and the
 * highest temperature ever measured: a fever that was brought down was one. What a person lifted stays lifted until what
 * is found afterwards calls for it by itself.
 */
export const screenInfection = (found: readonly Screened[], pack: ScreeningPack): InfectionScreening => {
  const answers = summary(found).answers;
  return {
    precautions: precautions.flatMap((id) => standing(id, found, pack) ?? []),
    notAsked: screeningAnswers
      .filter((question) => answers[question] === undefined)
      .map((id) => ({ id, ...screeningQuestions[id] })),
    pack: { id: pack.id, version: pack.version },
  };
};

type Summary = { readonly answers: ScreeningAnswers; readonly temperature: number };

const summary = (found: readonly Screened[]): Summary => {
  const findings = found.flatMap((one) => ('override' in one ? [] : [one]));
  return {
    answers: Object.assign({}, ...findings.map(({ answers }) => answers)) as ScreeningAnswers,
    temperature: Math.max(...findings.map(({ temperature }) => temperature ?? -Infinity)),
  };
};

const standing = (id: Precaution, found: readonly Screened[], pack: ScreeningPack): StandingPrecaution | null => {
  const rules = firedFor(id, found, pack);
  const at = found.findLastIndex((one) => 'override' in one && one.override.precaution === id);
  const last = found[at];
  if (last === undefined || !('override' in last))
    return rules.length === 0 ? null : { id, ...precautionNames[id], holds: true, rules, override: null };
  const holds = last.override.holds || firedFor(id, found.slice(at), pack).length > 0;
  const override = last.override.holds ? 'raised' : holds ? null : 'lifted';
  return { id, ...precautionNames[id], holds, rules, override };
};

const firedFor = (id: Precaution, found: readonly Screened[], { rules }: ScreeningPack): string[] => {
  const { answers, temperature } = summary(found);
  const shows = (sign: ScreeningSign): boolean =>
    'answer' in sign ? answers[sign.answer] === true : temperature >= sign.temperatureFrom;
  return rules
    .filter(({ precaution, allOf }) => precaution === id && allOf.every((signs) => signs.some(shows)))
    .map((rule) => rule.id);
};
