import { cnIndicators2018 } from '#libs/packs/cn-indicators-2018';
import { type Text } from '#libs/packs/text';
import { matchSpelling, rankOf, type Spelling } from '#libs/search/matching';
import { flagName } from '#libs/triage-desk/flag-names';
import { plainFlags } from './entry';
import { type Vocabulary } from './use-vocabulary';

/** Something a person may tick: a flag, or an indicator with the level it proposes. */
export interface FlagEntry {
  readonly id: string;
  readonly name: Text;
  readonly level: string | null;
}

/** Everything that can be ticked: indicators by urgency, then what else is worth a mark. */
export const allFlags: readonly FlagEntry[] = [
  ...cnIndicators2018.indicators.map(({ id, name, level }) => ({ id, name, level })),
  ...plainFlags.map((id) => ({ id, name: flagName(id), level: null })),
];

/* Words count from their beginning: "rs" stands in "others" too, and nobody who types it means those. */
const isWritten = ({ id, name }: FlagEntry, words: string): boolean =>
  name.zh.includes(words) || ` ${name.en.toLowerCase()}`.includes(` ${words}`) || id.startsWith(words);

const isWithin = ({ id, name }: FlagEntry, words: string): boolean =>
  name.en.toLowerCase().includes(words) || id.includes(words);

/* Less is better; null does not fit. */
const rankFor = (flag: FlagEntry, words: string, spelling: Spelling | undefined): number | null => {
  if (isWritten(flag, words)) return -1;
  const match = spelling ? matchSpelling(words, spelling) : null;
  if (match) return rankOf(match);
  return isWithin(flag, words) ? Number.MAX_VALUE : null;
};

/**
 * What fits the words and is not ticked yet: what is written so in the order of the list, then what is read so, the whole
 * before the part, then what has it somewhere within a word.
 */
export const flagsFor = (
  typed: string,
  ticked: readonly string[],
  spelled: Vocabulary['flags'] = [],
): readonly FlagEntry[] => {
  const words = typed.normalize('NFKC').trim().toLowerCase();
  const spellings = new Map(spelled.map(({ id, spelling }) => [id, spelling]));
  return allFlags
    .filter(({ id }) => !ticked.includes(id))
    .map((flag) => ({ flag, rank: rankFor(flag, words, spellings.get(flag.id)) }))
    .filter((one): one is { flag: FlagEntry; rank: number } => one.rank !== null)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ flag }) => flag);
};
