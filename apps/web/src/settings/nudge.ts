/** What own figures give to think about: never a mark, and nothing where there are too few. */
export type Nudge = 'few' | 'hasty' | 'unchanged' | 'steady';

/** So few signatures say nothing. */
const fewest = 10;

/** The one thing worth a thought: drafts signed faster than they can be read, then drafts that were nearly never changed. */
export const nudgeOf = ({
  signed,
  unchangedRate,
  hasty,
}: {
  readonly signed: number;
  readonly unchangedRate: number | null;
  readonly hasty: number;
}): Nudge => {
  if (hasty > 0 && hasty / signed >= 0.05) return 'hasty';
  if (signed < fewest) return 'few';
  return (unchangedRate ?? 0) >= 0.95 ? 'unchanged' : 'steady';
};
