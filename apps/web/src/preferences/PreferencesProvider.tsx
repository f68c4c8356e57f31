import { type ReactNode, useMemo, useState } from 'react';
import { defaults, type Preferences, PreferencesContext, PreferencesChangeContext } from './preferences';

/** Keeps what the person prefers and lets the page change it. */
export const PreferencesProvider = ({ children }: { readonly children: ReactNode }) => {
  const [preferences, setPreferences] = useState<Preferences>(defaults);
  const change = useMemo(
    () => (part: Partial<Preferences>) => setPreferences((before) => ({ ...before, ...part })),
    [],
  );
  return (
    <PreferencesContext value={preferences}>
      <PreferencesChangeContext value={change}>{children}</PreferencesChangeContext>
    </PreferencesContext>
  );
};
