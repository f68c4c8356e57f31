/** How a process measures agreement: the one value of its contents that people and model can agree on, and its order. */
export interface Measured {
  /** The value in signed content, a judgement or a draft; null where there is none. */
  readonly valueOf: (content: unknown) => string | null;
  /** The same value of a floor. */
  readonly valueOfFloor: (floor: string) => string | null;
  /** Below zero where `a` is the more urgent (or graver) value, zero where they agree. */
  readonly compare: (a: string, b: string) => number;
}

/** A decided review as agreement sees it; null: there was none. */
export interface Compared {
  readonly levelPack: { readonly id: string; readonly version: string } | null;
  readonly promptId: string | null;
  readonly promptVersion: number | null;
  readonly model: string | null;
  /** Whether the draft was offered to the reviewer; null where nothing was drafted. */
  readonly shown: boolean | null;
  readonly floor: string | null;
  /** The model's value before any floor hid it. */
  readonly draft: string | null;
  /** What the person thought before a draft was revealed, or signed by hand. */
  readonly own: string | null;
  readonly signed: string | null;
  /** Whether it was signed faster than anybody reads. */
  readonly hasty: boolean;
}

/** How often the first value of a pair was the second one, more urgent, or less urgent. */
export interface Pair {
  readonly n: number;
  readonly same: number;
  readonly moreUrgent: number;
  readonly lessUrgent: number;
}

/** Agreement under one rule pack, prompt and model, apart for drafts that were offered and drafts nobody saw. */
export interface AgreementRow extends Pick<Compared, 'levelPack' | 'promptId' | 'promptVersion' | 'model' | 'shown'> {
  readonly reviews: number;
  /** How many were signed faster than anybody reads: a sign of complacency. */
  readonly hasty: number;
  readonly pairs: {
    readonly ownAndDraft: Pair;
    readonly draftAndSigned: Pair;
    readonly ownAndSigned: Pair;
    readonly floorAndSigned: Pair;
  };
}

/** A value of a compared review. */
export type Value = 'floor' | 'draft' | 'own' | 'signed';

/** Counts how the first value stands to the second, where both are there. */
export const pairOf = (
  reviews: readonly Compared[],
  [a, b]: readonly [Value, Value],
  { compare }: Pick<Measured, 'compare'>,
): Pair => {
  const signs = reviews.flatMap(({ [a]: first, [b]: second }) =>
    first === null || second === null ? [] : [Math.sign(compare(first, second))],
  );
  const count = (sign: number) => signs.filter((each) => each === sign).length;
  return { n: signs.length, same: count(0), moreUrgent: count(-1), lessUrgent: count(1) };
};

/** Reviews in groups that share a key, in the order of their first ones. */
export const grouped = <T>(reviews: readonly T[], keyOf: (review: T) => unknown): T[][] => {
  const groups = new Map<string, T[]>();
  for (const one of reviews) {
    const key = JSON.stringify(keyOf(one));
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
};

const keyOf = ({ levelPack, promptId, promptVersion, model, shown }: Compared) => ({
  levelPack,
  promptId,
  promptVersion,
  model,
  shown,
});

/** Counts agreement, one row for each combination of rule pack, prompt, model and offer; the largest first. */
export const agreementOf = (reviews: readonly Compared[], measured: Measured): AgreementRow[] =>
  grouped(reviews, keyOf)
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const pairs = {
        ownAndDraft: pairOf(group, ['own', 'draft'], measured),
        draftAndSigned: pairOf(group, ['draft', 'signed'], measured),
        ownAndSigned: pairOf(group, ['own', 'signed'], measured),
        floorAndSigned: pairOf(group, ['floor', 'signed'], measured),
      };
      return [{ ...keyOf(first), reviews: group.length, hasty: group.filter(({ hasty }) => hasty).length, pairs }];
    })
    .toSorted((a, b) => b.reviews - a.reviews);
