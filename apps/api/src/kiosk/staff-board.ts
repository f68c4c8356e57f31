import { type BoardPatient, boardPatients, reviewsWaiting } from '#libs/db/stores/wallboard.store';
import { type Tx } from '#libs/db/transaction';
import { gateContracts } from '#libs/processes/index';
import { type Level } from '#libs/processes/triage/triage.level';
import { queueStates } from '#libs/processes/triage/triage.moves';
import { inOrder } from '#libs/triage-desk/queue-order';
import { shownName } from '#libs/triage-desk/queue-row';
import { type Timing, timingOf } from '#libs/triage-desk/timing';
import { countByLevel } from '../triage/queue';
import { type BoardView, type Made } from './board';
import { type StaffBoard } from './board.schema';
import { byCall } from './public-board';

type Timed = BoardPatient & { readonly timing: Timing };

/** The board of the nurses' station. */
export const staffBoard = async (tx: Tx, view: BoardView): Promise<Made<StaffBoard>> => {
  const { wardId } = view.kiosk;
  const patients = inOrder(await boardPatients(tx, { wardId, states: queueStates }), view).map((one) => ({
    ...one,
    timing: timingOf(one, view),
  }));
  const late = patients.filter(({ timing }) => timing.overLimit);
  const called = patients.filter(({ state }) => state === 'called').toSorted(byCall);
  const due = patients.filter(({ timing }) => timing.reassessOverdue).toSorted(byDue);
  const rowOf = (one: BoardPatient) => ({
    ticketNo: one.ticketNo,
    name: shownName(tx, one, true),
    level: one.level as Level | null,
    room: one.room,
  });
  return {
    board: {
      kind: 'staff-wallboard',
      waiting: patients.length,
      byLevel: countByLevel(patients),
      overLimit: late.map((one) => ({ ...rowOf(one), ...minutesOf(one.timing) })),
      called: called.map((one) => ({ ...rowOf(one), calledAt: one.calledAt?.toISOString() ?? null })),
      reassess: due.map((one) => ({ ...rowOf(one), dueAt: dueOf(one) })),
      reviews: await reviewsByGate(tx, wardId),
    },
    caseIds: [...new Set([...late, ...called, ...due].map(({ caseId }) => caseId))],
  };
};

const dueOf = ({ timing }: Timed): string => timing.reassessAt ?? '';

const byDue = (a: Timed, b: Timed): number => dueOf(a).localeCompare(dueOf(b));

/** Waited in whole minutes; the limit with a decimal, because scaled time makes it short. */
const minutesOf = ({ waitedSeconds, limitSeconds }: Timing) => ({
  waitedMinutes: Math.floor(waitedSeconds / 60),
  limitMinutes: Math.round((limitSeconds ?? 0) / 6) / 10,
});

/** Every gate there is, also those at which nothing waits. */
const reviewsByGate = async (tx: Tx, wardId: string): Promise<StaffBoard['reviews']> => {
  const found = await reviewsWaiting(tx, wardId);
  return gateContracts.map(({ gate: { process, step } }) => {
    const here = found.find((one) => one.process === process && one.step === step);
    return { process, step, waiting: here?.waiting ?? 0, overdue: here?.overdue ?? 0 };
  });
};
