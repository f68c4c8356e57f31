import { type Repetition, textOf } from './fields';

/** A patient's name. `family` and `given` are there only when the sender told them apart. */
export interface PersonName {
  /** The name as people write it: 张三, or Ada Lovelace. */
  readonly full: string;
  readonly family?: string;
  readonly given?: string;
  /** The name in letters (pinyin) where it was sent beside the Chinese one. */
  readonly alphabetic?: string;
}

const han = /\p{Script=Han}/u;

interface Parts {
  readonly family?: string;
  readonly given?: string;
  readonly middle?: string;
}

const partsOf = (repetition: Repetition, from: number): Parts => ({
  family: textOf(repetition, from),
  given: textOf(repetition, from + 1),
  middle: textOf(repetition, from + 2),
});

const joined = (parts: Parts): string => {
  const chinese = [parts.family, parts.given, parts.middle].filter((part) => part !== undefined);
  if (chinese.some((part) => han.test(part))) return chinese.join('');
  return [parts.given, parts.middle, parts.family].filter((part) => part !== undefined).join(' ');
};

/** A Chinese name of two characters or more that fills one component alone is the whole name; it is not taken apart. */
const isWholeName = ({ family, given }: Parts): boolean => {
  if (family !== undefined && given !== undefined) return false;
  return Array.from((family ?? given ?? '').matchAll(/\p{Script=Han}/gu)).length > 1;
};

/** The name in the components of an XPN (from 1) or XCN (from 2); undefined when they hold no text. */
export const nameIn = (repetition: Repetition, from = 1): PersonName | undefined => {
  const parts = partsOf(repetition, from);
  const full = joined(parts);
  if (full === '') return undefined;
  if (isWholeName(parts)) return { full };
  return {
    full,
    ...(parts.family !== undefined && { family: parts.family }),
    ...(parts.given !== undefined && { given: parts.given }),
  };
};

const typeCode = 7;
const representationCode = 8;
const legalTypes: readonly (string | undefined)[] = ['L', undefined];

/** Legal before other names, Chinese characters before letters, then in the order sent. */
const rank = (repetition: Repetition): number => {
  const legal = legalTypes.includes(textOf(repetition, typeCode)) ? 0 : 4;
  const representation = textOf(repetition, representationCode);
  if (representation === 'I') return legal;
  return legal + (representation === undefined ? 1 : 2);
};

const isAlphabetic = (repetition: Repetition): boolean => textOf(repetition, representationCode) === 'A';

/** The name to use out of the repetitions of an XPN field, with its alphabetic form where both were sent. */
export const personNameOf = (repetitions: readonly Repetition[]): PersonName | undefined => {
  const named = repetitions.filter((repetition) => nameIn(repetition) !== undefined);
  const chosen = named.toSorted((a, b) => rank(a) - rank(b))[0];
  const name = chosen && nameIn(chosen);
  if (name === undefined) return undefined;
  const letters = named.find((repetition) => repetition !== chosen && isAlphabetic(repetition));
  const alphabetic = letters && nameIn(letters)?.full;
  return alphabetic === undefined ? name : { ...name, alphabetic };
};
