import { type UserPrincipal } from '#libs/auth/principal';
import { findPreferences, keepPreferences } from '#libs/db/stores/preferences.store';
import { record } from '#libs/db/stores/record.store';
import { type Preferences, storedPreferences } from '#libs/preferences/preferences';
import { refuse } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type PreferencesReply } from './preferences.schema';

/** The longest preferences kept, in characters of their JSON. */
const longest = 64_000;

/** What a person's screens look like; the defaults where they never said. */
export const showPreferences =
  ({ id }: UserPrincipal): Work<PreferencesReply> =>
  async (tx) => {
    const kept = await findPreferences(tx, id);
    return {
      version: kept?.version ?? 0,
      updatedAt: kept?.updatedAt.toISOString() ?? null,
      preferences: storedPreferences(kept?.content),
    };
  };

/** Keeps a person's preferences, from the version that was shown: of two PCs at once the second is told. */
export const setPreferences =
  (
    { id }: UserPrincipal,
    { version, preferences }: { version: number; preferences: Preferences },
  ): Work<PreferencesReply> =>
  async (tx) => {
    if (JSON.stringify(preferences).length > longest) return refuse('PAYLOAD_TOO_LARGE');
    const kept = await keepPreferences(tx, id, { version, content: preferences });
    if (!kept) return refuse('VERSION_MISMATCH', { current: (await findPreferences(tx, id))?.version ?? 0 });
    await record(tx, {
      audit: { action: 'preferences.set', entityType: 'preferences', entityId: id, detail: { version: kept.version } },
    });
    return { version: kept.version, updatedAt: kept.updatedAt.toISOString(), preferences };
  };
