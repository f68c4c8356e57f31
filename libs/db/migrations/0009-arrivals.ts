import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { securitySql } from '../row-security';

/**
 * Patients announced before they arrive, each registered at most once and final once it ended. Facts may be told from
 * before the arrival, and hold what the infection screening was answered.
 */
export class Arrivals1764000000009 implements MigrationInterface {
  name = 'Arrivals1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table pre_notice (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  ward_id uuid not null references ward,
  state text not null default 'expected' check (state in ('expected', 'arrived', 'cancelled', 'not-arrived')),
  version int not null default 1,
  expected_at timestamptz not null,
  floor text check (floor in ('I', 'II', 'III', 'IV', 'IVa', 'IVb')),
  content_ct bytea not null,
  announced_by_kind text not null check (announced_by_kind in ('user', 'service', 'system')),
  announced_by uuid,
  announced_at timestamptz not null default clock_timestamp(),
  case_id uuid unique references cases,
  ended_at timestamptz,
  ended_by_kind text check (ended_by_kind in ('user', 'service', 'system')),
  ended_by uuid,
  reason_ct bytea,
  check ((state = 'arrived') = (case_id is not null)),
  check ((state = 'expected') = (ended_at is null) and (state = 'expected') = (ended_by_kind is null)),
  check ((state in ('cancelled', 'not-arrived')) = (reason_ct is not null))
);
create index pre_notice_expected on pre_notice (organisation_id, ward_id, expected_at) where state = 'expected';
create trigger pre_notice_final before update on pre_notice
  for each row when (old.state <> 'expected') execute function forbid_change();
create trigger pre_notice_kept before delete on pre_notice for each row execute function forbid_change();

alter table fact drop constraint fact_kind_check, drop constraint fact_source_check,
  add constraint fact_kind_check check (kind in ('assessment', 'observation', 'registration', 'screening')),
  add constraint fact_source_check check (source in ('person', 'feed', 'device', 'prehospital'));
${securitySql(['pre_notice'])}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table pre_notice;
alter table fact drop constraint fact_kind_check, drop constraint fact_source_check,
  add constraint fact_kind_check check (kind in ('assessment', 'observation', 'registration')) not valid,
  add constraint fact_source_check check (source in ('person', 'feed', 'device')) not valid;`);
  }
}
