/** How often the first value of a pair was the second one, more urgent, or less urgent. */
export interface Pair {
  readonly n: number;
  readonly same: number;
  readonly moreUrgent: number;
  readonly lessUrgent: number;
}

/** The pairs in the order in which they are shown. */
export const pairNames = ['ownAndDraft', 'draftAndSigned', 'ownAndSigned', 'floorAndSigned'] as const;
export type PairName = (typeof pairNames)[number];

interface Row {
  readonly shown: boolean | null;
  readonly reviews: number;
  readonly hasty: number;
  readonly pairs: Readonly<Record<PairName, Pair>>;
}

/** What all rows say together. */
export interface AgreementSums extends Readonly<Record<PairName, Pair>> {
  readonly reviews: number;
  readonly hasty: number;
  /** Of the reviews, how many had a draft on offer. */
  readonly offered: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const summedPair = (pairs: readonly Pair[]): Pair => ({
  n: sum(pairs.map(({ n }) => n)),
  same: sum(pairs.map(({ same }) => same)),
  moreUrgent: sum(pairs.map(({ moreUrgent }) => moreUrgent)),
  lessUrgent: sum(pairs.map(({ lessUrgent }) => lessUrgent)),
});

/** Adds the rows of all rule packs, prompts and models together. */
export const summed = (rows: readonly Row[]): AgreementSums => {
  const pair = (name: PairName): Pair => summedPair(rows.map(({ pairs }) => pairs[name]));
  return {
    reviews: sum(rows.map(({ reviews }) => reviews)),
    hasty: sum(rows.map(({ hasty }) => hasty)),
    offered: sum(rows.filter(({ shown }) => shown === true).map(({ reviews }) => reviews)),
    ownAndDraft: pair('ownAndDraft'),
    draftAndSigned: pair('draftAndSigned'),
    ownAndSigned: pair('ownAndSigned'),
    floorAndSigned: pair('floorAndSigned'),
  };
};
