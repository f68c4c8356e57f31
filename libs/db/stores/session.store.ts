import { type DataSource } from 'typeorm';
import { type RoleGrant } from '#libs/auth/principal';
import { type Tx } from '../transaction';

/** A session as the door needs it: who, with which roles as of now, and whether it is locked. */
export interface SessionFacts {
  readonly id: string;
  readonly userId: string;
  readonly login: string;
  readonly displayName: string;
  readonly organisationId: string;
  readonly grants: readonly RoleGrant[];
  readonly csrfSha256: Buffer;
  readonly expiresAt: Date;
  readonly locked: boolean;
  /** The password is a temporary one: nothing else may be done before it is changed. */
  readonly mustChangePassword: boolean;
}

/** How often, at most, a session's last use is written (ms); requests in between cost no write. */
const touchEveryMs = 15_000;

/* One statement: finds the session of an enabled person, locks it when it was idle too long, notes its use. */
const findSql = `
with found as (
  select s.id, s.user_id, u.login, u.display_name, u.organisation_id, s.csrf_sha256, s.expires_at,
    u.password_temporary_since is not null must_change_password,
    s.locked_at is not null or s.last_seen_at < clock_timestamp() - $2 * interval '1 ms' locked,
    coalesce((select json_agg(json_build_object('role', g.role, 'wardId', g.ward_id)) from role_grant g
      where g.user_id = u.id), '[]') grants
  from session s join app_user u on u.id = s.user_id
  where s.token_sha256 = $1 and s.ended_at is null and s.expires_at > clock_timestamp() and u.disabled_at is null),
touched as (
  update session s set
    locked_at = case when s.last_seen_at < clock_timestamp() - $2 * interval '1 ms' then clock_timestamp() end,
    last_seen_at = case when s.last_seen_at < clock_timestamp() - $2 * interval '1 ms' then s.last_seen_at
      else clock_timestamp() end
  from found f
  where s.id = f.id and s.locked_at is null and s.ended_at is null
    and (f.locked or ($3 and s.last_seen_at < clock_timestamp() - $4 * interval '1 ms')))
select id, user_id "userId", login, display_name "displayName", organisation_id "organisationId", grants,
  csrf_sha256 "csrfSha256", expires_at "expiresAt", locked,
  must_change_password "mustChangePassword" from found`;

/**
 * The live session with this token hash; null when there is none, it ended, or its person is disabled.
 * Not in a principal's transaction: this is how a principal is found.
 */
export const findSession = async (
  source: DataSource,
  tokenSha256: Buffer,
  { idleMs, touch }: { idleMs: number; touch: boolean },
): Promise<SessionFacts | null> => {
  const touchAfter = Math.min(touchEveryMs, Math.floor(idleMs / 4));
  const [row] = await source.query<SessionFacts[]>(findSql, [tokenSha256, idleMs, touch, touchAfter]);
  return row ?? null;
};

/** A session to open: the hashes of its secrets, and how long it may live at most. */
export interface NewSession {
  readonly id: string;
  readonly userId: string;
  readonly tokenSha256: Buffer;
  readonly csrfSha256: Buffer;
  readonly lifeMs: number;
}

/** Opens a session; answers when it ends at the latest. */
export const insertSession = async (tx: Tx, session: NewSession): Promise<Date> => {
  const { id, userId, tokenSha256, csrfSha256, lifeMs } = session;
  const [row] = await tx.query<{ expires_at: Date }>(
    `insert into session (id, user_id, token_sha256, csrf_sha256, expires_at)
     values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 ms') returning expires_at`,
    [id, userId, tokenSha256, csrfSha256, lifeMs],
  );
  if (!row) throw new Error('the session was not stored');
  return row.expires_at;
};

/** Ends the session with this token hash, if it lives; answers whether there was one. */
export const endSession = async (tx: Tx, by: { tokenSha256: Buffer } | { id: string }): Promise<boolean> => {
  const [column, value] = 'id' in by ? ['id', by.id] : ['token_sha256', by.tokenSha256];
  const ended = await tx.query(
    `with e as (update session set ended_at = clock_timestamp() where ${column} = $1 and ended_at is null returning id)
     select id from e`,
    [value],
  );
  return ended.length > 0;
};

/** Ends every session of a person, but for the one given. */
export const endSessionsOf = async (tx: Tx, userId: string, exceptId: string | null = null): Promise<void> => {
  await tx.query(
    `update session set ended_at = clock_timestamp() where user_id = $1 and ended_at is null and id is distinct from $2`,
    [userId, exceptId],
  );
};
