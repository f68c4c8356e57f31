/** What a model is sent for one patient: the text before the patient's data, and the data as JSON. */
export interface SentPrompt {
  readonly fixed: string;
  readonly data: string;
}

/** How much of a kind's prompts is the same for every patient and stands in front, where a model's cache can hold it. */
export interface PrefixShare {
  /** Length of what all begin with. */
  readonly prefix: number;
  /** Of what is before the patient's data, the share that lies in the prefix: in the worst prompt, 0 to 1. */
  readonly ofInstructions: number;
  /** The same where the keys and signs of the data, between which the patient's values stand, count as well. */
  readonly withKeys: number;
}

/** What all texts begin with. */
export const commonPrefix = (texts: readonly string[]): string => {
  const [first = '', ...rest] = texts;
  let length = first.length;
  for (const text of rest) while (!text.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
};

/** JSON without what it says of a patient: its keys and signs stay, every value goes. */
export const skeletonOf = (value: unknown): string => {
  if (typeof value === 'string') return '""';
  if (typeof value !== 'object' || value === null) return '';
  if (Array.isArray(value)) return `[${value.map(skeletonOf).join(',')}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${skeletonOf(member)}`);
  return `{${members.join(',')}}`;
};

/**
 * Stands in for tokens where no tokenizer is at hand: a Chinese character or a sign counts as one, and so do four Latin
 * letters or three digits, which is near what tokenizers of this family make of them.
 */
export const unitsOf = (text: string): number =>
  (text.match(/[A-Za-z]+|\d+|\S/gu) ?? []).reduce((sum, piece) => sum + unitsOfPiece(piece), 0);

const unitsOfPiece = (piece: string): number => {
  if (/^[A-Za-z]/.test(piece)) return Math.ceil(piece.length / 4);
  return /^\d/.test(piece) ? Math.ceil(piece.length / 3) : 1;
};

/** The share of the prompts of one kind that is an identical prefix, counted by `lengthOf`. */
export const prefixShareOf = (prompts: readonly SentPrompt[], lengthOf: (text: string) => number): PrefixShare => {
  const prefix = lengthOf(commonPrefix(prompts.map(({ fixed, data }) => fixed + data)));
  const shareOf = (ours: (prompt: SentPrompt) => number) => Math.min(1, prefix / Math.max(...prompts.map(ours)));
  return {
    prefix,
    ofInstructions: shareOf(({ fixed }) => lengthOf(fixed)),
    withKeys: shareOf(({ fixed, data }) => lengthOf(fixed) + lengthOf(skeletonOf(JSON.parse(data)))),
  };
};
