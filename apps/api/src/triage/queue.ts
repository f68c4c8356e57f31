import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { queuePlaces, type QueuePlace, queueRecords, seenToday } from '#libs/db/stores/triage-queue.store';
import { type Tx } from '#libs/db/transaction';
import { screeningOf } from '#libs/packs/reference-packs';
import { type Level } from '#libs/processes/triage/triage.level';
import { queueStates } from '#libs/processes/triage/triage.moves';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { type QueueRow, rowOf } from '#libs/triage-desk/queue-row';
import { waitOf } from '#libs/triage-desk/timing';
import { type Cursors } from '../http/cursor';
import { recordShown } from '../http/shown';
import { desksWithin } from './desk';
import { pageOfQueue } from './queue-page';
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

/** The live queue, most pressing first; `next` is the cursor of those after these rows, null when nobody is left. */
export interface QueueAnswer {
  readonly at: string;
  readonly metrics: QueueMetrics;
  readonly rows: readonly QueueRow[];
  readonly next: string | null;
}

/** The queue of a desk, or of all desks within reach; audited with the cases it shows before it is sent. */
export const showQueue = async (
  tx: Tx,
  { query, timeScale, cursors }: { query: QueueQuery; timeScale: number; cursors: Cursors },
): Promise<QueueAnswer | Refusal> => {
  const wards = await desksWithin(tx, query.wardId);
  if (isRefusal(wards)) return wards;
  const shownStates: readonly string[] = query.state ?? queueStates;
  const asked = ({ state, level }: Pick<QueuePlace, 'state' | 'level'>): boolean =>
    shownStates.includes(state) && (query.level?.some((one) => one === level) ?? true);
  const places = await queuePlaces(tx, { states: [...new Set([...queueStates, ...shownStates])], wards });
  const view = { now: new Date(), timeScale };
  const screening = screeningOf(await packsInForce(tx));
  const page = pageOfQueue(places.filter(asked), { query, cursors, ...view });
  const caseIds = page.items.map(({ caseId }) => caseId);
  // Who was moved on since the places were read is no longer of this queue.
  const records = (await queueRecords(tx, caseIds)).filter(asked);
  await recordShown(tx, { entityType: 'triage-queue', caseIds: records.map(({ caseId }) => caseId) });
  return {
    at: view.now.toISOString(),
    metrics: await metricsOf(tx, { places, wards, ...view }),
    rows: records.map((one) => rowOf(tx, one, { ...view, screening, masked: query.masked === 'true' })),
    next: page.next,
  };
};

const metricsOf = async (
  tx: Tx,
  given: { places: readonly QueuePlace[]; wards: readonly string[] | null; now: Date; timeScale: number },
): Promise<QueueMetrics> => {
  const { places, wards, now, timeScale } = given;
  const waiting = places.filter(({ state }) => queueStates.some((one) => one === state));
  const waits = waiting.map((one) => waitOf(one, { now, timeScale }));
  const { seen, averageWaitSeconds } = await seenToday(tx, wards);
  return {
    waiting: waiting.length,
    seenToday: seen,
    averageWaitTodaySeconds: averageWaitSeconds === null ? null : Math.round(averageWaitSeconds),
    longestWaitSeconds: waiting.length === 0 ? null : Math.max(...waits.map(({ waitedSeconds }) => waitedSeconds)),
    overLimit: waits.filter(({ overLimit }) => overLimit).length,
    byLevel: countByLevel(waiting),
  };
};

/** How many of these stand at each level; `none`: not assessed yet. */
export const countByLevel = (waiting: readonly Pick<QueuePlace, 'level'>[]): QueueMetrics['byLevel'] => {
  const byLevel: Record<Level | 'none', number> = { I: 0, II: 0, III: 0, IV: 0, IVa: 0, IVb: 0, none: 0 };
  for (const { level } of waiting) byLevel[(level as Level | null) ?? 'none'] += 1;
  return byLevel;
};
