import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { noOrganisation } from '#libs/auth/principal';
import { securitySql } from '../row-security';

const tables = `patient patient_identifier visit cases triage_case fact case_move admission_request task notice review
  draft review_stale_fact review_event review_view judgement signature decision amendment inbound_message audit
  stored_reply outbox change_feed`.split(/\s+/);

/* A body that sees more than whoever acts, and leaves the setting as it found it; a throw ends the transaction anyway. */
const seeing = (setting: string, value: string, body: string): string => `
declare acting text := current_setting('countersign.${setting}', true);
begin
  perform set_config('countersign.${setting}', '${value}', true);
  ${body}
  perform set_config('countersign.${setting}', coalesce(acting, ''), true);`;

const seeingAll = (body: string): string => seeing('organisation', noOrganisation, body);

/** Row security: of the tables with patients' rows each principal reaches those of their organisation and wards. */
export class RowSecurity1764000000004 implements MigrationInterface {
  name = 'RowSecurity1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(securitySql(tables));
    await runner.query(`
-- The checks at commit see every row, whoever acts then: a row out of their sight would pass unchecked.
create or replace function review_row_agrees() returns trigger language plpgsql as $$
  ${seeingAll('perform review_agrees(new.id);')} return null; end $$;
create or replace function signature_row_agrees() returns trigger language plpgsql as $$
  ${seeingAll('perform review_agrees(new.review_id);')} return null; end $$;

-- Which case of the organisation corrects a case, on whatever ward: a record is corrected once.
create function correction_of(corrected uuid, out correction uuid) language plpgsql as $$
  ${seeing('wards', '*', 'select id into correction from cases where corrects = corrected order by opened_at desc limit 1;')}
end $$;
create index cases_corrects on cases (corrects) where corrects is not null;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables)
      await runner.query(`drop policy reach on ${table};
        alter table ${table} disable row level security, no force row level security;`);
    await runner.query(`
drop index cases_corrects; drop function correction_of;
create or replace function review_row_agrees() returns trigger language plpgsql as $$ begin perform review_agrees(new.id); return null; end $$;
create or replace function signature_row_agrees() returns trigger language plpgsql as $$ begin perform review_agrees(new.review_id); return null; end $$;
drop function acting_actor, acting_wards, acting_everywhere, acting_organisation, acting_for_installation;`);
  }
}
