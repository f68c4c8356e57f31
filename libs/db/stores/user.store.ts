import { v7 as uuidv7 } from 'uuid';
import { temporaryPasswordHours } from '#libs/auth/password-rules';
import { type RoleGrant } from '#libs/auth/principal';
import { administratorRoles, type Role } from '#libs/auth/roles';
import { refuse, type Refusal } from '#libs/review/refusal';
import { AppUserEntity } from '../entities/app-user.entity';
import { RoleGrantEntity } from '../entities/role-grant.entity';
import { WardEntity } from '../entities/ward.entity';
import { type Tx } from '../transaction';

/** A role a person holds, with the id by which it is revoked. */
export interface HeldRole extends RoleGrant {
  readonly id: string;
}

/** A person as administrators see them. */
export interface UserRow {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly licenceNo: string | null;
  readonly disabledAt: Date | null;
  /** When the temporary password ends that they have not replaced yet; null: the password is their own. */
  readonly passwordExpiresAt: Date | null;
  readonly grants: readonly HeldRole[];
}

const userSql = (where: string) => `
select u.id, u.login, u.display_name "displayName", u.licence_no "licenceNo", u.disabled_at "disabledAt",
  u.password_temporary_since + interval '${temporaryPasswordHours} h' "passwordExpiresAt",
  coalesce((select json_agg(json_build_object('id', g.id, 'role', g.role, 'wardId', g.ward_id) order by g.granted_at, g.id)
    from role_grant g where g.user_id = u.id), '[]') grants
from app_user u where u.organisation_id = $1 and ${where}`;

/** The people of the organisation by login, from after a login on. */
export const listUsers = (tx: Tx, page: { afterLogin: string; limit: number }): Promise<UserRow[]> =>
  tx.query(`${userSql('u.login > $2')} order by u.login limit $3`, [
    tx.principal.organisationId,
    page.afterLogin,
    page.limit,
  ]);

/** One person of the organisation. */
export const findUser = async (tx: Tx, id: string): Promise<UserRow | null> =>
  (await tx.query<UserRow>(userSql('u.id = $2'), [tx.principal.organisationId, id]))[0] ?? null;

/** A password to set, hashed already; a temporary one is known to somebody else, too, and must be changed first of all. */
export interface NewPassword {
  readonly passwordHash: string;
  readonly temporary: boolean;
}

/** A person to add. */
export interface NewUser extends NewPassword {
  readonly login: string;
  readonly displayName: string;
  readonly licenceNo: string | null;
}

const storedPassword = ({ passwordHash, temporary }: NewPassword) => ({
  passwordHash,
  passwordTemporarySince: temporary ? () => 'clock_timestamp()' : null,
});

/** Adds a person without any role; refuses a login that is taken. */
export const insertUser = async (tx: Tx, user: NewUser): Promise<{ id: string } | Refusal> => {
  if (await tx.manager.existsBy(AppUserEntity, { login: user.login })) return refuse('CONFLICT', { paths: ['login'] });
  const id = uuidv7();
  const { login, displayName, licenceNo } = user;
  const { organisationId } = tx.principal;
  await tx.manager.insert(AppUserEntity, {
    id,
    organisationId,
    login,
    displayName,
    licenceNo,
    ...storedPassword(user),
  });
  return { id };
};

/** Disables or enables a person; a disabled one is out at the next request. */
export const setUserDisabled = async (tx: Tx, id: string, disabled: boolean): Promise<void> => {
  const disabledAt = disabled ? () => 'clock_timestamp()' : null;
  await tx.manager.createQueryBuilder().update(AppUserEntity).set({ disabledAt }).where({ id }).execute();
};

/** Sets a password and forgives the failures before it. */
export const setPassword = async (tx: Tx, id: string, password: NewPassword): Promise<void> => {
  await tx.manager.update(AppUserEntity, { id }, { ...storedPassword(password), failedLogins: 0, lockedUntil: null });
};

const isAdministrator = (role: Role): boolean => administratorRoles.some((administrator) => administrator === role);

const grantRefusal = async (tx: Tx, user: UserRow, { role, wardId }: RoleGrant): Promise<Refusal | null> => {
  if (user.grants.some((held) => held.role === role && held.wardId === wardId))
    return refuse('CONFLICT', { reason: 'held-already' });
  const other = isAdministrator(role) && user.grants.find((held) => isAdministrator(held.role));
  if (other) return refuse('CONFLICT', { reason: 'administrators-exclude-each-other', holds: other.role });
  if (wardId === null) return null;
  const { organisationId } = tx.principal;
  return (await tx.manager.existsBy(WardEntity, { id: wardId, organisationId }))
    ? null
    : refuse('NOT_FOUND', { paths: ['wardId'] });
};

/** Gives a person a role on one ward or on all; refuses a second administrator's role (the database would, too). */
export const insertGrant = async (tx: Tx, user: UserRow, grant: RoleGrant): Promise<{ id: string } | Refusal> => {
  const refusal = await grantRefusal(tx, user, grant);
  if (refusal) return refusal;
  const id = uuidv7();
  const grantedBy = tx.principal.kind === 'user' ? tx.principal.id : null;
  await tx.manager.insert(RoleGrantEntity, { id, userId: user.id, role: grant.role, wardId: grant.wardId, grantedBy });
  return { id };
};

/** Takes a role away; answers whether it was held. */
export const deleteGrant = async (tx: Tx, userId: string, grantId: string): Promise<boolean> =>
  ((await tx.manager.delete(RoleGrantEntity, { id: grantId, userId })).affected ?? 0) > 0;
