import { z } from 'zod';
import { preferencesSchema } from '#libs/preferences/preferences';

/** PUT /api/me/preferences: all of them; If-Match carries their version, 0 before the first. */
export const setPreferencesSchema = z.strictObject({ preferences: preferencesSchema });
export type SetPreferencesBody = z.infer<typeof setPreferencesSchema>;

/** A person's preferences; version 0 and no time where they never set any. */
export const preferencesReplySchema = z.strictObject({
  version: z.int(),
  updatedAt: z.iso.datetime().nullable(),
  preferences: preferencesSchema,
});
export type PreferencesReply = z.infer<typeof preferencesReplySchema>;
