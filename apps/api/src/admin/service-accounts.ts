import { v7 as uuidv7 } from 'uuid';
import { secretHash } from '#libs/auth/session';
import { formatServiceToken, newServiceToken } from '#libs/auth/token';
import { record } from '#libs/db/stores/record.store';
import {
  insertServiceAccount,
  listServiceAccounts,
  revokeServiceAccount,
  type ServiceAccountRow,
} from '#libs/db/stores/service-account.store';
import { refuse } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type Cursors, type Page, pageOf, type PageQuery } from '../http/cursor';
import { type NewServiceAccountBody } from './service-accounts.schema';

const list = 'service-accounts';

/** A page of the organisation's service accounts. */
export const serviceAccountsPageOf =
  (cursors: Cursors, { limit, cursor }: PageQuery): Work<Page<ServiceAccountRow>> =>
  async (tx) => {
    const [after = ''] = cursors.open(list, cursor) ?? [];
    const rows = await listServiceAccounts(tx, { afterName: String(after), limit: limit + 1 });
    return pageOf(rows, { limit, next: (last) => cursors.seal(list, [last.name]) });
  };

/** An account with the token that is never shown again. */
export type ShownOnce = ServiceAccountRow & { readonly token: string };

/** Adds a machine with its scopes; none of them lets it decide. */
export const addServiceAccount =
  (body: NewServiceAccountBody): Work<ShownOnce> =>
  async (tx) => {
    const token = newServiceToken(uuidv7());
    const scopes = [...new Set(body.scopes)];
    const account = { ...body, scopes, id: token.accountId, tokenSha256: secretHash(token.secret) };
    const row = await insertServiceAccount(tx, account);
    if (!row) return refuse('CONFLICT', { paths: ['name'] });
    const detail = { scopes, expiresAt: row.expiresAt.toISOString() };
    await record(tx, {
      audit: { action: 'service-account.added', entityType: 'service-account', entityId: row.id, detail },
    });
    return { ...row, token: formatServiceToken(token) };
  };

/** Revokes a machine's token. */
export const revokeAccount =
  (id: string): Work<null> =>
  async (tx) => {
    if (!(await revokeServiceAccount(tx, id))) return refuse('NOT_FOUND');
    await record(tx, {
      audit: { action: 'service-account.revoked', entityType: 'service-account', entityId: id },
    });
    return null;
  };
