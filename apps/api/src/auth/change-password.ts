import { hashPassword } from '#libs/auth/password';
import { brokenPasswordRules } from '#libs/auth/password-rules';
import { type UserPrincipal } from '#libs/auth/principal';
import { record } from '#libs/db/stores/record.store';
import { endSessionsOf } from '#libs/db/stores/session.store';
import { findUser, setPassword } from '#libs/db/stores/user.store';
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
  return async (tx) => (proven ? store(tx, person, { ...body, hash }) : refuse('STEP_UP_REQUIRED'));
};

const store = async (
  tx: Tx,
  person: UserPrincipal,
  { current, next, hash }: ChangePasswordBody & { hash: string },
): Promise<null | Refusal> => {
  const user = await findUser(tx, person.id);
  if (!user) return refuse('NOT_FOUND');
  const rules = brokenPasswordRules({ next, current, login: user.login });
  if (rules.length > 0) return refuse('VALIDATION_FAILED', { paths: ['next'], rules });
  await setPassword(tx, person.id, { passwordHash: hash, temporary: false });
  await endSessionsOf(tx, person.id, person.sessionId);
  await record(tx, { audit: { action: 'auth.password-changed', entityType: 'user', entityId: person.id } });
  return null;
};
