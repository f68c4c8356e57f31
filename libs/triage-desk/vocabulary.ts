import { complaintQuestions, type ComplaintTopic } from '#libs/packs/complaint-questions';
import { namedFlags } from './flag-names';
import { type ComplaintEntry } from '#libs/search/complaints';
import { spellingOf } from '#libs/search/initials';
import { type Spelling } from '#libs/search/matching';

/** What a triage form finds by initials: complaints of the catalogue, and flags by their ids. */
export interface Vocabulary {
  readonly complaints: readonly ComplaintEntry[];
  readonly flags: readonly { readonly id: string; readonly spelling: Spelling }[];
}

/* English words are stems that many Chinese ones share: they lead to the first Chinese one. */
const entriesOf = ({ id, words }: ComplaintTopic): readonly ComplaintEntry[] => [
  ...words.zh.map((zh) => ({ topicId: id, zh, spelling: spellingOf(zh, 'words') })),
  ...words.en.map((en) => ({ topicId: id, zh: words.zh[0] ?? en, spelling: spellingOf(en, 'words') })),
];

let made: Vocabulary | null = null;

/** The words of this release with their readings; made once. */
export const vocabulary = (): Vocabulary =>
  (made ??= {
    complaints: complaintQuestions.topics.flatMap(entriesOf),
    flags: namedFlags().map(([id, { zh }]) => ({ id, spelling: spellingOf(zh, 'words') })),
  });
