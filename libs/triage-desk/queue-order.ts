import { type QueuePlace } from '#libs/db/stores/triage-queue.store';
import { cnFourLevels, type Level, type LevelScheme } from '#libs/processes/triage/triage.level';
import { compareQueue, type QueueEntry } from '#libs/processes/triage/triage.queue';
import { type TimingView } from './timing';

/** The scheme of limits as contract time passes here. */
export const scaledScheme = (timeScale: number): LevelScheme => ({
  ...cnFourLevels,
  levels: Object.fromEntries(
    Object.entries(cnFourLevels.levels).map(([level, info]) => [
      level,
      { ...info, limitMinutes: info.limitMinutes * timeScale },
    ]),
  ) as LevelScheme['levels'],
});

/** Places in the order in which patients are to be seen. */
export const inOrder = <T extends QueuePlace>(places: readonly T[], { now, timeScale }: TimingView): T[] => {
  const compare = compareQueue({ now: now.getTime(), scheme: scaledScheme(timeScale) });
  return places
    .map((one) => ({ one, entry: entryOf(one) }))
    .toSorted((a, b) => compare(a.entry, b.entry))
    .map(({ one }) => one);
};

/** What orders a place. */
export const entryOf = (one: QueuePlace): QueueEntry => ({
  id: one.caseId,
  level: one.level as Level | null,
  clockStartedAt: one.clockStartedAt?.getTime() ?? null,
  points: one.earlyWarning,
  specialGroup: one.specialGroup,
  arrivedAt: one.arrivedAt.getTime(),
});
