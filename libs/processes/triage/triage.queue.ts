import { acuityRank, lowestFloor } from '#libs/packs/acuity';
import { cnFourLevels, type Level, type LevelScheme } from './triage.level';

/** What orders two waiting patients. `level` null: nothing is known yet. Times in milliseconds since the epoch. */
export type QueueEntry = {
  readonly id: string;
  readonly level: Level | null;
  readonly clockStartedAt: number | null;
  readonly points: number | null;
  readonly specialGroup: boolean;
  readonly arrivedAt: number;
};

/** When the queue is looked at, and by which scheme of limits. */
export type QueueView = { readonly now: number; readonly scheme?: LevelScheme };

/** How much of the limit is used up, in whole quarters (3 = 75 % and more); null for level I, which has no ratio. */
export const breachBand = (entry: QueueEntry, { now, scheme = cnFourLevels }: QueueView): number | null => {
  const limit = scheme.levels[entry.level ?? lowestFloor].limitMinutes * 60_000;
  if (limit === 0) return null;
  const waited = Math.max(0, now - (entry.clockStartedAt ?? entry.arrivedAt));
  return Math.floor((waited * 4) / limit);
};

/**
 * Order of the queue: level, breach band (most overdue first), early-warning points, special group, arrival, id.
 * A patient without a level stands before IV: what is unknown never counts as normal.
 */
export const compareQueue =
  (view: QueueView) =>
  (a: QueueEntry, b: QueueEntry): number =>
    placeOf(a.level) - placeOf(b.level) ||
    (breachBand(b, view) ?? 0) - (breachBand(a, view) ?? 0) ||
    (b.points ?? 0) - (a.points ?? 0) ||
    Number(b.specialGroup) - Number(a.specialGroup) ||
    a.arrivedAt - b.arrivedAt ||
    byId(a.id, b.id);

const placeOf = (level: Level | null): number => (level === null ? acuityRank(lowestFloor) - 0.5 : acuityRank(level));

const byId = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** What the attention order looks at; `ageDays` null sorts last. */
export type AttentionEntry = { readonly level: Level; readonly points: number; readonly ageDays: number | null };

/** Attention order: level, then early-warning points descending, then age descending; 0 means a tie. */
export const compareAttention = (a: AttentionEntry, b: AttentionEntry): number =>
  acuityRank(a.level) - acuityRank(b.level) || b.points - a.points || (b.ageDays ?? -1) - (a.ageDays ?? -1);
