import { type RoleGrant, type UserPrincipal } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { type Tx } from '../transaction';
import { grantsSql } from './decision.store';

/** A signed-in person as of now: no roles when disabled or the session has ended or is locked. */
export interface ReviewerNow {
  readonly grants: readonly RoleGrant[];
  readonly now: Date;
}

/** The roles a person holds at this moment, and the database's time. */
export const reviewerNow = async (tx: Tx, { id, sessionId }: UserPrincipal): Promise<ReviewerNow> => {
  const [row] = await tx.query<{ grants: RoleGrant[] | null; now: Date }>(
    `select ${grantsSql('$2')} grants, clock_timestamp() "now" from app_user u where u.id = $1`,
    [id, sessionId],
  );
  return { grants: row?.grants ?? [], now: row?.now ?? new Date() };
};

/** What people of the organisation are called, by id. */
export const namesOf = async (
  tx: Tx,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, string>> => {
  const known = [...new Set(ids.filter((id) => typeof id === 'string'))];
  if (known.length === 0) return new Map();
  const rows = await tx.query<{ id: string; display_name: string }>(
    'select id, display_name from app_user where id = any($1) and organisation_id = $2',
    [known, tx.principal.organisationId],
  );
  return new Map(rows.map(({ id, display_name }) => [id, display_name]));
};

/** The people of the organisation who are enabled and hold one of the roles on a ward, by name. */
export const peopleWith = (
  tx: Tx,
  { roles, wardId }: { roles: readonly Role[]; wardId: string },
): Promise<{ userId: string; name: string }[]> =>
  tx.query(
    `select u.id "userId", u.display_name name from app_user u
     where u.organisation_id = $1 and u.disabled_at is null and exists (
       select 1 from role_grant g where g.user_id = u.id and g.role = any($2) and (g.ward_id is null or g.ward_id = $3))
     order by u.display_name, u.id limit 500`,
    [tx.principal.organisationId, roles, wardId],
  );

/** Whether somebody of the organisation is enabled and holds one of the roles on a ward. */
export const mayAct = async (
  tx: Tx,
  person: { userId: string; roles: readonly Role[]; wardId: string },
): Promise<boolean> => {
  const rows = await tx.query<{ id: string }>(
    `select u.id from app_user u where u.id = $1 and u.organisation_id = $2 and u.disabled_at is null and exists (
       select 1 from role_grant g where g.user_id = u.id and g.role = any($3) and (g.ward_id is null or g.ward_id = $4))`,
    [person.userId, tx.principal.organisationId, person.roles, person.wardId],
  );
  return rows.length > 0;
};
