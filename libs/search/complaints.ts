import { type Match, matchSpelling, rankOf, type Spelling } from './matching';

/** A way to ask for a complaint of the catalogue: its topic's id, the words to put down, and how they are spelled. */
export interface ComplaintEntry {
  readonly topicId: string;
  readonly zh: string;
  readonly spelling: Spelling;
}

/** A complaint that fits what was typed. */
export interface FoundComplaint {
  readonly topicId: string;
  readonly zh: string;
  readonly by: Match['by'];
}

/** The complaints that fit Chinese or English words, initials or pinyin, best first, each once. */
export const rankComplaints = (
  query: string,
  entries: readonly ComplaintEntry[],
  limit = 10,
): readonly FoundComplaint[] => {
  const found = entries.flatMap(({ topicId, zh, spelling }) => {
    const match = matchSpelling(query, spelling);
    return match ? [{ topicId, zh, by: match.by, rank: rankOf(match) }] : [];
  });
  const once = new Map<string, FoundComplaint>();
  for (const { rank: _, ...one } of found.toSorted((a, b) => a.rank - b.rank))
    if (!once.has(one.zh)) once.set(one.zh, one);
  return [...once.values()].slice(0, limit);
};
