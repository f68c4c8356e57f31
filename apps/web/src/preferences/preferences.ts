import { createContext, use } from 'react';
import { firstDay } from '#libs/preferences/first-day';
import { type Preferences } from '#libs/preferences/preferences';

export type { Preferences };

/** What became of the last change: kept, on its way, another PC was first, or it could not be kept. */
export type Keeping =
  { readonly state: 'kept' | 'keeping' | 'overtaken' } | { readonly state: 'failed'; readonly thrown: unknown };

/** What a person prefers, as the page holds it; kept on the server, so that it is there on every PC. */
export interface HeldPreferences {
  readonly preferences: Preferences;
  readonly keeping: Keeping;
  readonly change: (part: Partial<Preferences>) => void;
}

/** The preferences of whoever works on the page; the defaults before anybody signed in. */
export const PreferencesContext = createContext<HeldPreferences>({
  preferences: firstDay,
  keeping: { state: 'kept' },
  change: () => undefined,
});

/** What the person prefers. */
export const usePreferences = (): Preferences => use(PreferencesContext).preferences;

/** How to change what the person prefers: at once on the screen, then on the server. */
export const useChangePreferences = (): HeldPreferences['change'] => use(PreferencesContext).change;

/** What became of the last change. */
export const useKeeping = (): Keeping => use(PreferencesContext).keeping;
