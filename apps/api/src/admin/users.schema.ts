import { z } from 'zod';
import { administratorRoles, roles } from '#libs/auth/roles';
import { pageQuery, pageSchema } from '../http/cursor';

/** GET /api/admin/users */
export const usersQuery = pageQuery;

const grant = z.strictObject({ id: z.uuid(), role: z.enum(roles), wardId: z.uuid().nullable() });

/** A person as administrators see them. */
export const userSchema = z.strictObject({
  id: z.uuid(),
  login: z.string(),
  displayName: z.string(),
  licenceNo: z.string().nullable(),
  disabledAt: z.iso.datetime().nullable(),
  passwordExpiresAt: z.iso.datetime().nullable(),
  grants: z.array(grant),
});
export const usersPage = pageSchema(userSchema);

/** POST /api/admin/users */
export const newUserSchema = z.strictObject({
  login: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9._-]{2,64}$/),
  displayName: z.string().trim().min(1).max(100),
  licenceNo: z.string().trim().min(1).max(60).nullable().default(null),
});
export type NewUserBody = z.infer<typeof newUserSchema>;

/** A password that is shown once, to be changed by its person. */
export const temporaryPasswordSchema = z.strictObject({ id: z.uuid(), temporaryPassword: z.string() });
export type TemporaryPassword = z.infer<typeof temporaryPasswordSchema>;

const administrators: readonly string[] = administratorRoles;

/** POST /api/admin/users/:id/grants; an administrator's role is never bound to a ward. */
export const newGrantSchema = z
  .strictObject({ role: z.enum(roles), wardId: z.uuid().nullable().default(null) })
  .refine(({ role, wardId }) => wardId === null || !administrators.includes(role), { path: ['wardId'] });
export type NewGrantBody = z.infer<typeof newGrantSchema>;

/** An id that was made. */
export const madeSchema = z.strictObject({ id: z.uuid() });
export type Made = z.infer<typeof madeSchema>;
