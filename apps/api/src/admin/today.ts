import { wardsHolding } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import {
  type Counted,
  decisionsSince,
  draftFailuresSince,
  draftsSince,
  hospitalDay,
  type HospitalDay,
  waitingAtGates,
  waitsToday,
} from '#libs/db/stores/today.store';
import { type QueuePlace, queuePlaces, seenToday } from '#libs/db/stores/triage-queue.store';
import { type Tx } from '#libs/db/transaction';
import { pairOf } from '#libs/processes/agreement';
import { gateContracts, processes, processNames, type ProcessName } from '#libs/processes/index';
import { rateOf } from '#libs/processes/model-quality';
import { levels } from '#libs/processes/triage/triage.level';
import { queueStates } from '#libs/processes/triage/triage.moves';
import { type DecisionAction, decisionActions } from '#libs/review/gate';
import { waitOf } from '#libs/triage-desk/timing';
import { type Work } from '../http/answer';
import { comparedIn } from './agreement';
import { rolloutViewOf } from './rollouts';
import { type Today } from './today.schema';

/** Who looks at the day of the wards on which they hold one of these. */
export const overseers = [
  'system_admin',
  'clinical_lead',
  'charge_nurse',
  'auditor',
] as const satisfies readonly Role[];

interface DayView {
  readonly day: HospitalDay;
  readonly wards: readonly string[] | null;
  readonly now: Date;
  readonly timeScale: number;
}

/** The hospital's day in figures, on the wards where somebody oversees it. */
export const showToday =
  ({ timeScale }: { timeScale: number }): Work<Today> =>
  async (tx) => {
    const wards = wardsHolding(tx.principal, overseers);
    const view: DayView = { day: await hospitalDay(tx), wards, now: new Date(), timeScale };
    return {
      at: view.now.toISOString(),
      day: view.day.date,
      queue: await queueOf(tx, view),
      reviews: await gatesOf(tx, view),
      processes: await processesOf(tx, view),
    };
  };

const queueOf = async (tx: Tx, view: DayView): Promise<Today['queue']> => {
  const { wards } = view;
  const places = await queuePlaces(tx, { states: queueStates, wards });
  const waits = await waitsToday(tx, view);
  const { seen, averageWaitSeconds } = await seenToday(tx, wards);
  const longest = waits.flatMap(({ longestSeconds }) => longestSeconds ?? []);
  return {
    levels: [null, ...levels].map((level) => ({
      level,
      ...standingOf(
        places.filter((one) => one.level === level),
        view,
      ),
      breachesToday: waits.find((one) => one.level === level)?.breaches ?? 0,
    })),
    seenToday: seen,
    averageWaitSeconds: averageWaitSeconds === null ? null : Math.round(averageWaitSeconds),
    longestWaitSeconds: longest.length === 0 ? null : Math.round(Math.max(...longest)),
    breachesToday: waits.reduce((sum, { breaches }) => sum + breaches, 0),
  };
};

const standingOf = (places: readonly QueuePlace[], view: DayView) => {
  const called = places.filter(({ state }) => state === 'called').length;
  return {
    waiting: places.length - called,
    called,
    provisional: places.filter(({ provisional, level }) => provisional && level !== null).length,
    overLimit: places.filter((one) => waitOf(one, view).overLimit).length,
  };
};

/** Every gate of the product, also where nobody waits. */
const gatesOf = async (tx: Tx, { wards }: DayView): Promise<Today['reviews']> => {
  const waiting = await waitingAtGates(tx, wards);
  return gateContracts.map(({ gate: { process, step } }) => {
    const at = waiting.find((one) => one.process === process && one.step === step);
    if (!at) return { process, step, waiting: 0, awaitingSecond: 0, deferred: 0, overdue: 0, oldestOpenedAt: null };
    return { ...at, oldestOpenedAt: at.oldestOpenedAt.toISOString() };
  });
};

const processesOf = async (tx: Tx, view: DayView): Promise<Today['processes']> => {
  const since = { since: view.day.startsAt, wards: view.wards };
  const decisions = await decisionsSince(tx, since);
  const drafts = await draftsSince(tx, since);
  const failures = await draftFailuresSince(tx, since);
  const rows: Today['processes'] = [];
  for (const process of processNames) {
    const of = (counted: readonly Counted[]) => counted.filter((one) => one.process === process);
    rows.push({
      process,
      decisions: byAction(of(decisions)),
      drafts: {
        shown: countOf(of(drafts), 'shown'),
        stored: countOf(of(drafts), 'stored'),
        failed: of(failures).map(({ what, n }) => ({ code: what, n })),
      },
      rollout: await rolloutOf(tx, process),
      automation: await automationOf(tx, process, view),
    });
  }
  return rows;
};

const countOf = (counted: readonly Counted[], what: string): number => counted.find((one) => one.what === what)?.n ?? 0;

const byAction = (counted: readonly Counted[]): Record<DecisionAction, number> =>
  Object.fromEntries(decisionActions.map((action) => [action, countOf(counted, action)])) as Record<
    DecisionAction,
    number
  >;

const rolloutOf = async (tx: Tx, process: ProcessName): Promise<Today['processes'][number]['rollout']> => {
  const { effective, switches, set, ...view } = await rolloutViewOf(tx, process);
  return {
    ...view,
    process,
    set: set && { ...set, at: set.at.toISOString() },
    effective: { ...effective, until: effective.until?.toISOString() ?? null },
    switches: switches.map((one) => ({
      ...one,
      setAt: one.setAt.toISOString(),
      expiresAt: one.expiresAt.toISOString(),
    })),
  };
};

const automationOf = async (
  tx: Tx,
  process: ProcessName,
  { day, wards, now }: DayView,
): Promise<Today['processes'][number]['automation']> => {
  const period = { process, from: day.startsAt.toISOString(), to: new Date(now.getTime() + 1000).toISOString(), wards };
  const { reviews, truncated } = await comparedIn(tx, period);
  const { agreement: measured } = processes[process];
  const ownAndDraft = pairOf(reviews, ['own', 'draft'], measured);
  const draftAndSigned = pairOf(reviews, ['draft', 'signed'], measured);
  const unchanged = reviews.filter(({ action }) => action === 'approve').length;
  return {
    decided: reviews.length,
    unchanged,
    rate: ownAndDraft.n === 0 ? null : rateOf(unchanged, reviews.length),
    agreement: { ownAndDraft, draftAndSigned },
    truncated,
  };
};
