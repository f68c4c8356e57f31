import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until there is an answer other than undefined, null or false; fails after the time with what was waited for. */
export const eventually = async <T>(
  what: string,
  ask: () => Promise<T> | T,
  withinMs = 20_000,
): Promise<NonNullable<Exclude<T, false>>> => {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found !== undefined && found !== null && found !== false) return found as NonNullable<Exclude<T, false>>;
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs} ms`);
    await sleep(25);
  }
};

/** The numbers from 0. */
export const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Runs work over items, so many at once, and answers the values in the order of the items. */
export const inLanes = async <T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> => {
  const done: R[] = [];
  const next = items.entries();
  const lane = async (): Promise<void> => {
    for (const [at, item] of next) done[at] = await work(item, at);
  };
  await Promise.all(range(Math.min(lanes, items.length)).map(lane));
  return done;
};
