import { z } from 'zod';
import { roles } from '#libs/auth/roles';

const password = z.string().min(1).max(200);

/** POST /api/auth/login */
export const loginSchema = z.strictObject({ login: z.string().min(1).max(64), password });
export type LoginBody = z.infer<typeof loginSchema>;

/** POST /api/auth/unlock */
export const unlockSchema = z.strictObject({ password });

/** POST /api/auth/password */
export const changePasswordSchema = z.strictObject({ current: password, next: password });
export type ChangePasswordBody = z.infer<typeof changePasswordSchema>;

/** A role held, on one ward or (null) on all. */
export const grantSchema = z.strictObject({ role: z.enum(roles), wardId: z.uuid().nullable() });

/** Who is signed in, what they may do, and what a page needs to go on: login, unlock and GET session answer it. */
export const sessionViewSchema = z.strictObject({
  user: z.strictObject({ id: z.uuid(), login: z.string(), name: z.string() }),
  organisation: z.strictObject({ id: z.uuid(), name: z.string(), timeZone: z.string(), isDemo: z.boolean() }),
  grants: z.array(grantSchema),
  wards: z.array(z.strictObject({ id: z.uuid(), code: z.string(), name: z.string() })),
  csrfToken: z.string(),
  expiresAt: z.iso.datetime(),
  idleSeconds: z.number(),
  locked: z.boolean(),
  mustChangePassword: z.boolean(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;
