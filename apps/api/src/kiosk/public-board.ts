import { type BoardPatient, boardPatients, pastWaits } from '#libs/db/stores/wallboard.store';
import { type Tx } from '#libs/db/transaction';
import { type Level, majorLevel } from '#libs/processes/triage/triage.level';
import { queueStates } from '#libs/processes/triage/triage.moves';
import { expectedWaitMinutes } from '#libs/triage-desk/expected-wait';
import { inOrder } from '#libs/triage-desk/queue-order';
import { shownName } from '#libs/triage-desk/queue-row';
import { waitOf } from '#libs/triage-desk/timing';
import { resusRoom } from '../triage/register';
import { type BoardView, type Made } from './board';
import { type PublicBoard, publicLevels } from './board.schema';

const mostCalling = 8;
const mostNext = 3;
/** Waits that ended longer ago say nothing about those that begin now, minutes. */
const lately = 180;

/** The board of the waiting area. Whoever is in the resuscitation room is not called by it: the room would tell the level. */
export const publicBoard = async (tx: Tx, view: BoardView): Promise<Made<PublicBoard>> => {
  const { wardId, names } = view.kiosk;
  const patients = await boardPatients(tx, { wardId, states: queueStates });
  const waiting = patients.filter(({ straightToResus, room }) => !straightToResus && room !== resusRoom);
  const calling = waiting.filter(({ state }) => state === 'called').toSorted(byCall);
  const ready = waiting.filter(({ state }) => state === 'assessing' || state === 'waiting');
  const [shownCalling, shownNext] = [calling.slice(0, mostCalling), inOrder(ready, view).slice(0, mostNext)];
  // The generated name of somebody unknown tells sex and time of arrival.
  const nameOf = (one: BoardPatient) => (names === 'masked' && !one.unidentified ? shownName(tx, one, true) : null);
  return {
    board: {
      kind: 'public-queue',
      calling: shownCalling.map((one) => ({ ticketNo: one.ticketNo, room: one.room, name: nameOf(one) })),
      next: shownNext.map((one) => ({ ticketNo: one.ticketNo, name: nameOf(one) })),
      waits: await waitsOf(tx, ready, view),
    },
    caseIds: names === 'masked' ? [...shownCalling, ...shownNext].map(({ caseId }) => caseId) : [],
  };
};

/** Newest call first. */
export const byCall = (a: BoardPatient, b: BoardPatient): number =>
  (b.calledAt?.getTime() ?? 0) - (a.calledAt?.getTime() ?? 0) || a.ticketNo - b.ticketNo;

const waitsOf = async (tx: Tx, ready: readonly BoardPatient[], view: BoardView): Promise<PublicBoard['waits']> => {
  const past = await pastWaits(tx, { wardId: view.kiosk.wardId, minutes: lately });
  const of = (level: string | null): Level | null => (level === null ? null : majorLevel(level as Level));
  return publicLevels.map((level) => {
    const over = past.filter((one) => of(one.level) === level).map(({ seconds }) => seconds);
    const running = ready.filter((one) => of(one.level) === level).map((one) => waitOf(one, view).waitedSeconds);
    return { level, minutes: expectedWaitMinutes({ over, running }) };
  });
};
