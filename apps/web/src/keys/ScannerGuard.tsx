import { useEffect } from 'react';
import { holdKeys } from './held-keys';
import { createScannerEar } from './scanner';
import { fieldOf, rememberField } from './written-field';

type OnScan = (scanned: string) => void;

const told = new Set<OnScan>();
let deafen: (() => void) | null = null;

/* One ear for the page, however many want to be told: two would hold each other's keys and hand on none. */
const listen = (): (() => void) => {
  const hear = createScannerEar();
  const passed = new WeakSet<KeyboardEvent>();
  const held = holdKeys((event) => void passed.add(event));
  let putBack: (() => void) | null = null;
  const onLetter = (event: KeyboardEvent, first: boolean): void => {
    const field = fieldOf(event.target);
    if (first) putBack = field && rememberField(field);
    // A first space presses what has the focus; no code begins with one.
    if (field === null && !(first && event.key === ' ')) held.hold(event);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (passed.has(event) || event.isComposing) return;
    const chord = event.ctrlKey || event.altKey || event.metaKey;
    const heard = chord ? 'other' : hear(event.key, event.timeStamp);
    if (heard === 'first' || heard === 'quick') return onLetter(event, heard === 'first');
    if (heard === 'other') return event.key === 'Shift' ? undefined : held.release();
    event.preventDefault();
    event.stopPropagation();
    held.drop();
    putBack?.();
    for (const tell of told) tell(heard.scan);
  };
  document.addEventListener('keydown', onKey, { capture: true });
  return () => {
    document.removeEventListener('keydown', onKey, { capture: true });
    held.drop();
  };
};

/**
 * Hears wristband scans on every screen and hands them to the patient search; a scan never acts on what has the focus, and
 * nothing of it stays in a field. Letters that go to no field wait a moment until it is known who typed them; a field gets
 * them at once, and its content back when it was a scan.
 */
export const useScans = (onScan: OnScan): void => {
  useEffect(() => {
    told.add(onScan);
    deafen ??= listen();
    return () => {
      told.delete(onScan);
      if (told.size > 0) return;
      deafen?.();
      deafen = null;
    };
  }, [onScan]);
};
