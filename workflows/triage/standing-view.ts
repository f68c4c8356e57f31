/** What a workflow last read of its case, shared by the coroutines that read it and those that wait for it to change. */
export interface StandingView<T> {
  readonly current: () => T;
  readonly revision: () => number;
  readonly update: (standing: T) => void;
  readonly finish: () => void;
  readonly finished: () => boolean;
}

/** A view that starts from a first reading. */
export const standingView = <T>(first: T): StandingView<T> => {
  let standing = first;
  let revision = 0;
  let finished = false;
  return {
    current: () => standing,
    revision: () => revision,
    update: (next) => {
      standing = next;
      revision += 1;
    },
    finish: () => {
      finished = true;
    },
    finished: () => finished,
  };
};
