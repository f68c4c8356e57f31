/** What happened in a run with slots: when cases came, and when each of those that got a slot took it; milliseconds. */
export interface SlotRun {
  readonly came: readonly number[];
  readonly taken: readonly number[];
  /** How long a slot is held. */
  readonly heldMs: number;
  readonly slots: number;
}

/** How busy the slots were while enough cases waited. */
export interface Occupancy {
  /** Mean share of the slots that were held, 0 to 1; NaN when there never were enough. */
  readonly busy: number;
  /** For how long enough cases waited, milliseconds. */
  readonly ms: number;
}

/**
 * The mean share of held slots over the time in which at least as many cases waited for one as there are slots, from the
 * moment when all were held for the first time.
 */
export const occupancyOf = ({ came, taken, heldMs, slots }: SlotRun): Occupancy => {
  const events = [
    ...came.map((at) => ({ at, waiting: 1, held: 0 })),
    ...taken.map((at) => ({ at, waiting: -1, held: 1 })),
    ...taken.map((at) => ({ at: at + heldMs, waiting: 0, held: -1 })),
  ].toSorted((a, b) => a.at - b.at);
  let [waiting, held, ms, heldSum, filled, last] = [0, 0, 0, 0, false, 0];
  for (const event of events) {
    const since = event.at - last;
    if (filled && waiting >= slots) {
      ms += since;
      heldSum += held * since;
    }
    waiting += event.waiting;
    held += event.held;
    filled ||= held >= slots;
    last = event.at;
  }
  return { busy: heldSum / (ms * slots), ms };
};
