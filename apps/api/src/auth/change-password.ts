import { hashPassword, isAcceptablePassword } from '#libs/auth/password';
import { type UserPrincipal } from '#libs/auth/principal';
import { record } from '#libs/db/stores/record.store';
import { endSessionsOf } from '#libs/db/stores/session.store';
import { findUser, setPasswordHash } from '#libs/db/stores/user.store';
import { type Tx } from '#libs/db/transaction';
import { refuse, type Refusal } from '#libs/review/refusal';
import { type ChangePasswordBody } from './auth.schema';
import { type Passwords } from './passwords';
import { type Work } from '../http/answer';

/** Changes the person's own password by the present one, and ends their other sessions. */
export const changePassword = async (
  passwords: Passwords,
  person: UserPrincipal,
  body: ChangePasswordBody,
): Promise<Work<null>> => {
  const proven = await passwords.verifyOwn(person, body.current);
  const hash = await hashPassword(body.next);
  return async (tx) => (proven ? store(tx, person, { next: body.next, hash }) : refuse('STEP_UP_REQUIRED'));
};

const store = async (
  tx: Tx,
  person: UserPrincipal,
  { next, hash }: { next: string; hash: string },
): Promise<null | Refusal> => {
  const user = await findUser(tx, person.id);
  if (!user) return refuse('NOT_FOUND');
  if (!isAcceptablePassword(next, user.login))
    return refuse('VALIDATION_FAILED', {
      paths: ['next'],
      rule: 'at least 10 characters, five different, without the login',
    });
  await setPasswordHash(tx, person.id, hash);
  await endSessionsOf(tx, person.id, person.sessionId);
  await record(tx, { audit: { action: 'auth.password-changed', entityType: 'user', entityId: person.id } });
  return null;
};
