import { randomInt } from 'node:crypto';
import { hashPassword } from '#libs/auth/password';
import { record } from '#libs/db/stores/record.store';
import { endSessionsOf } from '#libs/db/stores/session.store';
import {
  deleteGrant,
  findUser,
  insertGrant,
  insertUser,
  listUsers,
  setPassword,
  setUserDisabled,
  type UserRow,
} from '#libs/db/stores/user.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type Cursors, type Page, pageOf, type PageQuery } from '../http/cursor';
import { type Made, type NewGrantBody, type NewUserBody, type TemporaryPassword } from './users.schema';

const list = 'users';

/** A page of the organisation's people. */
export const usersPageOf =
  (cursors: Cursors, { limit, cursor }: PageQuery): Work<Page<UserRow>> =>
  async (tx) => {
    const [after = ''] = cursors.open(list, cursor) ?? [];
    const rows = await listUsers(tx, { afterLogin: String(after), limit: limit + 1 });
    return pageOf(rows, { limit, next: (last) => cursors.seal(list, [last.login]) });
  };

// Without the signs that look alike: it is read from a screen and typed.
const signs = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A random password of about 79 bits, in groups. */
export const temporaryPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('')).join('-');

/** Adds a person without roles; the work hashes beforehand, since that takes 100 ms. */
export const addUser = async (body: NewUserBody): Promise<Work<TemporaryPassword>> => {
  const password = temporaryPassword();
  const passwordHash = await hashPassword(password);
  return async (tx) => {
    const made = await insertUser(tx, { ...body, passwordHash, temporary: true });
    if (isRefusal(made)) return made;
    await record(tx, { audit: { action: 'user.added', entityType: 'user', entityId: made.id } });
    return { id: made.id, temporaryPassword: password };
  };
};

/** Gives a person a new temporary password and ends their sessions. */
export const resetPassword = async (id: string): Promise<Work<TemporaryPassword>> => {
  const password = temporaryPassword();
  const passwordHash = await hashPassword(password);
  return (tx) =>
    onAnother(tx, id, async () => {
      await setPassword(tx, id, { passwordHash, temporary: true });
      await endSessionsOf(tx, id);
      await record(tx, { audit: { action: 'user.password-reset', entityType: 'user', entityId: id } });
      return { id, temporaryPassword: password };
    });
};

/** Disables a person, whose sessions end at once, or enables them again. */
export const disableUser =
  (id: string, disabled: boolean): Work<UserRow> =>
  (tx) =>
    onAnother(tx, id, async () => {
      await setUserDisabled(tx, id, disabled);
      if (disabled) await endSessionsOf(tx, id);
      const action = disabled ? 'user.disabled' : 'user.enabled';
      await record(tx, { audit: { action, entityType: 'user', entityId: id } });
      return (await findUser(tx, id)) ?? refuse('NOT_FOUND');
    });

/** Gives a person a role. */
export const grantRole =
  (id: string, body: NewGrantBody): Work<Made> =>
  (tx) =>
    onAnother(tx, id, async (user) => {
      const made = await insertGrant(tx, user, body);
      if (isRefusal(made)) return made;
      const detail = { role: body.role, wardId: body.wardId };
      await record(tx, { audit: { action: 'user.role-granted', entityType: 'user', entityId: id, detail } });
      return made;
    });

/** Takes a role from a person. */
export const revokeRole =
  (id: string, grantId: string): Work<null> =>
  (tx) =>
    onAnother(tx, id, async (user) => {
      const held = user.grants.find((grant) => grant.id === grantId);
      if (!held || !(await deleteGrant(tx, id, grantId))) return refuse('NOT_FOUND');
      const detail = { role: held.role, wardId: held.wardId };
      await record(tx, { audit: { action: 'user.role-revoked', entityType: 'user', entityId: id, detail } });
      return null;
    });

/** Somebody of the organisation other than the administrator: nobody changes their own account or roles. */
const onAnother = async <T>(
  tx: Tx,
  id: string,
  change: (user: UserRow) => Promise<T | Refusal>,
): Promise<T | Refusal> => {
  if (tx.principal.kind === 'user' && tx.principal.id === id) return refuse('SEPARATION_OF_DUTIES');
  const user = await findUser(tx, id);
  return user ? change(user) : refuse('NOT_FOUND');
};
