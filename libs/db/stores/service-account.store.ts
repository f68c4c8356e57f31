import { type DataSource } from 'typeorm';
import { type Scope } from '#libs/auth/roles';
import { type Tx } from '../transaction';

/** A live service account as the door needs it. */
export interface ServiceAccountFacts {
  readonly id: string;
  readonly name: string;
  readonly organisationId: string;
  readonly scopes: readonly Scope[];
  readonly tokenSha256: Buffer;
}

const liveSql = `select id, name, organisation_id "organisationId", scopes, token_sha256 "tokenSha256" from service_account
  where id = $1 and revoked_at is null and expires_at > clock_timestamp()`;

/** The account if it is neither revoked nor expired. Not in a principal's transaction: this is how one is found. */
export const findServiceAccount = async (source: DataSource, id: string): Promise<ServiceAccountFacts | null> => {
  const [row] = await source.query<ServiceAccountFacts[]>(liveSql, [id]);
  return row ?? null;
};

/** The name of an account, whether or not it is live. */
export const accountName = async ({ query }: Pick<Tx, 'query'>, id: string): Promise<string | null> => {
  const [row] = await query<{ name: string }>('select name from service_account where id = $1', [id]);
  return row?.name ?? null;
};

/** A service account as administrators see it; never its token. */
export interface ServiceAccountRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

const columns = `id, name, scopes, created_at "createdAt", expires_at "expiresAt", revoked_at "revokedAt"`;

/** The organisation's service accounts by name, from after a name on. */
export const listServiceAccounts = (tx: Tx, page: { afterName: string; limit: number }): Promise<ServiceAccountRow[]> =>
  tx.query(`select ${columns} from service_account where organisation_id = $1 and name > $2 order by name limit $3`, [
    tx.principal.organisationId,
    page.afterName,
    page.limit,
  ]);

/** An account to add, with the hash of its secret. */
export interface NewServiceAccount {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly days: number;
  readonly tokenSha256: Buffer;
}

/** Adds an account; null when the name is taken. */
export const insertServiceAccount = async (tx: Tx, account: NewServiceAccount): Promise<ServiceAccountRow | null> => {
  const { id, name, scopes, days, tokenSha256 } = account;
  const by = tx.principal.kind === 'user' ? tx.principal.id : null;
  const [row] = await tx.query<ServiceAccountRow>(
    `insert into service_account (id, organisation_id, name, scopes, token_sha256, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7::int * interval '1 day')
     on conflict (organisation_id, name) do nothing returning ${columns}`,
    [id, tx.principal.organisationId, name, scopes, tokenSha256, by, days],
  );
  return row ?? null;
};

/** Revokes an account for good, from its next request on; answers whether there was one to revoke. */
export const revokeServiceAccount = async (tx: Tx, id: string): Promise<boolean> => {
  const revoked = await tx.query(
    `with r as (update service_account set revoked_at = clock_timestamp()
       where id = $1 and organisation_id = $2 and revoked_at is null returning id) select id from r`,
    [id, tx.principal.organisationId],
  );
  return revoked.length > 0;
};
