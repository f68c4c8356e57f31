/** Places for requests running at once, and a bounded line for those waiting. */
export interface SlotLimits {
  running: number;
  waiting: number;
}

/** Gives a slot back. */
export type Release = () => void;

/** Limits how many drafts run at once. */
export interface Slots {
  /** A slot's release, `'full'` when the line is, `'expired'` when the signal fires first. */
  acquire(signal: AbortSignal): Promise<Release | 'full' | 'expired'>;
  counts(): SlotLimits;
}

/** Makes slots handed out first come, first served. */
export const createSlots = (limits: SlotLimits): Slots => {
  let running = 0;
  const line: (() => void)[] = [];
  const take = (): Release => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = line.shift();
      if (next === undefined) running -= 1;
      else next();
    };
  };
  const wait = (signal: AbortSignal): Promise<Release | 'expired'> =>
    new Promise((resolve) => {
      const leave = (): void => {
        line.splice(line.indexOf(enter), 1);
        resolve('expired');
      };
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(take());
      };
      signal.addEventListener('abort', leave, { once: true });
      line.push(enter);
    });
  return {
    acquire: async (signal) => {
      if (signal.aborted) return 'expired';
      if (running < limits.running) {
        running += 1;
        return take();
      }
      return line.length >= limits.waiting ? 'full' : wait(signal);
    },
    counts: () => ({ running, waiting: line.length }),
  };
};
