import { reachableWards } from '#libs/auth/principal';
import { queueRecords, type QueueRecord, seenToday } from '#libs/db/stores/triage-queue.store';
import { type Tx } from '#libs/db/transaction';
import { cnFourLevels, type Level, type LevelScheme } from '#libs/processes/triage/triage.level';
import { queueStates } from '#libs/processes/triage/triage.moves';
import { compareQueue } from '#libs/processes/triage/triage.queue';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { recordShown } from '../http/shown';
import { deskRefusal, reachableWard } from './desk';
import { type QueueRow, rowOf } from './queue-row';
import { timingOf } from './timing';
import { type QueueQuery } from './triage.schema';

/** What stands above the queue: how many wait, how long, how many too long. Seconds. */
export interface QueueMetrics {
  readonly waiting: number;
  readonly seenToday: number;
  readonly averageWaitTodaySeconds: number | null;
  readonly longestWaitSeconds: number | null;
  readonly overLimit: number;
  /** Waiting by level; `none`: not assessed yet. */
  readonly byLevel: Readonly<Record<Level | 'none', number>>;
}

/** The live queue, most pressing first. */
export interface QueueAnswer {
  readonly at: string;
  readonly metrics: QueueMetrics;
  readonly rows: readonly QueueRow[];
}

/** The queue of a desk, or of all desks within reach; audited with the cases it shows before it is sent. */
export const showQueue = async (
  tx: Tx,
  { query, timeScale }: { query: QueueQuery; timeScale: number },
): Promise<QueueAnswer | Refusal> => {
  const wards = await wardsOf(tx, query.wardId);
  if (isRefusal(wards)) return wards;
  const shownStates: readonly string[] = query.state ?? queueStates;
  const records = await queueRecords(tx, { states: [...new Set([...queueStates, ...shownStates])], wards });
  const view = { now: new Date(), timeScale };
  const asked = records.filter(
    ({ state, level }) => shownStates.includes(state) && (query.level?.some((one) => one === level) ?? true),
  );
  const ordered = inOrder(asked, view);
  await recordShown(tx, { entityType: 'triage-queue', caseIds: ordered.map(({ caseId }) => caseId) });
  return {
    at: view.now.toISOString(),
    metrics: await metricsOf(tx, { records, wards, ...view }),
    rows: ordered.map((one) => rowOf(tx, one, { ...view, masked: query.masked === 'true' })),
  };
};

/** The desks to look at; null: all of the hospital. */
const wardsOf = async (tx: Tx, wardId: string | undefined): Promise<readonly string[] | null | Refusal> => {
  if (wardId !== undefined) {
    const ward = await reachableWard(tx, wardId);
    return isRefusal(ward) ? ward : (deskRefusal(tx, wardId) ?? [wardId]);
  }
  const wards = reachableWards(tx.principal);
  if (wards === null) return null;
  const desks = wards.filter((ward) => deskRefusal(tx, ward) === null);
  return desks.length > 0 ? desks : refuse('FORBIDDEN');
};

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

/** Records in the order in which patients are to be seen. */
export const inOrder = (
  records: readonly QueueRecord[],
  { now, timeScale }: { now: Date; timeScale: number },
): QueueRecord[] => {
  const compare = compareQueue({ now: now.getTime(), scheme: scaledScheme(timeScale) });
  return records
    .map((one) => ({ one, entry: entryOf(one) }))
    .toSorted((a, b) => compare(a.entry, b.entry))
    .map(({ one }) => one);
};

const entryOf = (one: QueueRecord) => ({
  id: one.caseId,
  level: one.level as Level | null,
  clockStartedAt: one.clockStartedAt?.getTime() ?? null,
  points: one.earlyWarning,
  specialGroup: one.specialGroup,
  arrivedAt: one.arrivedAt.getTime(),
});

const metricsOf = async (
  tx: Tx,
  given: { records: readonly QueueRecord[]; wards: readonly string[] | null; now: Date; timeScale: number },
): Promise<QueueMetrics> => {
  const { records, wards, now, timeScale } = given;
  const waiting = records.filter(({ state }) => queueStates.some((one) => one === state));
  const timings = waiting.map((one) => timingOf(one, { now, timeScale }));
  const { seen, averageWaitSeconds } = await seenToday(tx, wards);
  const byLevel: Record<Level | 'none', number> = { I: 0, II: 0, III: 0, IV: 0, IVa: 0, IVb: 0, none: 0 };
  for (const { level } of waiting) byLevel[(level as Level | null) ?? 'none'] += 1;
  return {
    waiting: waiting.length,
    seenToday: seen,
    averageWaitTodaySeconds: averageWaitSeconds === null ? null : Math.round(averageWaitSeconds),
    longestWaitSeconds: waiting.length === 0 ? null : Math.max(...timings.map(({ waitedSeconds }) => waitedSeconds)),
    overLimit: timings.filter(({ overLimit }) => overLimit).length,
    byLevel,
  };
};
