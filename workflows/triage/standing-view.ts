import { type Wakes } from '../shared/wakes';

/** What a workflow last read of its case, shared by the coroutines that read it and those that wait for it to change. */
export interface StandingView<T> {
  readonly current: () => T;
  /** How many wakes had come when the current reading began: what came later may say more. */
  readonly asOf: () => number;
  readonly revision: () => number;
  /** Runs a step that reads the case, and keeps what it read. */
  readonly read: (step: () => Promise<T>) => Promise<void>;
  readonly finish: () => void;
  readonly finished: () => boolean;
}

/** A view that starts with a first reading. */
export const standingView = async <T>(wakes: Wakes, first: () => Promise<T>): Promise<StandingView<T>> => {
  let asOf = wakes.count();
  let standing = await first();
  let revision = 0;
  let finished = false;
  return {
    current: () => standing,
    asOf: () => asOf,
    revision: () => revision,
    read: async (step) => {
      const began = wakes.count();
      standing = await step();
      asOf = began;
      revision += 1;
    },
    finish: () => {
      finished = true;
    },
    finished: () => finished,
  };
};
