import { useCallback, useRef } from 'react';
import { useScans } from '../../keys/ScannerGuard';

interface Past<T> {
  readonly value: T;
  readonly until: number;
}

/** A scanner is known by its third key; the ones before may have changed something. Longest pause within a scan, ms. */
const betweenMs = 30;

/**
 * Takes back what a wristband scanner typed into a form before it was known for one: a scan goes to the patient search
 * and must leave no letter and no choice behind. Returns the setter to change the form with.
 */
export const useUnscanned = <T>(value: T, set: (value: T) => void): ((value: T) => void) => {
  const past = useRef<readonly Past<T>[]>([]);
  const onScan = useCallback(
    (scanned: string): void => {
      const began = performance.now() - (scanned.length + 2) * betweenMs;
      const before = past.current.find(({ until }) => until >= began);
      past.current = [];
      if (before) set(before.value);
    },
    [set],
  );
  useScans(onScan);
  return (next) => {
    past.current = [...past.current.slice(-20), { value, until: performance.now() }];
    set(next);
  };
};
