import { type ComplaintTopic, type QuestionPack } from '#libs/packs/complaint-questions';
import { type Match, matchSpelling, rankOf, type Spelling, spellingOf } from './initials';

/** A complaint of the catalogue that fits what was typed: its topic's id, and the words to put down. */
export interface FoundComplaint {
  readonly topicId: string;
  readonly zh: string;
  readonly by: Match['by'];
}

interface Entry {
  readonly topicId: string;
  readonly zh: string;
  readonly spelling: Spelling;
}

/* English words are stems that many Chinese ones share: they lead to the first Chinese one. */
const entriesOf = ({ id, words }: ComplaintTopic): readonly Entry[] => [
  ...words.zh.map((zh) => ({ topicId: id, zh, spelling: spellingOf(zh, 'words') })),
  ...words.en.map((en) => ({ topicId: id, zh: words.zh[0] ?? en, spelling: spellingOf(en, 'words') })),
];

const prepared = new WeakMap<QuestionPack, readonly Entry[]>();

const entriesIn = (pack: QuestionPack): readonly Entry[] => {
  const entries = prepared.get(pack) ?? pack.topics.flatMap(entriesOf);
  prepared.set(pack, entries);
  return entries;
};

/** The complaints of a catalogue that fit Chinese or English words, initials or pinyin, best first, each once. */
export const rankComplaints = (query: string, pack: QuestionPack, limit = 10): readonly FoundComplaint[] => {
  const found = entriesIn(pack).flatMap(({ topicId, zh, spelling }) => {
    const match = matchSpelling(query, spelling);
    return match ? [{ topicId, zh, by: match.by, rank: rankOf(match) }] : [];
  });
  const once = new Map<string, FoundComplaint>();
  for (const { rank: _, ...one } of found.toSorted((a, b) => a.rank - b.rank))
    if (!once.has(one.zh)) once.set(one.zh, one);
  return [...once.values()].slice(0, limit);
};
