import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Boards on a wall: each with a token that reads one board of one ward, from named addresses, until it is revoked. */
export class Kiosks1764000000012 implements MigrationInterface {
  name = 'Kiosks1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table kiosk (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  ward_id uuid not null references ward,
  name text not null,
  kind text not null check (kind in ('public-queue', 'staff-wallboard')),
  names text check (names in ('number-only', 'masked')),
  addresses text[] not null default '{}',
  token_sha256 bytea not null unique check (length(token_sha256) = 32),
  created_by uuid references app_user,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  revoked_at timestamptz,
  check ((kind = 'public-queue') = (names is not null))
);
-- A screen that lost its token gets another one under its old name.
create unique index kiosk_name on kiosk (organisation_id, name) where revoked_at is null;
create trigger kiosk_revoked_for_good before update on kiosk
  for each row when (old.revoked_at is not null) execute function forbid_change();
create trigger kiosk_kept before delete on kiosk for each row execute function forbid_change();

alter table audit drop constraint audit_actor_kind_check, add constraint audit_actor_kind_check
  check (actor_kind in ('user', 'service', 'kiosk', 'system', 'anonymous'));`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table kiosk;
alter table audit drop constraint audit_actor_kind_check, add constraint audit_actor_kind_check
  check (actor_kind in ('user', 'service', 'system', 'anonymous')) not valid;`);
  }
}
