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

type Value = 'floor' | 'draft' | 'own' | 'signed';

const keyOf = ({ levelPack, promptId, promptVersion, model, shown }: Compared) => ({
  levelPack,
  promptId,
  promptVersion,
  model,
  shown,
});

/** Counts agreement, one row for each combination of rule pack, prompt, model and offer; the largest first. */
export const agreementOf = (reviews: readonly Compared[], { compare }: Measured): AgreementRow[] => {
  const pair = (group: readonly Compared[], a: Value, b: Value): Pair => {
    const signs = group.flatMap(({ [a]: first, [b]: second }) =>
      first === null || second === null ? [] : [Math.sign(compare(first, second))],
    );
    const count = (sign: number) => signs.filter((each) => each === sign).length;
    return { n: signs.length, same: count(0), moreUrgent: count(-1), lessUrgent: count(1) };
  };
  const groups = new Map<string, Compared[]>();
  for (const one of reviews) {
    const key = JSON.stringify(keyOf(one));
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const pairs = {
        ownAndDraft: pair(group, 'own', 'draft'),
        draftAndSigned: pair(group, 'draft', 'signed'),
        ownAndSigned: pair(group, 'own', 'signed'),
        floorAndSigned: pair(group, 'floor', 'signed'),
      };
      return [{ ...keyOf(first), reviews: group.length, hasty: group.filter(({ hasty }) => hasty).length, pairs }];
    })
    .toSorted((a, b) => b.reviews - a.reviews);
};
