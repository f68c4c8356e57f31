import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The ledger: patients and visits, cases and their facts, reviews with drafts, signatures and one decision each. */
export class Ledger1764000000002 implements MigrationInterface {
  name = 'Ledger1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table patient (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  name_ct bytea not null,
  birth_date_ct bytea,
  phone_ct bytea,
  address_ct bytea,
  sex text not null check (sex in ('female', 'male', 'other', 'unknown')),
  age_days int check (age_days between 0 and 54750),
  age_estimated boolean not null default false,
  unidentified boolean not null default false,
  merged_into uuid references patient check (merged_into <> id),
  version int not null default 1,
  created_at timestamptz not null default now()
);

create table patient_identifier (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  patient_id uuid not null references patient,
  authority text not null,
  type text not null,
  value_ct bytea not null,
  value_index bytea not null,
  alias_of uuid references patient,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create unique index patient_identifier_live on patient_identifier (organisation_id, authority, value_index)
  where retired_at is null;
create index patient_identifier_patient on patient_identifier (patient_id);

create table visit (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  patient_id uuid not null references patient,
  ward_id uuid references ward,
  class text not null check (class in ('emergency', 'inpatient', 'outpatient', 'other')),
  number_ct bytea,
  number_index bytea,
  arrived_at timestamptz not null,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  unique (organisation_id, number_index)
);
create index visit_patient on visit (patient_id);

create table cases (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  ward_id uuid not null references ward,
  process text not null,
  patient_id uuid not null references patient,
  visit_id uuid not null references visit,
  state text not null,
  version int not null default 1,
  opened_by_kind text not null check (opened_by_kind in ('user', 'service', 'system')),
  opened_by uuid,
  opened_at timestamptz not null default now(),
  ended_at timestamptz,
  corrects uuid references cases check (corrects <> id),
  correction_reason text,
  check ((corrects is null) = (correction_reason is null))
);
create index cases_open on cases (organisation_id, process, ward_id) where ended_at is null;
create index cases_patient on cases (patient_id);

create table fact (
  id uuid primary key,
  seq bigint generated always as identity unique,
  case_id uuid not null references cases,
  kind text not null check (kind in ('assessment', 'observation', 'registration')),
  source text not null check (source in ('person', 'feed', 'device')),
  sha256 text not null check (length(sha256) = 64),
  content_ct bytea not null,
  vitals jsonb not null default '{}',
  effective_at timestamptz not null,
  recorded_by_kind text not null check (recorded_by_kind in ('user', 'service', 'system')),
  recorded_by uuid,
  recorded_at timestamptz not null default clock_timestamp()
);
create index fact_case on fact (case_id, seq);
create trigger fact_append_only before update or delete on fact for each row execute function forbid_change();

create table review (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisation,
  ward_id uuid not null references ward,
  process text not null,
  step text not null,
  round int not null check (round >= 1),
  state text not null default 'open' check (state in ('open', 'awaiting-second', 'decided', 'withdrawn')),
  version int not null default 1,
  fact_id uuid not null references fact,
  floor text,
  requested_by uuid references app_user,
  opened_at timestamptz not null default now(),
  manual_at timestamptz not null,
  due_at timestamptz not null,
  draft_version int not null default 0,
  draft_sha256 text,
  draft_failed_code text,
  redraft_round int not null default 0,
  claimed_by uuid references app_user,
  lease_expires_at timestamptz,
  deferred_until timestamptz,
  decided_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  unique (case_id, step, round),
  unique (id, state),
  check ((draft_version = 0) = (draft_sha256 is null)),
  check ((claimed_by is null) = (lease_expires_at is null)),
  check ((state = 'decided') = (decided_at is not null)),
  check ((state = 'withdrawn') = (withdrawn_at is not null)),
  check (state in ('open', 'awaiting-second') or claimed_by is null)
);
-- One open review per gate of a case: a second round waits until the first is decided.
create unique index review_one_open on review (case_id, step) where state in ('open', 'awaiting-second');
create index review_worklist on review (organisation_id, process, due_at) where state in ('open', 'awaiting-second');

create function review_transition() returns trigger language plpgsql as $$
begin
  if old.state in ('decided', 'withdrawn') and new is distinct from old then
    raise exception 'review % is final', old.id using errcode = 'restrict_violation';
  end if;
  if new.version < old.version or new.draft_version < old.draft_version or new.redraft_round < old.redraft_round then
    raise exception 'review % would go back', old.id using errcode = 'restrict_violation';
  end if;
  if new.state <> old.state and new.version <> old.version + 1 then
    raise exception 'review % changes its state without its version', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger review_final before update on review for each row execute function review_transition();

create table draft (
  id uuid primary key,
  review_id uuid not null references review,
  version int not null check (version >= 1),
  sha256 text not null check (length(sha256) = 64),
  content_ct bytea not null,
  raw_ct bytea,
  record jsonb not null,
  redraft_round int not null default 0,
  based_on_fact uuid not null references fact,
  shown boolean not null,
  created_at timestamptz not null default clock_timestamp(),
  unique (review_id, version),
  unique (review_id, version, sha256),
  unique (review_id, redraft_round)
);
create trigger draft_append_only before update or delete on draft for each row execute function forbid_change();
-- What a review offers is a draft of its own, digest and all (without a draft both are null or 0, and nothing is checked).
alter table review add constraint review_offers_own_draft
  foreign key (id, draft_version, draft_sha256) references draft (review_id, version, sha256);

-- A fact that overtakes what an open review shows; signing needs it acknowledged.
create table review_stale_fact (
  review_id uuid not null references review,
  fact_id uuid not null references fact,
  draft_version int not null,
  cause text not null check (cause in ('floor-changed', 'entered-by-person')),
  created_at timestamptz not null default clock_timestamp(),
  primary key (review_id, fact_id)
);

create table review_event (
  id uuid primary key,
  seq bigint generated always as identity unique,
  review_id uuid not null references review,
  kind text not null check (kind in ('claimed', 'released', 'reassigned', 'judged', 'redraft-asked', 'deferred', 'escalated',
    'declined', 'first-signature-withdrawn', 'first-signature-stale', 'draft-offered', 'draft-failed', 'draft-stale',
    'overridden-mode', 'floor-raised')),
  by_kind text not null check (by_kind in ('user', 'service', 'system')),
  by_id uuid references app_user,
  unique_key text,
  data jsonb not null default '{}',
  note_ct bytea,
  at timestamptz not null default clock_timestamp(),
  unique (review_id, unique_key)
);
create index review_event_review on review_event (review_id, seq);
create trigger review_event_append_only before update or delete on review_event for each row execute function forbid_change();

-- What a person was shown and when: the base of "seconds open", of "decide, then reveal" and of what may be signed.
create table review_view (
  review_id uuid not null references review,
  user_id uuid not null references app_user,
  first_at timestamptz not null default clock_timestamp(),
  last_at timestamptz not null default clock_timestamp(),
  last_sha256 text not null,
  draft_first_shown_at timestamptz,
  draft_version_shown int not null default 0,
  review_version_shown int not null default 0,
  fact_seq_shown bigint not null default 0,
  primary key (review_id, user_id)
);

create table judgement (
  id uuid primary key,
  review_id uuid not null references review,
  user_id uuid not null references app_user,
  content_ct bytea not null,
  sha256 text not null check (length(sha256) = 64),
  at timestamptz not null default clock_timestamp(),
  unique (review_id, user_id)
);
create trigger judgement_append_only before update or delete on judgement for each row execute function forbid_change();

create table signature (
  id uuid primary key,
  review_id uuid not null references review,
  user_id uuid not null references app_user,
  sequence int not null check (sequence in (1, 2)),
  action text not null check (action in ('approve', 'amend', 'manual', 'reject')),
  role text not null,
  printed_name text not null,
  licence_no text,
  meaning text not null check (meaning in ('authored', 'verified-AI-draft', 'overridden', 'co-signed', 'rejected')),
  method text not null check (method in ('session', 'password')),
  draft_version int not null default 0,
  draft_sha256 text,
  content_ct bytea not null,
  content_sha256 text not null check (length(content_sha256) = 64),
  reason_code text,
  reason_ct bytea,
  provenance jsonb not null,
  signed_at timestamptz not null default clock_timestamp(),
  voided_at timestamptz,
  voided_reason text,
  unique (id, review_id, content_sha256),
  foreign key (review_id, draft_version, draft_sha256) references draft (review_id, version, sha256),
  check ((voided_at is null) = (voided_reason is null)),
  check ((draft_version = 0) = (draft_sha256 is null))
);
create unique index signature_one_each on signature (review_id, sequence) where voided_at is null;
create unique index signature_other_person on signature (review_id, user_id) where voided_at is null;

create function signature_only_voided() returns trigger language plpgsql as $$
declare n signature%rowtype := new;
begin
  n.voided_at := old.voided_at; n.voided_reason := old.voided_reason;
  if n is distinct from old or old.voided_at is not null then
    raise exception 'a signature can only be voided, once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger signature_void before update on signature for each row execute function signature_only_voided();
create trigger signature_no_delete before delete on signature for each row execute function forbid_change();

create table decision (
  id uuid primary key,
  review_id uuid not null unique,
  review_state text not null default 'decided' check (review_state = 'decided'),
  review_version int not null,
  action text not null check (action in ('approve', 'amend', 'manual', 'reject')),
  draft_version int not null default 0,
  draft_sha256 text,
  content_sha256 text not null check (length(content_sha256) = 64),
  first_signature uuid not null unique,
  second_signature uuid unique,
  decided_by uuid not null references app_user,
  decided_at timestamptz not null default clock_timestamp(),
  committed_at timestamptz,
  foreign key (review_id, review_state) references review (id, state) deferrable initially deferred,
  foreign key (review_id, draft_version, draft_sha256) references draft (review_id, version, sha256),
  foreign key (first_signature, review_id, content_sha256) references signature (id, review_id, content_sha256),
  foreign key (second_signature, review_id, content_sha256) references signature (id, review_id, content_sha256),
  check ((draft_version = 0) = (draft_sha256 is null)),
  check (action in ('manual', 'reject') or draft_version > 0),
  check (second_signature is null or second_signature <> first_signature)
);
create index decision_uncommitted on decision (decided_at) where committed_at is null;

create function decision_final() returns trigger language plpgsql as $$
declare n decision%rowtype := new;
begin
  n.committed_at := old.committed_at;
  if n is distinct from old or (old.committed_at is not null and new.committed_at is distinct from old.committed_at) then
    raise exception 'decision % is final', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger decision_is_final before update on decision for each row execute function decision_final();
create trigger decision_no_delete before delete on decision for each row execute function forbid_change();

-- The other direction, checked at commit: an open review has no live signature, one that waits has exactly the first,
-- a decided one has a decision over its live signatures.
create function review_agrees(which uuid) returns void language plpgsql as $$
declare
  stands text; signed int[]; decided uuid[];
begin
  select state into stands from review where id = which;
  signed := array(select sequence from signature where review_id = which and voided_at is null order by sequence);
  select array_remove(array[first_signature, second_signature], null) into decided from decision where review_id = which;
  if stands = 'open' and signed <> '{}' or stands = 'awaiting-second' and signed <> '{1}' then
    raise exception 'review % is % with signatures %', which, stands, signed using errcode = 'restrict_violation';
  end if;
  if stands = 'decided' and (decided is null or decided <> array(
      select id from signature where review_id = which and voided_at is null order by sequence)) then
    raise exception 'review % decided without a decision over its signatures', which using errcode = 'restrict_violation';
  end if;
end $$;
create function review_row_agrees() returns trigger language plpgsql as $$ begin perform review_agrees(new.id); return null; end $$;
create function signature_row_agrees() returns trigger language plpgsql as $$ begin perform review_agrees(new.review_id); return null; end $$;
create constraint trigger review_agrees_with_signatures after insert or update of state on review
  deferrable initially deferred for each row execute function review_row_agrees();
create constraint trigger signature_agrees_with_review after insert or update on signature
  deferrable initially deferred for each row execute function signature_row_agrees();

create table amendment (
  review_id uuid not null references review,
  user_id uuid not null references app_user,
  content_ct bytea not null,
  version int not null default 1,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (review_id, user_id)
);

create table case_move (
  id uuid primary key,
  seq bigint generated always as identity unique,
  case_id uuid not null references cases,
  move text not null,
  from_state text not null,
  to_state text not null,
  before jsonb not null default '{}',
  by_kind text not null check (by_kind in ('user', 'service', 'system')),
  by_id uuid references app_user,
  reason_ct bytea,
  undoes uuid unique references case_move,
  at timestamptz not null default clock_timestamp()
);
create index case_move_case on case_move (case_id, seq);
create trigger case_move_append_only before update or delete on case_move for each row execute function forbid_change();

create table task (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisation,
  ward_id uuid not null references ward,
  kind text not null,
  unique_key text not null unique,
  due_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  done_at timestamptz,
  done_by uuid references app_user,
  cancelled_at timestamptz,
  check (done_at is null or cancelled_at is null)
);
create index task_open on task (organisation_id, ward_id, due_at) where done_at is null and cancelled_at is null;
create index task_case on task (case_id);

-- Something a role must be told: breach warnings, escalations, raised floors, alarms. Ids and codes only.
create table notice (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  ward_id uuid references ward,
  case_id uuid references cases,
  review_id uuid references review,
  kind text not null,
  audience text not null,
  unique_key text not null unique,
  data jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  acknowledged_at timestamptz,
  acknowledged_by uuid references app_user
);
create index notice_open on notice (organisation_id, audience, created_at) where acknowledged_at is null;
create index notice_case on notice (case_id);

create table inbound_message (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  source_key bytea,
  sha256 text not null,
  raw_ct bytea not null,
  event text,
  occurred_at timestamptz,
  message_at timestamptz,
  received_at timestamptz not null default clock_timestamp(),
  outcome text not null check (outcome in ('applied', 'ignored', 'dead')),
  reason text,
  answer text not null check (answer in ('AA', 'AE', 'AR')),
  case_id uuid references cases,
  visit_id uuid references visit,
  check (outcome = 'applied' or reason is not null)
);
create unique index inbound_message_once on inbound_message (organisation_id, source_key)
  where source_key is not null and outcome <> 'dead';
create index inbound_message_visit on inbound_message (visit_id, received_at) where outcome = 'applied';
create index inbound_message_dead on inbound_message (received_at) where outcome = 'dead';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table inbound_message, notice, task, case_move, amendment, decision, signature, judgement, review_view, review_event,
  review_stale_fact, draft, review, fact, cases, visit, patient_identifier, patient;
drop function review_row_agrees, signature_row_agrees, review_agrees, decision_final, signature_only_voided, review_transition;`);
  }
}
