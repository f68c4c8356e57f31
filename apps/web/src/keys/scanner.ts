/**
 * Tells a wristband scanner from a person: it types a whole number within some milliseconds a key and ends with Enter.
 * What it typed goes to the patient search; its Enter must never reach a button.
 */
const betweenMs = 30;
const fewest = 4;

/** What to do with a key: leave it to the page, keep it from the page, or take the whole scan. */
export type Heard = { readonly scan: string } | 'burst' | 'typed';

/** Listens key by key; `at` in ms. */
export const createScannerEar = () => {
  let keys = '';
  let last = Number.NEGATIVE_INFINITY;
  return (key: string, at: number): Heard => {
    const quick = at - last < betweenMs;
    last = at;
    if (!quick) keys = '';
    if (key === 'Enter') {
      const scan = keys;
      keys = '';
      return quick && scan.length >= fewest ? { scan } : 'typed';
    }
    if (key.length !== 1) return 'typed';
    keys += key;
    return quick && keys.length >= 3 ? 'burst' : 'typed';
  };
};
