import type { AcuityLevel } from './acuity';
import type { Parameter } from './parameters';
import type { Text } from './text';

/** What every pack says of itself: which version, by whose authority, since when, and what it may not be used for. */
export type PackHeader = {
  readonly id: string;
  readonly version: string;
  readonly name: Text;
  readonly source: string;
  /** The clinical lead who answers for it; null for the packs we ship, which nobody has approved. */
  readonly approvedBy: string | null;
  /** ISO date. */
  readonly effectiveFrom: string;
  readonly notice: Text;
};

/** The facts beside the vital signs on which a rule may depend. */
export const packFlags = ['noDyspnoea', 'hypercapnicTarget', 'pregnant', 'traumaMechanism'] as const;

/** One of {@link packFlags}. */
export type PackFlag = (typeof packFlags)[number];

/** Completed days of age: from inclusive, below exclusive. */
export type AgeRange = { readonly from?: number; readonly below?: number };

/** A stretch of a scale as a table prints it (`above` and `below` exclude their edge), or a list of words. */
export type Band = {
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
  readonly below?: number;
  readonly in?: readonly (string | boolean)[];
};

/** A band that gives a level. Bands of one rule may share an edge: the more urgent one holds. */
export type LevelBand = Band & { readonly level: AcuityLevel };

/** When a rule counts: in an age range, with a flag, without a flag. */
export type Applicability = { readonly age?: AgeRange; readonly when?: PackFlag; readonly unless?: PackFlag };

/**
 * A rule over one input. Effect `floor` binds draft and decision, `proposal` only speaks.
 * `onIndication`: an input not measured on everyone, so that its absence leaves nothing incomplete;
 * `orKnownBy`: nothing is missing either while one of these is known.
 */
export type MeasureRule = Applicability & {
  readonly id: string;
  readonly parameter: Parameter;
  readonly effect: 'floor' | 'proposal';
  readonly onIndication?: true;
  readonly orKnownBy?: readonly Parameter[];
  readonly bands: readonly LevelBand[];
};

/** A rule over the total of a score pack, and over any single red item of it. */
export type ScoreRule = Applicability & {
  readonly id: string;
  readonly score: string;
  readonly bands: readonly LevelBand[];
  readonly red?: AcuityLevel;
};

/**
 * A rule by which a table moves the level that it gave up by one; of several that hold the move is made once.
 * Effect `floor` moves floor and proposals, `proposal` only what is proposed.
 */
export type MoveUpRule = Applicability & {
  readonly id: string;
  readonly effect: 'floor' | 'proposal';
  readonly name: Text;
};

/** Levels from measurements and scores: a table for an age group, or rules that add to every table. */
export type LevelPack = PackHeader & {
  readonly kind: 'level';
  readonly rules: readonly MeasureRule[];
  readonly scoreRules: readonly ScoreRule[];
  readonly moveUp?: readonly MoveUpRule[];
};

/** A band that gives points; with `onOxygen` it counts only for a patient on oxygen (true) or on air (false). */
export type PointBand = Band & { readonly points: number; readonly onOxygen?: boolean };

/** One way to learn a score item, such as consciousness by ACVPU or by GCS. */
export type ScoreSource = { readonly parameter: Parameter; readonly bands: readonly PointBand[] };

/** One line of a score; of several sources that are known the worst counts. */
export type ScoreItem = {
  readonly id: Parameter;
  readonly when?: PackFlag;
  readonly unless?: PackFlag;
  readonly sources: readonly ScoreSource[];
};

/** A named risk of a total, the first that fits. */
export type RiskBand = { readonly id: string; readonly totalFrom?: number; readonly red?: true; readonly name: Text };

/** An early-warning score: items summed to a total, single items of `redPoints` flagged apart. */
export type ScorePack = PackHeader & {
  readonly kind: 'score';
  readonly age: AgeRange;
  readonly unless?: PackFlag;
  readonly redPoints: number;
  readonly maximum: number;
  readonly items: readonly ScoreItem[];
  readonly risks: readonly RiskBand[];
};

/** Something a person sees or hears and ticks; it proposes a level, it is no floor. */
export type Indicator = { readonly id: string; readonly level: AcuityLevel; readonly name: Text };

/** A catalogue of human-assessed indicators. */
export type IndicatorPack = PackHeader & { readonly kind: 'indicators'; readonly indicators: readonly Indicator[] };

/** What everybody who arrives is asked about infections; an answer that is absent was not asked for, never "no". */
export const screeningAnswers = [
  'recentFever',
  'respiratorySymptoms',
  'rash',
  'diarrhoea',
  'feverContact',
  'resistantOrganism',
  'immunosuppressed',
] as const;

/** One of {@link screeningAnswers}. */
export type ScreeningAnswer = (typeof screeningAnswers)[number];

/** What a screening may call for: a way through the hospital, or a kind of isolation. */
export const precautions = [
  'fever-clinic',
  'respiratory-isolation',
  'contact-isolation',
  'enteric-isolation',
  'protective-isolation',
] as const;

/** One of {@link precautions}. */
export type Precaution = (typeof precautions)[number];

/** Something said to be so, or a temperature (degrees C) at or above an edge. */
export type ScreeningSign = { readonly answer: ScreeningAnswer } | { readonly temperatureFrom: number };

/** Calls for a precaution where each list has a sign that holds. It gives no level and moves none. */
export type ScreeningRule = {
  readonly id: string;
  readonly precaution: Precaution;
  readonly allOf: readonly (readonly ScreeningSign[])[];
  /** Where it is from; says so where it is a judgement of the product. */
  readonly source: string;
};

/** The rules of the infection screening. */
export type ScreeningPack = PackHeader & { readonly kind: 'screening'; readonly rules: readonly ScreeningRule[] };

/** Any pack. */
export type Pack = LevelPack | ScorePack | IndicatorPack | ScreeningPack;

/** The one table that holds for an age group; `notice` tells the reader where it was not made for that age. */
export type AgeGroup = { readonly age: AgeRange; readonly pack: LevelPack; readonly notice?: Text };

/** All rules of the triage desk: exactly one table holds for any age, the additions for every age. */
export type TriagePacks = {
  readonly ageGroups: readonly AgeGroup[];
  readonly additions: readonly LevelPack[];
  readonly scores: readonly ScorePack[];
  readonly indicators: IndicatorPack;
  /** Absent from sets stored before there was one: the screening that ships with the product holds then. */
  readonly screening?: ScreeningPack;
};

/** Which pack in which version spoke. */
export type PackReference = { readonly id: string; readonly version: string };
