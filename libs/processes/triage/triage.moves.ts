/** The states of a triage case; the last three are its ends. */
export const triageStates = [
  'awaiting-assessment',
  'assessing',
  'waiting',
  'called',
  'seen',
  'closed',
  'left',
  'cancelled',
] as const;
export type TriageState = (typeof triageStates)[number];

/** What people do with a patient in the queue. */
export const triageMoves = ['call', 'return', 'see', 'close', 'leave', 'cancel'] as const;
export type TriageMove = (typeof triageMoves)[number];

/** How an attendance ends. */
export const dispositions = ['home', 'admitted', 'transferred', 'died', 'left'] as const;
export type Disposition = (typeof dispositions)[number];

const inQueue = ['awaiting-assessment', 'assessing', 'waiting', 'called'] as const satisfies readonly TriageState[];

/** How a physician closes an attendance; `left` is a move of its own. */
export const closingDispositions = [
  'home',
  'admitted',
  'transferred',
  'died',
] as const satisfies readonly Disposition[];

/** From which states a move is possible; `return` goes back to where the patient stood. */
const sources: Readonly<Record<TriageMove, readonly TriageState[]>> = {
  call: ['assessing', 'waiting'],
  return: ['called'],
  see: ['called'],
  close: ['seen'],
  leave: [...inQueue, 'seen'],
  cancel: inQueue,
};

/** The state a move leads to; null when it is not possible from there. `decided`: whether a level has been signed. */
export const stateAfter = (move: TriageMove, from: TriageState, decided: boolean): TriageState | null => {
  if (!sources[move].includes(from)) return null;
  switch (move) {
    case 'call':
      return 'called';
    case 'return':
      return decided ? 'waiting' : 'assessing';
    case 'see':
      return 'seen';
    case 'close':
      return 'closed';
    case 'leave':
      return 'left';
    case 'cancel':
      return 'cancelled';
  }
};

/** The moves possible from a state, for the screen and for the answer to a refused move. */
export const movesFrom = (from: TriageState): TriageMove[] =>
  triageMoves.filter((move) => sources[move].includes(from));

/** Whether a case in this state is over. */
export const isEnded = (state: TriageState): boolean => state === 'closed' || state === 'left' || state === 'cancelled';

/**
 * The state a case goes back to when the move out of `before` is undone: a level signed meanwhile counts, so a patient
 * who stood unsigned then stands signed now.
 */
export const stateAfterUndo = (before: TriageState, decided: boolean): TriageState =>
  before === 'assessing' || before === 'waiting' ? (decided ? 'waiting' : 'assessing') : before;

/** How a case ends by this move; null when the move does not end it, or leaves no outcome (cancelled). */
export const dispositionOf = (move: TriageMove, given: Disposition | null): Disposition | null => {
  if (move === 'leave') return 'left';
  return move === 'close' ? given : null;
};

/** The states of everybody the desk still has to do with, in the order of the day. */
export const queueStates = inQueue;

/** Whether the response clock runs in this state: the patient waits for a physician. */
export const isWaiting = (state: TriageState): boolean =>
  state === 'assessing' || state === 'waiting' || state === 'called';
