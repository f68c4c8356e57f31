import { v7 as uuidv7 } from 'uuid';
import { secretHash } from '#libs/auth/session';
import { formatKioskToken, newKioskToken } from '#libs/auth/token';
import { insertKiosk, type KioskRow, listKiosks, revokeKiosk } from '#libs/db/stores/kiosk.store';
import { record } from '#libs/db/stores/record.store';
import { isRefusal, refuse } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type Cursors, type Page, pageOf, type PageQuery } from '../http/cursor';
import { reachableWard } from '../triage/desk';
import { type NewKioskBody } from './kiosks.schema';

const list = 'kiosks';

/** A page of the organisation's boards. */
export const kiosksPageOf =
  (cursors: Cursors, { limit, cursor }: PageQuery): Work<Page<KioskRow>> =>
  async (tx) => {
    const position = cursors.open(list, cursor);
    const after = position && ([String(position[0]), String(position[1])] as const);
    const rows = await listKiosks(tx, { after, limit: limit + 1 });
    return pageOf(rows, { limit, next: (last) => cursors.seal(list, [last.name, last.id]) });
  };

/** A kiosk with the token that is never shown again. */
export type KioskShownOnce = KioskRow & { readonly token: string };

/** Adds a board on the wall of a ward: its token reads that board, and nothing else. */
export const addKiosk =
  (body: NewKioskBody): Work<KioskShownOnce> =>
  async (tx) => {
    const ward = await reachableWard(tx, body.wardId);
    if (isRefusal(ward)) return ward;
    const token = newKioskToken(uuidv7());
    const names = body.kind === 'public-queue' ? body.names : null;
    const kiosk = { ...body, names, id: token.kioskId, tokenSha256: secretHash(token.secret) };
    const row = await insertKiosk(tx, kiosk);
    if (!row) return refuse('CONFLICT', { paths: ['name'] });
    const { id, wardId, kind, addresses, expiresAt } = row;
    const detail = { wardId, kind, names, addresses, expiresAt: expiresAt?.toISOString() ?? null };
    await record(tx, { audit: { action: 'kiosk.added', entityType: 'kiosk', entityId: id, detail } });
    return { ...row, token: formatKioskToken(token) };
  };

/** Revokes a board's token; its open streams end at their next beat. */
export const removeKiosk =
  (id: string): Work<null> =>
  async (tx) => {
    if (!(await revokeKiosk(tx, id))) return refuse('NOT_FOUND');
    await record(tx, { audit: { action: 'kiosk.revoked', entityType: 'kiosk', entityId: id } });
    return null;
  };
