/**
 * The work, or an error as soon as it is broken off. The work goes on for a moment in the background then: its installation
 * is stopped beneath it.
 */
export const untilAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  work.catch(() => undefined);
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('broken off')), { once: true }),
  );
  aborted.catch(() => undefined);
  return Promise.race([work, aborted]);
};
