import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is there, or `withinMs` is over; answers null then: the demonstration says what did not happen. */
export const until = async <T>(ask: () => Promise<T | null>, withinMs = 15_000): Promise<T | null> => {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found !== null || Date.now() >= end) return found;
    await sleep(100);
  }
};
