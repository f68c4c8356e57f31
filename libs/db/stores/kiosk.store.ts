import { type DataSource } from 'typeorm';
import { type BoardKind, type BoardNames } from '#libs/auth/kiosk';
import { type Tx } from '../transaction';

/** What a board on a wall is: whose, of which ward, what it shows, and from where its token is taken. */
export interface KioskSettings {
  readonly name: string;
  readonly wardId: string;
  readonly kind: BoardKind;
  /** How patients are named; null on a board for the staff. */
  readonly names: BoardNames | null;
  /** Addresses (CIDR, or single ones); empty: any. */
  readonly addresses: readonly string[];
}

/** A live kiosk as the door needs it. */
export interface KioskFacts extends Omit<KioskSettings, 'kind'> {
  readonly id: string;
  readonly board: BoardKind;
  readonly organisationId: string;
  readonly tokenSha256: Buffer;
}

const settings = 'name, ward_id "wardId", names, addresses';

const liveSql = `select id, organisation_id "organisationId", kind board, ${settings}, token_sha256 "tokenSha256" from kiosk
  where id = $1 and revoked_at is null and (expires_at is null or expires_at > clock_timestamp())`;

/** The kiosk if it is neither revoked nor expired. Not in a principal's transaction: this is how one is found. */
export const findKiosk = async (source: DataSource, id: string): Promise<KioskFacts | null> => {
  const [row] = await source.query<KioskFacts[]>(liveSql, [id]);
  return row ?? null;
};

/** A kiosk as administrators see it; never its token. */
export interface KioskRow extends KioskSettings {
  readonly id: string;
  readonly createdAt: Date;
  /** Null: until it is revoked. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

const columns = `id, kind, ${settings}, created_at "createdAt", expires_at "expiresAt", revoked_at "revokedAt"`;

/** The organisation's kiosks by name, from after one on (a revoked one may have had the same name). */
export const listKiosks = (
  tx: Tx,
  page: { after: readonly [name: string, id: string] | null; limit: number },
): Promise<KioskRow[]> =>
  tx.query(
    `select ${columns} from kiosk where organisation_id = $1 and ($2::text is null or (name, id) > ($2, $3::uuid))
     order by name, id limit $4`,
    [tx.principal.organisationId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  );

/** A kiosk to add, with the hash of its secret; `days` null: it does not expire. */
export interface NewKiosk extends KioskSettings {
  readonly id: string;
  readonly days: number | null;
  readonly tokenSha256: Buffer;
}

/** Adds a kiosk; null when a live one has the name. The caller has checked the ward. */
export const insertKiosk = async (tx: Tx, kiosk: NewKiosk): Promise<KioskRow | null> => {
  const { id, name, wardId, kind, names, addresses, days, tokenSha256 } = kiosk;
  const by = tx.principal.kind === 'user' ? tx.principal.id : null;
  const [row] = await tx.query<KioskRow>(
    `insert into kiosk (id, organisation_id, name, ward_id, kind, names, addresses, token_sha256, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp() + $10::int * interval '1 day')
     on conflict (organisation_id, name) where revoked_at is null do nothing returning ${columns}`,
    [id, tx.principal.organisationId, name, wardId, kind, names, addresses, tokenSha256, by, days],
  );
  return row ?? null;
};

/** Revokes a kiosk for good, from its next request on; answers whether there was one to revoke. */
export const revokeKiosk = async (tx: Tx, id: string): Promise<boolean> => {
  const revoked = await tx.query(
    `with r as (update kiosk set revoked_at = clock_timestamp()
       where id = $1 and organisation_id = $2 and revoked_at is null returning id) select id from r`,
    [id, tx.principal.organisationId],
  );
  return revoked.length > 0;
};
