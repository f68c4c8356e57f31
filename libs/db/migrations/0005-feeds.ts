import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * What a stored message needs to be taken again: in what it was read, on whose behalf, and whether that was settled.
 * What was known of a patient before they were merged into another.
 */
export class Feeds1764000000005 implements MigrationInterface {
  name = 'Feeds1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table inbound_message
  add column default_charset text not null default 'utf-8' check (default_charset in ('utf-8', 'gb18030')),
  add column service_account_id uuid references service_account,
  add column resolved_at timestamptz check (resolved_at is null or outcome = 'dead');
update inbound_message m set service_account_id =
  (select a.actor_id from audit a where a.entity_type = 'message' and a.entity_id = m.id and a.actor_kind = 'service' limit 1);
alter table patient add column before_merge_ct bytea;
create index inbound_message_open on inbound_message (organisation_id, id) where outcome = 'dead' and resolved_at is null;
create index inbound_message_bytes on inbound_message (organisation_id, sha256) where outcome = 'dead';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table inbound_message drop column default_charset, drop column service_account_id, drop column resolved_at;
alter table patient drop column before_merge_ct;`);
  }
}
