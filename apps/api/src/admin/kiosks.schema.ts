import { z } from 'zod';
import { boardKinds, boardNames } from '#libs/auth/kiosk';
import { isAddressRange } from '../http/addresses';
import { pageQuery, pageSchema } from '../http/cursor';

/** GET /api/admin/kiosks */
export const kiosksQuery = pageQuery;

/** A board on a wall; never its token. `names` is null on a board for the staff, `expiresAt` where only revoking ends it. */
export const kioskSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  wardId: z.uuid(),
  kind: z.enum(boardKinds),
  names: z.enum(boardNames).nullable(),
  addresses: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export const kiosksPage = pageSchema(kioskSchema);

const common = {
  name: z.string().trim().min(1).max(100),
  wardId: z.uuid(),
  /** Addresses (CIDR, or single ones) from which the token is taken; none: any. */
  addresses: z.array(z.string().trim().max(50).refine(isAddressRange)).max(50).default([]),
  /** How long the token holds; without it, until it is revoked. */
  days: z.int().min(1).max(3650).nullable().default(null),
};

/** POST /api/admin/kiosks */
export const newKioskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('public-queue'), names: z.enum(boardNames).default('number-only'), ...common }),
  z.strictObject({ kind: z.literal('staff-wallboard'), ...common }),
]);
export type NewKioskBody = z.infer<typeof newKioskSchema>;

/** A new kiosk, with the token that is never shown again. */
export const kioskShownOnceSchema = kioskSchema.extend({ token: z.string() });
