import { createHmac, timingSafeEqual } from 'node:crypto';
import { z, type ZodType } from 'zod';
import { type KeyRing } from '#libs/crypto/key-ring';
import { CountersignError } from '#libs/errors/errors';

/** Where a list goes on: the sort values of its last row. Ids, times and codes only; it is signed, not encrypted. */
export type Position = readonly (string | number)[];

/** Turns positions into opaque text and back; a cursor holds for one list of one organisation. */
export interface Cursors {
  seal(list: string, position: Position): string;
  /** The position; null without a cursor. Throws VALIDATION_FAILED for one that is not ours or of another list. */
  open(list: string, cursor: string | undefined): Position | null;
}

const signatureLength = 16;

/** The cursors of an application, signed by its key ring; they outlive a restart, and a key rotation by one page. */
export const createCursors = (ring: KeyRing): Cursors => {
  const sign = (keyId: string, list: string, body: string): Buffer =>
    createHmac('sha256', ring.subKey(keyId, 'cursor')).update(`${list}\n${body}`).digest().subarray(0, signatureLength);
  const opened = (list: string, cursor: string): Position | null => {
    const [keyId = '', body = '', signature = ''] = cursor.split('.');
    if (!ring.keyIds.includes(keyId)) return null;
    const given = Buffer.from(signature, 'base64url');
    const fits = given.length === signatureLength && timingSafeEqual(given, sign(keyId, list, body));
    return fits ? (JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Position) : null;
  };
  return {
    seal: (list, position) => {
      const body = Buffer.from(JSON.stringify(position)).toString('base64url');
      return [ring.currentKeyId, body, sign(ring.currentKeyId, list, body).toString('base64url')].join('.');
    },
    open: (list, cursor) => {
      if (cursor === undefined) return null;
      const position = opened(list, cursor);
      if (position === null) throw new CountersignError('VALIDATION_FAILED', { paths: ['cursor'] });
      return position;
    },
  };
};

/** The most a page holds. */
export const mostPerPage = 200;

/** The query of a list: how many, and where to go on. Extend it with the list's filters. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(mostPerPage).default(50),
  cursor: z.string().max(1000).optional(),
});
export type PageQuery = z.infer<typeof pageQuery>;

/** A page of a list; `next` is the cursor of the page after it, null on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** The schema of a page. */
export const pageSchema = <T extends ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });

/** Makes a page of rows that were read with `limit + 1`: the one too many only says that there is a next page. */
export const pageOf = <T>(
  rows: readonly T[],
  { limit, next }: { limit: number; next: (last: T) => string },
): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? next(last) : null };
};
