import { type KioskPrincipal } from '#libs/auth/principal';
import { wardName } from '#libs/db/stores/wallboard.store';
import { type TimingView } from '#libs/triage-desk/timing';
import { kioskOf } from '../auth/caller';
import { type Answer, type Work } from '../http/answer';
import { type Ask } from '../http/ask';
import { recordShown } from '../http/shown';
import { type Board } from './board.schema';
import { publicBoard } from './public-board';
import { staffBoard } from './staff-board';

/** When and for whom a board is made, and how contract time passes. */
export interface BoardView extends TimingView {
  readonly kiosk: KioskPrincipal;
}

/** The content of a board, and the cases of whom it shows more than a ticket. */
export interface Made<B extends Board> {
  readonly board: Omit<B, 'at' | 'asOf' | 'ward'>;
  readonly caseIds: readonly string[];
}

/** A board to send, and whose names it shows. */
export interface Shown {
  readonly board: Board;
  readonly caseIds: readonly string[];
}

/** The board of a kiosk; audits the cases it names that are not in `known`, before it is sent. */
export const boardOf =
  (kiosk: KioskPrincipal, { timeScale, known }: { timeScale: number; known: ReadonlySet<string> }): Work<Shown> =>
  async (tx) => {
    const view: BoardView = { kiosk, now: new Date(), timeScale };
    const { board, caseIds } = await (kiosk.board === 'public-queue' ? publicBoard : staffBoard)(tx, view);
    const fresh = caseIds.filter((caseId) => !known.has(caseId));
    if (fresh.length > 0) await recordShown(tx, { entityType: 'kiosk-board', entityId: kiosk.id, caseIds: fresh });
    const ward = await wardName(tx, kiosk.wardId);
    const times = { at: new Date().toISOString(), asOf: view.now.toISOString() };
    return { board: { ...times, ward, ...board } as Board, caseIds };
  };

/** Answers what a board asks for. */
export type ShowBoard = (ask: Ask) => Promise<Board>;

/**
 * Makes the answering of an application. A board asks every few seconds: the audit says when a patient's name came onto it,
 * not each time it was there still.
 */
export const createShowBoard = (answer: Answer, timeScale: number): ShowBoard => {
  const named = new Map<string, ReadonlySet<string>>();
  return async (ask) => {
    const kiosk = kioskOf(ask.principal);
    const { board, caseIds } = await answer(
      ask,
      boardOf(kiosk, { timeScale, known: named.get(kiosk.id) ?? new Set() }),
    );
    named.set(kiosk.id, new Set(caseIds));
    return board;
  };
};
