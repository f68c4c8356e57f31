import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The triage desk's own table: each patient's place in the queue, and what an admission leaves for the bed desk. */
export class Triage1764000000003 implements MigrationInterface {
  name = 'Triage1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table triage_case (
  case_id uuid primary key references cases,
  ticket_no int, -- null only within the transaction that registers, see triage_case_has_ticket
  ticket_day date not null,
  ward_id uuid not null references ward,
  room text,
  arrived_at timestamptz not null,
  straight_to_resus boolean not null default false,
  floor text check (floor in ('I', 'II', 'III', 'IV', 'IVa', 'IVb')),
  level text check (level in ('I', 'II', 'III', 'IV', 'IVa', 'IVb')),
  decided_level text check (decided_level in ('I', 'II', 'III', 'IV', 'IVa', 'IVb')),
  provisional boolean not null default true,
  clock_started_at timestamptz,
  limit_seconds int check (limit_seconds >= 0),
  retriage_seconds int check (retriage_seconds > 0),
  early_warning int not null default 0,
  early_warning_incomplete boolean not null default true,
  red_score boolean not null default false,
  special_group boolean not null default false,
  last_assessed_at timestamptz,
  disposition text check (disposition in ('home', 'admitted', 'transferred', 'died', 'left')),
  disposition_at timestamptz,
  decision_id uuid references decision,
  unique (ward_id, ticket_day, ticket_no),
  check ((disposition is null) = (disposition_at is null)),
  check (level is null or clock_started_at is not null),
  check (provisional or decided_level is not null)
);

-- The number is drawn last, because whoever draws one holds the desk's counter until the commit.
create function require_ticket() returns trigger language plpgsql as $$
begin
  if (select ticket_no from triage_case where case_id = new.case_id) is null then
    raise exception 'case % has no ticket', new.case_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger triage_case_has_ticket after insert or update of ticket_no on triage_case
  deferrable initially deferred for each row execute function require_ticket();

-- The last ticket number given at a desk on a day.
create table ticket_counter (
  ward_id uuid not null references ward,
  day date not null,
  last int not null,
  primary key (ward_id, day)
);

create table admission_request (
  id uuid primary key,
  case_id uuid not null unique references cases,
  organisation_id uuid not null references organisation,
  requested_by uuid references app_user,
  requested_at timestamptz not null default clock_timestamp(),
  state text not null default 'requested' check (state in ('requested', 'taken', 'cancelled'))
);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table admission_request, ticket_counter, triage_case; drop function require_ticket();');
  }
}
