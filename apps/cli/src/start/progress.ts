import type { Say } from '#libs/embedded/start-error';

const firstAfterMs = 1000;
const thenEveryMs = 5000;

/** One thing of a start or stop, in words. */
export interface Doing {
  readonly say: Say;
  readonly what: string;
  /** Said at the end; default "ready". */
  readonly done?: string;
}

/** Does one thing; says that it goes on when it takes over a second, and at the end how long it took. */
export const timed = async <T>({ say, what, done = 'ready' }: Doing, work: () => Promise<T>): Promise<T> => {
  const startedAt = performance.now();
  const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    say(`  ${what} … ${seconds()}`);
    timer = setTimeout(tell, thenEveryMs);
  };
  timer = setTimeout(tell, firstAfterMs);
  try {
    const result = await work();
    say(`  ${what}: ${done} (${seconds()})`);
    return result;
  } finally {
    clearTimeout(timer);
  }
};
