import { type Compared, grouped, type Measured, type Pair, pairOf } from './agreement';

/** A decided review with how it was decided. `signedBy` only tells people apart: nothing is ever told by person. */
export interface Judged extends Compared {
  readonly action: string;
  /** The Monday of its week, as a date. */
  readonly week: string;
  readonly signedBy: string;
  readonly secondsOpen: number | null;
}

/** Of how many decisions something is told, and how often it holds (0 to 1); null where there was none. */
export interface Share {
  readonly n: number;
  readonly rate: number | null;
}

/** One rule pack, prompt and model: drafts people saw and drafts nobody saw, each against what was signed. */
export interface QualityRow extends Pick<Compared, 'levelPack' | 'promptId' | 'promptVersion' | 'model'> {
  readonly reviews: number;
  /** `moreUrgent` is over-triage, `lessUrgent` under-triage of the first value. */
  readonly shownDraft: Pair;
  readonly blindDraft: Pair;
  readonly ownAndDraft: Pair;
}

/** A week of the unit; what was done with drafts is withheld (null) where too few people signed to be told together. */
export interface QualityWeek {
  readonly week: string;
  readonly decisions: number;
  readonly offered: number | null;
  readonly acceptedUnchanged: number | null;
  readonly acceptedUnchangedRate: number | null;
  readonly medianSecondsOpen: number | null;
}

/** How good drafts are, and what seeing them does to people. */
export interface ModelQuality {
  readonly own: Pair;
  readonly floor: Pair;
  readonly draft: Pair;
  /** Agreement of draft and signature where it was shown, where it was blind, and how far apart they are. */
  readonly blindSample: { readonly shown: Share; readonly blind: Share; readonly gap: number | null };
  readonly rows: readonly QualityRow[];
  readonly weeks: readonly QualityWeek[];
}

/** With fewer signers in a week its figures would be somebody's own. */
export const fewestSigners = 3;

/** Counts the quality of drafts over decided reviews. */
export const modelQualityOf = (reviews: readonly Judged[], measured: Measured): ModelQuality => {
  const against = (some: readonly Judged[], value: 'own' | 'floor' | 'draft') =>
    pairOf(some, [value, 'signed'], measured);
  const [shown, blind] = [true, false].map((how) => shareOf(against(whereShown(reviews, how), 'draft'))) as [
    Share,
    Share,
  ];
  return {
    own: against(reviews, 'own'),
    floor: against(reviews, 'floor'),
    draft: against(reviews, 'draft'),
    blindSample: { shown, blind, gap: gapOf(shown, blind) },
    rows: rowsOf(reviews, measured),
    weeks: weeksOf(reviews),
  };
};

const whereShown = (reviews: readonly Judged[], shown: boolean) => reviews.filter((one) => one.shown === shown);

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** A part of a whole, to three digits; null of nothing. */
export const rateOf = (part: number, whole: number): number | null => (whole === 0 ? null : rounded(part / whole));

const shareOf = ({ n, same }: Pair): Share => ({ n, rate: rateOf(same, n) });

const gapOf = (shown: Share, blind: Share): number | null =>
  shown.rate === null || blind.rate === null ? null : rounded(shown.rate - blind.rate);

const originOf = ({ levelPack, promptId, promptVersion, model }: Judged) => ({
  levelPack,
  promptId,
  promptVersion,
  model,
});

const rowsOf = (reviews: readonly Judged[], measured: Measured): QualityRow[] =>
  grouped(
    reviews.filter(({ shown }) => shown !== null),
    originOf,
  )
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const drafts = (shown: boolean) => pairOf(whereShown(group, shown), ['draft', 'signed'], measured);
      return [
        {
          ...originOf(first),
          reviews: group.length,
          shownDraft: drafts(true),
          blindDraft: drafts(false),
          ownAndDraft: pairOf(group, ['own', 'draft'], measured),
        },
      ];
    })
    .toSorted((a, b) => b.reviews - a.reviews);

const weeksOf = (reviews: readonly Judged[]): QualityWeek[] =>
  grouped(reviews, ({ week }) => week)
    .map((group) => weekOf(group))
    .toSorted((a, b) => a.week.localeCompare(b.week));

const weekOf = (group: readonly Judged[]): QualityWeek => {
  const plain = { week: group[0]?.week ?? '', decisions: group.length };
  if (new Set(group.map(({ signedBy }) => signedBy)).size < fewestSigners)
    return { ...plain, offered: null, acceptedUnchanged: null, acceptedUnchangedRate: null, medianSecondsOpen: null };
  const offered = whereShown(group, true);
  const accepted = offered.filter(({ action }) => action === 'approve').length;
  return {
    ...plain,
    offered: offered.length,
    acceptedUnchanged: accepted,
    acceptedUnchangedRate: rateOf(accepted, offered.length),
    medianSecondsOpen: medianOf(group.flatMap(({ secondsOpen }) => secondsOpen ?? [])),
  };
};

const medianOf = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};
