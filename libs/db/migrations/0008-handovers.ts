import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { securitySql } from '../row-security';

/** Shift handovers: who gave which review to whom, and what the receiver answered; a notice may be for one person. */
export class Handovers1764000000008 implements MigrationInterface {
  name = 'Handovers1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table shift_handover (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  given_by uuid not null references app_user,
  session_id uuid not null references session,
  note_ct bytea,
  given_at timestamptz not null default clock_timestamp()
);
create index shift_handover_giver on shift_handover (given_by, given_at desc);
create trigger shift_handover_append_only before update or delete on shift_handover
  for each row execute function forbid_change();

-- No receiver: given back to whoever may sign it. What was answered stays answered.
create table shift_handover_item (
  handover_id uuid not null references shift_handover,
  review_id uuid not null references review,
  receiver_id uuid references app_user,
  answer text check (answer in ('accepted', 'declined')),
  answered_at timestamptz,
  primary key (handover_id, review_id),
  check ((answer is null) = (answered_at is null)),
  check (answer is null or receiver_id is not null)
);
create index shift_handover_item_review on shift_handover_item (review_id);
create index shift_handover_item_offered on shift_handover_item (receiver_id) where answer is null;
create function handover_answered_once() returns trigger language plpgsql as $$
begin
  if old.answer is not null then
    raise exception 'the offer of review % is answered', old.review_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger shift_handover_item_answered before update on shift_handover_item
  for each row execute function handover_answered_once();
create trigger shift_handover_item_kept before delete on shift_handover_item
  for each row execute function forbid_change();

alter table notice add column recipient_id uuid references app_user;
alter table review_event drop constraint review_event_kind_check, add constraint review_event_kind_check
  check (kind in ('claimed', 'released', 'reassigned', 'judged', 'redraft-asked', 'deferred', 'escalated',
    'declined', 'first-signature-withdrawn', 'first-signature-stale', 'draft-offered', 'draft-failed', 'draft-stale',
    'overridden-mode', 'floor-raised', 'handed-over', 'handover-accepted', 'handover-declined'));
${securitySql(['shift_handover', 'shift_handover_item'])}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table notice drop column recipient_id;
drop table shift_handover_item; drop table shift_handover; drop function handover_answered_once();`);
  }
}
