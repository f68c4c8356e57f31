/** Runs work while calling `onProgress` every `everyMs`; what `onProgress` throws ends the wait and is thrown. */
export const withProgress = async <T>(
  work: Promise<T>,
  onProgress: (() => void) | undefined,
  everyMs: number,
): Promise<T> => {
  if (onProgress === undefined) return work;
  let beat: NodeJS.Timeout | undefined;
  const beating = new Promise<never>((_resolve, reject) => {
    beat = setInterval(() => {
      try {
        onProgress();
      } catch (error) {
        reject(error instanceof Error ? error : new Error('onProgress failed'));
      }
    }, everyMs);
  });
  try {
    return await Promise.race([work, beating]);
  } finally {
    clearInterval(beat);
  }
};
