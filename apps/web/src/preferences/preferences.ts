import { createContext, use } from 'react';

/** What a person prefers; kept on the server, so that it is there on every PC. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly nightShift: 'off' | 'on';
  readonly sound: boolean;
  readonly keyboard: { readonly enabled: boolean; readonly remaps: Readonly<Record<string, string>> };
}

/** Preferences of somebody who never said any. */
export const defaults: Preferences = {
  theme: 'system',
  nightShift: 'off',
  sound: false,
  keyboard: { enabled: true, remaps: {} },
};

/** The preferences of whoever works on the page. */
export const PreferencesContext = createContext<Preferences>(defaults);

/** What the person prefers. */
export const usePreferences = (): Preferences => use(PreferencesContext);

/** Changes part of the preferences. */
export const PreferencesChangeContext = createContext<(part: Partial<Preferences>) => void>(() => undefined);

/** How to change what the person prefers. */
export const useChangePreferences = () => use(PreferencesChangeContext);
