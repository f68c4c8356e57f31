import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * A hospital's own rule packs: each edit is a new version of the whole set, in force from the moment its approval names.
 * Nothing is ever overwritten; another person than the editor approves, which the keys hold to.
 */
export class RulePacks1764000000007 implements MigrationInterface {
  name = 'RulePacks1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table rule_pack_set (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  number int not null check (number > 0),
  content jsonb not null,
  sha256 text not null check (length(sha256) = 64),
  note text not null check (note <> ''),
  restores int check (restores < number),
  edited_by uuid not null references app_user,
  edited_at timestamptz not null default clock_timestamp(),
  unique (organisation_id, number),
  unique (id, organisation_id, edited_by),
  foreign key (organisation_id, restores) references rule_pack_set (organisation_id, number)
);
create trigger rule_pack_set_append_only before update or delete on rule_pack_set
  for each row execute function forbid_change();

create table rule_pack_approval (
  set_id uuid primary key,
  organisation_id uuid not null,
  edited_by uuid not null,
  approved_by uuid not null references app_user check (approved_by <> edited_by),
  approver_name text not null,
  approved_at timestamptz not null,
  effective_from timestamptz not null check (effective_from >= approved_at),
  foreign key (set_id, organisation_id, edited_by) references rule_pack_set (id, organisation_id, edited_by)
);
create index rule_pack_approval_effective on rule_pack_approval (organisation_id, effective_from desc);
create trigger rule_pack_approval_append_only before update or delete on rule_pack_approval
  for each row execute function forbid_change();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rule_pack_approval; drop table rule_pack_set;');
  }
}
