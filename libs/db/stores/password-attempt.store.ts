import { type DataSource } from 'typeorm';
import { temporaryPasswordHours } from '#libs/auth/password-rules';
import { type Throttle } from '#libs/auth/throttle';

/** Whose password is tried: by what a person typed, or by whom a session belongs to. */
export type AttemptedBy = { readonly login: string } | { readonly userId: string };

/** A counted attempt: check this hash, then say {@link forgiveFailures} if it was right. */
export interface CountedAttempt {
  readonly outcome: 'counted';
  readonly userId: string;
  readonly organisationId: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly disabled: boolean;
  /** It is a temporary password whose time is over. */
  readonly expired: boolean;
}

/** What became of starting an attempt. */
export type Attempt =
  CountedAttempt | { readonly outcome: 'locked'; readonly retryAfterMs: number } | { readonly outcome: 'unknown' };

/* The failure is counted before the password is checked, so that many guesses at once are not one guess. One statement
   whether the login exists or not, so that its time says nothing. */
const countSql = (column: 'login' | 'id') => `
with counted as (
  update app_user set failed_logins = failed_logins + 1,
    locked_until = case when failed_logins + 1 >= $2
      then clock_timestamp() + least($3 * power(2, least(failed_logins + 1 - $2, 20)), $4) * interval '1 ms' end
  where ${column} = $1 and (locked_until is null or locked_until <= clock_timestamp())
  returning id, organisation_id, display_name, password_hash, disabled_at, password_temporary_since)
select id "userId", organisation_id "organisationId", display_name "displayName", password_hash "passwordHash",
  disabled_at is not null disabled,
  coalesce(password_temporary_since < clock_timestamp() - interval '${temporaryPasswordHours} h', false) expired,
  null::float8 "lockedMs" from counted
union all
select id, organisation_id, display_name, '', disabled_at is not null, false,
  greatest(1, extract(epoch from locked_until - clock_timestamp()) * 1000)::float8
from app_user where ${column} = $1 and not exists (select from counted)`;

type CountRow = Omit<CountedAttempt, 'outcome'> & { lockedMs: number | null };

/** Counts an attempt at a password as a failure until it is forgiven. Not in a principal's transaction: there is none yet. */
export const countAttempt = async (source: DataSource, by: AttemptedBy, throttle: Throttle): Promise<Attempt> => {
  const [column, value] = 'login' in by ? (['login', by.login] as const) : (['id', by.userId] as const);
  const { freeFailures, firstLockMs, longestLockMs } = throttle;
  const [row] = await source.query<CountRow[]>(countSql(column), [value, freeFailures, firstLockMs, longestLockMs]);
  if (!row) return { outcome: 'unknown' };
  const { lockedMs, ...counted } = row;
  return lockedMs === null ? { outcome: 'counted', ...counted } : { outcome: 'locked', retryAfterMs: lockedMs };
};

/** The password was right: the failures before it count no more. */
export const forgiveFailures = async (source: DataSource, userId: string): Promise<void> => {
  await source.query('update app_user set failed_logins = 0, locked_until = null where id = $1', [userId]);
};
