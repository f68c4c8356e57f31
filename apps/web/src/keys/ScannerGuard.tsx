import { useEffect } from 'react';
import { createScannerEar } from './scanner';

/** Hears wristband scans on every screen and hands them to the patient search; a scan never acts on what has the focus. */
export const useScans = (onScan: (scanned: string) => void): void => {
  useEffect(() => {
    const hear = createScannerEar();
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      const heard = hear(event.key, event.timeStamp);
      if (heard === 'typed') return;
      event.preventDefault();
      event.stopPropagation();
      if (heard !== 'burst') onScan(heard.scan);
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, [onScan]);
};
