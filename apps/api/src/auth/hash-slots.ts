import { refuse, type Refusal } from '#libs/review/refusal';

/** Runs a work unit when a slot is free, or refuses when too many wait already. */
export type InSlot = <T>(work: () => Promise<T>) => Promise<T | Refusal>;

/**
 * Limits how many password hashes are computed at once: each takes 100 ms of a core and 32 MB, so a flood of sign-ins
 * would otherwise starve everything else of threads and memory.
 */
export const createHashSlots = ({ running, waiting }: { running: number; waiting: number }): InSlot => {
  let taken = 0;
  const line: (() => void)[] = [];
  const take = async (): Promise<void> => {
    if (taken < running) taken += 1;
    else await new Promise<void>((resolve) => line.push(resolve));
  };
  const giveBack = (): void => {
    const next = line.shift();
    if (next) next();
    else taken -= 1;
  };
  return async (work) => {
    if (taken >= running && line.length >= waiting) return refuse('RATE_LIMITED', { retryAfterSeconds: 1 });
    await take();
    try {
      return await work();
    } finally {
      giveBack();
    }
  };
};
