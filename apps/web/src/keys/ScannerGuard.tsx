import { useEffect } from 'react';
import { holdKeys } from './held-keys';
import { createScannerEar } from './scanner';
import { fieldOf, rememberField } from './written-field';

/**
 * Hears wristband scans on every screen and hands them to the patient search; a scan never acts on what has the focus, and
 * nothing of it stays in a field. Letters that go to no field wait a moment until it is known who typed them; a field gets
 * them at once, and its content back when it was a scan.
 */
export const useScans = (onScan: (scanned: string) => void): void => {
  useEffect(() => {
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
      onScan(heard.scan);
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => {
      document.removeEventListener('keydown', onKey, { capture: true });
      held.drop();
    };
  }, [onScan]);
};
