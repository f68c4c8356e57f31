import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Who exists: organisations, wards, people, machines, sessions, settings, keys, and the append-only audit. */
export class Foundation1764000000001 implements MigrationInterface {
  name = 'Foundation1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create extension if not exists btree_gist;

create table organisation (
  id uuid primary key,
  name text not null,
  time_zone text not null,
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);

create table ward (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  code text not null,
  name text not null,
  unique (organisation_id, code)
);

create table app_user (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  login text not null unique check (login = lower(login) and login ~ '^[a-z0-9._-]{2,64}$'),
  display_name text not null,
  licence_no text,
  password_hash text not null,
  failed_logins int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

create table role_grant (
  id uuid primary key,
  user_id uuid not null references app_user,
  role text not null check (role in ('triage_nurse', 'charge_nurse', 'physician', 'bed_manager', 'ward_nurse', 'coder',
    'billing_lead', 'clinical_lead', 'system_admin', 'security_admin', 'auditor')),
  ward_id uuid references ward,
  granted_by uuid references app_user,
  granted_at timestamptz not null default now(),
  unique nulls not distinct (user_id, role, ward_id),
  check (ward_id is null or role not in ('system_admin', 'security_admin', 'auditor'))
);
-- The three administrators exclude each other: one person holds at most one of them.
create unique index role_grant_one_administrator on role_grant (user_id)
  where role in ('system_admin', 'security_admin', 'auditor');

create table session (
  id uuid primary key,
  user_id uuid not null references app_user,
  token_sha256 bytea not null unique check (length(token_sha256) = 32),
  csrf_sha256 bytea not null check (length(csrf_sha256) = 32),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  locked_at timestamptz,
  ended_at timestamptz
);
create index session_by_user on session (user_id) where ended_at is null;

create table service_account (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  name text not null,
  token_sha256 bytea not null unique check (length(token_sha256) = 32),
  scopes text[] not null check (cardinality(scopes) > 0),
  created_by uuid references app_user,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  unique (organisation_id, name)
);

create table setting (
  organisation_id uuid not null references organisation,
  name text not null,
  value jsonb not null,
  version int not null default 1,
  updated_by uuid references app_user,
  updated_at timestamptz not null default now(),
  primary key (organisation_id, name)
);

-- A temporary override to "off" (design: at most 24 hours, with reason), per process.
create table manual_switch (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  process text not null,
  reason text not null check (length(reason) between 1 and 500),
  set_by uuid not null references app_user,
  set_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references app_user,
  check (expires_at > set_at and expires_at <= set_at + interval '24 hours')
);
create index manual_switch_current on manual_switch (organisation_id, process, expires_at) where ended_at is null;

create table encryption_key (
  key_id text primary key,
  wrapped_dek bytea not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);

create table audit (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('user', 'service', 'system', 'anonymous')),
  actor_id uuid,
  actor_name text not null,
  actor_roles text[] not null default '{}',
  session_id uuid,
  request_id uuid,
  action text not null,
  entity_type text not null,
  entity_id uuid,
  case_ids uuid[] not null default '{}',
  outcome text not null check (outcome in ('done', 'refused', 'shown', 'alarm')),
  code text,
  before_sha256 text,
  after_sha256 text,
  detail jsonb not null default '{}',
  check (actor_kind = 'anonymous' or actor_kind = 'system' or actor_id is not null)
);
create index audit_entity on audit (entity_type, entity_id);
create index audit_at on audit (organisation_id, at);
create index audit_cases on audit using gin (case_ids);

create function forbid_change() returns trigger language plpgsql as $$
begin
  raise exception 'table % is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger audit_append_only before update or delete on audit for each row execute function forbid_change();
create trigger audit_no_truncate before truncate on audit for each statement execute function forbid_change();

-- What a caller was answered, so that a retry with the same Idempotency-Key gets the same body.
create table stored_reply (
  actor_id uuid not null,
  idempotency_key text not null check (length(idempotency_key) between 8 and 200),
  request_sha256 text not null,
  status int not null,
  body_ct bytea not null,
  created_at timestamptz not null default now(),
  primary key (actor_id, idempotency_key)
);

-- Starts and signals to Temporal. seq orders what one workflow is told; id is the request id Temporal dedupes by.
create table outbox (
  id uuid primary key,
  seq bigint generated always as identity unique,
  kind text not null check (kind in ('start', 'signal')),
  workflow_id text not null,
  name text not null,
  args jsonb not null,
  created_at timestamptz not null default now(),
  attempts int not null default 0,
  next_attempt_at timestamptz not null default now(),
  sent_at timestamptz,
  dead_at timestamptz,
  dead_reason text,
  check (sent_at is null or dead_at is null)
);
create index outbox_unsent on outbox (seq) where sent_at is null and dead_at is null;
create index outbox_dead on outbox (dead_at) where dead_at is not null;
create index outbox_unsent_workflow on outbox (workflow_id, seq) where sent_at is null and dead_at is null;

-- What changed, ids only, for browsers. One publisher numbers rows after their commit; the number is the SSE event id.
create table change_feed (
  id uuid primary key,
  feed_seq bigint unique,
  organisation_id uuid not null references organisation,
  ward_id uuid references ward,
  topic text not null,
  entity_id uuid not null,
  at timestamptz not null default clock_timestamp()
);
create index change_feed_unpublished on change_feed (at) where feed_seq is null;
create sequence change_feed_number;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop sequence change_feed_number; drop table change_feed, outbox, stored_reply, audit, encryption_key, manual_switch, setting,
  service_account, session, role_grant, app_user, ward, organisation; drop function forbid_change;`);
  }
}
