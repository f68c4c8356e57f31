import { z } from 'zod';
import { scopes } from '#libs/auth/roles';
import { pageQuery, pageSchema } from '../http/cursor';

/** GET /api/admin/service-accounts */
export const serviceAccountsQuery = pageQuery;

/** A service account; never its token. */
export const serviceAccountSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
});
export const serviceAccountsPage = pageSchema(serviceAccountSchema);

/** POST /api/admin/service-accounts */
export const newServiceAccountSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  /** How long the token holds. */
  days: z.int().min(1).max(730).default(365),
});
export type NewServiceAccountBody = z.infer<typeof newServiceAccountSchema>;

/** A new account, with the token that is never shown again. */
export const shownOnceSchema = serviceAccountSchema.extend({ token: z.string() });
