import { type DataSource } from 'typeorm';

/** What the application role may do beyond SELECT and INSERT; whatever is not named here is append-only to it. */
const updates: Readonly<Record<string, string>> = {
  app_user:
    '(display_name, licence_no, password_hash, password_temporary_since, failed_logins, locked_until, disabled_at)',
  session: '(last_seen_at, locked_at, ended_at)',
  service_account: '(revoked_at)',
  kiosk: '(revoked_at)',
  setting: '(value, version, updated_by, updated_at)',
  manual_switch: '(ended_at, ended_by)',
  outbox: '(attempts, next_attempt_at, sent_at, dead_at, dead_reason)',
  change_feed: '(feed_seq)',
  patient: '',
  patient_identifier: '(alias_of, retired_at)',
  visit: '(ward_id, class, ended_at, patient_id)',
  cases: '(ward_id, state, version, ended_at)',
  review: '',
  review_view: '',
  signature: '(voided_at, voided_reason)',
  decision: '(committed_at)',
  amendment: '',
  task: '(done_at, done_by, cancelled_at)',
  inbound_message: '(resolved_at)',
  pre_notice: '(state, version, expected_at, floor, content_ct, case_id, ended_at, ended_by_kind, ended_by, reason_ct)',
  person_preferences: '(content, version, updated_at)',
  saved_filter: '(name_index, content_ct, version, updated_at)',
  notice: '(acknowledged_at, acknowledged_by)',
  shift_handover_item: '(answer, answered_at)',
  triage_case: '',
  ticket_counter: '',
  admission_request: '(state)',
  encryption_key: '(retired_at)',
  worker_heartbeat: '(beat_at, state, temporal, queues, model)',
};

const deletes = [
  'role_grant',
  'change_feed',
  'stored_reply',
  'outbox',
  'amendment',
  'saved_filter',
  'worker_heartbeat',
];

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Gives the application role its rights on the migrated schema; it owns nothing. Runs after every migration. */
export const grantApplicationRole = async (source: DataSource, role: string): Promise<void> => {
  const to = quoted(role);
  await source.transaction(async (manager) => {
    await manager.query(`revoke all on all tables in schema public from ${to}`);
    await manager.query(`grant usage on schema public to ${to}`);
    await manager.query(`grant select, insert on all tables in schema public to ${to}`);
    await manager.query(`revoke insert on migrations from ${to}`);
    await manager.query(`grant usage on all sequences in schema public to ${to}`);
    for (const [table, columns] of Object.entries(updates))
      await manager.query(`grant update ${columns} on ${table} to ${to}`);
    await manager.query(`grant delete on ${deletes.join(', ')} to ${to}`);
  });
};
