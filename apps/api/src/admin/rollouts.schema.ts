import { z } from 'zod';
import { rolloutModes } from '#libs/db/stores/rollout.store';
import { processNames } from '#libs/processes/index';

/** A process of the product. */
export const processName = z.enum(processNames);

/** A temporary override to "off". */
export const manualSwitchSchema = z.strictObject({
  id: z.uuid(),
  process: z.string(),
  reason: z.string(),
  setBy: z.uuid(),
  setByName: z.string(),
  setAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

/** How far a process uses the model: what is set, and what is in force and why. */
export const rolloutSchema = z.strictObject({
  process: processName,
  mode: z.enum(rolloutModes),
  blindPercent: z.int(),
  version: z.int(),
  /** Who set it last; null where it was never set. */
  set: z.strictObject({ name: z.string().nullable(), at: z.iso.datetime() }).nullable(),
  effective: z.strictObject({
    mode: z.enum(rolloutModes),
    because: z.enum(['setting', 'default', 'manual-switch']),
    until: z.iso.datetime().nullable(),
    blindPercent: z.int(),
  }),
  switches: z.array(manualSwitchSchema),
});

/** PUT /api/admin/rollouts/:process */
export const setRolloutSchema = z.strictObject({
  mode: z.enum(rolloutModes),
  /** Of 100 cases so many are drafted unseen while the mode is `draft`. */
  blindPercent: z.int().min(0).max(100).default(0),
});
export type SetRolloutBody = z.infer<typeof setRolloutSchema>;

/** POST /api/admin/manual-switches */
export const setSwitchSchema = z.strictObject({
  process: processName,
  reason: z.string().trim().min(1).max(500),
  hours: z.int().min(1).max(24),
});
export type SetSwitchBody = z.infer<typeof setSwitchSchema>;
