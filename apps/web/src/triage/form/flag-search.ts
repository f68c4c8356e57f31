import { cnIndicators2018 } from '#libs/packs/cn-indicators-2018';
import { type Text } from '#libs/packs/text';
import { matchSpelling } from '#libs/search/matching';
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

const fits = ({ id, name }: FlagEntry, words: string): boolean =>
  name.zh.includes(words) || name.en.toLowerCase().includes(words) || id.includes(words);

/**
 * What fits the words and is not ticked yet, in the order of the list; what fits by its readings only comes after what fits
 * as it is written.
 */
export const flagsFor = (
  typed: string,
  ticked: readonly string[],
  spelled: Vocabulary['flags'] = [],
): readonly FlagEntry[] => {
  const words = typed.normalize('NFKC').trim().toLowerCase();
  const left = allFlags.filter(({ id }) => !ticked.includes(id));
  const written = left.filter((flag) => fits(flag, words));
  const read = new Set(spelled.filter(({ spelling }) => matchSpelling(words, spelling)).map(({ id }) => id));
  return [...written, ...left.filter((flag) => read.has(flag.id) && !written.includes(flag))];
};
