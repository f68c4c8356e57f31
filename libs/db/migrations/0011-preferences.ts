import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { securitySql } from '../row-security';

/** What a person's screens keep on the server: preferences and saved filters, of nobody's sight but their own. */
export class Preferences1764000000011 implements MigrationInterface {
  name = 'Preferences1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Words of fixed lists, times and ids: nothing here is free text.
create table person_preferences (
  user_id uuid primary key references app_user,
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  version int not null default 1,
  updated_at timestamptz not null default clock_timestamp()
);

-- Names and searched words are typed by people at work on patients, so they are encrypted like their notes.
create table saved_filter (
  id uuid primary key,
  user_id uuid not null references app_user,
  screen text not null,
  name_index bytea not null,
  content_ct bytea not null,
  version int not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (user_id, screen, name_index)
);

-- The first signatures of a period, for the figures of a unit.
create index signature_first on signature (signed_at) where sequence = 1 and voided_at is null;
${securitySql(['person_preferences', 'saved_filter'])}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index signature_first; drop table saved_filter; drop table person_preferences;');
  }
}
