const made = `made as (
select * from jsonb_to_recordset($1::jsonb) as made (number int, stage text, level text, limit_seconds int,
  retriage_seconds int, arrived_at timestamptz, ended_at timestamptz, ticket_day date, patient_id uuid, identifier_id uuid,
  visit_id uuid, case_id uuid, review_id uuid, signature_id uuid, decision_id uuid, name_ct bytea, value_ct bytea,
  value_index bytea, signed_ct bytea, signed_sha256 text, facts jsonb)),
here as (select $2::uuid organisation, $3::uuid ward, id nurse, display_name nurse_name from app_user where id = $4::uuid)`;

const inserts = [
  `insert into patient (id, organisation_id, name_ct, sex, age_days, created_at)
select patient_id, organisation, name_ct, case number % 2 when 0 then 'male' else 'female' end, 7000 + (number * 131) % 24000,
  arrived_at from made, here`,
  `insert into patient_identifier (id, organisation_id, patient_id, authority, type, value_ct, value_index, created_at)
select identifier_id, organisation, patient_id, 'bench', 'MR', value_ct, value_index, arrived_at from made, here`,
  `insert into visit (id, organisation_id, patient_id, ward_id, class, arrived_at, ended_at, created_at)
select visit_id, organisation, patient_id, ward, 'emergency', arrived_at, ended_at, arrived_at from made, here`,
  `insert into cases (id, organisation_id, ward_id, process, patient_id, visit_id, state, version, opened_by_kind, opened_by,
  opened_at, ended_at)
select case_id, organisation, ward, 'triage', patient_id, visit_id, stage,
  case stage when 'closed' then 6 when 'waiting' then 3 else 2 end, 'user', nurse, arrived_at, ended_at from made, here`,
  `insert into fact (id, case_id, kind, source, sha256, content_ct, vitals, effective_at, recorded_by_kind, recorded_by,
  recorded_at)
select f.id, case_id, 'assessment', 'person', f.sha256, f.content_ct, f.vitals, f.at, 'user', nurse, f.at
from made, here, jsonb_to_recordset(facts) as f (id uuid, sha256 text, content_ct bytea, vitals jsonb, at timestamptz)`,
  `insert into review (id, case_id, organisation_id, ward_id, process, step, round, state, version, fact_id, floor,
  requested_by, opened_at, manual_at, due_at, decided_at)
select review_id, case_id, organisation, ward, 'triage', 'acuity', 1, case stage when 'assessing' then 'open' else 'decided' end,
  case stage when 'assessing' then 1 else 2 end, (facts -> 0 ->> 'id')::uuid, level, nurse, arrived_at, arrived_at,
  arrived_at + interval '5 min', case when stage <> 'assessing' then arrived_at + interval '2 min' end from made, here`,
  `insert into signature (id, review_id, user_id, sequence, action, role, printed_name, meaning, method, content_ct,
  content_sha256, provenance, signed_at)
select signature_id, review_id, nurse, 1, 'manual', 'triage_nurse', nurse_name, 'authored', 'session', signed_ct,
  signed_sha256, '{}', arrived_at + interval '2 min' from made, here where stage <> 'assessing'`,
  `insert into decision (id, review_id, review_version, action, content_sha256, first_signature, decided_by, decided_at,
  committed_at)
select decision_id, review_id, 2, 'manual', signed_sha256, signature_id, nurse, arrived_at + interval '2 min',
  arrived_at + interval '2 min' from made, here where stage <> 'assessing'`,
  `insert into triage_case (case_id, ticket_no, ticket_day, ward_id, arrived_at, floor, level, decided_level, provisional,
  clock_started_at, limit_seconds, retriage_seconds, early_warning, early_warning_incomplete, red_score, special_group,
  last_assessed_at, disposition, disposition_at, decision_id)
select case_id, number, ticket_day, ward, arrived_at, level, level, case when stage <> 'assessing' then level end,
  stage = 'assessing', arrived_at, limit_seconds, retriage_seconds, number % 7, false, number % 11 = 0, number % 13 = 0,
  arrived_at, case stage when 'closed' then 'home' end, ended_at, case when stage <> 'assessing' then decision_id end
from made, here`,
  `insert into case_move (id, case_id, move, from_state, to_state, by_kind, by_id, at)
select gen_random_uuid(), case_id, m.move, m.of, m.to, 'user', nurse, ended_at - m.before
from made, here, (values ('call', 'waiting', 'called', interval '20 min'), ('see', 'called', 'seen', interval '19 min'),
  ('close', 'seen', 'closed', interval '0 min')) m (move, of, "to", before) where stage = 'closed'`,
  `insert into audit (id, organisation_id, at, actor_kind, actor_id, actor_name, actor_roles, action, entity_type, entity_id,
  case_ids, outcome)
select gen_random_uuid(), organisation, arrived_at, 'user', nurse, nurse_name, '{triage_nurse}', a.action, 'case', case_id,
  array[case_id], 'done'
from made, here, unnest('{triage.register,triage.assess,review.manual}'::text[]) a (action)
where a.action <> 'review.manual' or stage <> 'assessing'`,
];

/**
 * What registering, assessing, signing and moving patients would have left, one statement for each table in the order of
 * their foreign keys. Parameters: made-up cases (JSON), organisation, ward, nurse.
 */
export const seedSql: readonly string[] = inserts.map((insert) => `with ${made}\n${insert}`);

/** Whoever registers afterwards draws a ticket that no made-up case has: ward, day, last number. */
export const counterSql = `
insert into ticket_counter (ward_id, day, last) values ($1, $2, $3) on conflict (ward_id, day) do update set last = excluded.last`;
