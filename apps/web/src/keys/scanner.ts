/**
 * Tells a wristband scanner from a person: it types a whole number within some milliseconds a key and ends with Enter.
 * What it typed goes to the patient search; its Enter must never reach a button.
 */
const fewest = 4;

/** Keys closer to each other than this may be a scan, ms. */
export const betweenMs = 30;

/** What a key is: the end of a scan, one that may belong to a scan, or none of these. */
export type Heard = { readonly scan: string } | 'first' | 'quick' | 'other';

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
      return quick && scan.length >= fewest ? { scan } : 'other';
    }
    if (key.length !== 1) return 'other';
    keys += key;
    return keys.length > 1 ? 'quick' : 'first';
  };
};
