import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * What each worker process says of itself now and then: the API talks to PostgreSQL alone and could not tell otherwise who
 * works. And indexes by time for the figures of a day, which would read the whole ledger without them.
 */
export class WorkerHeartbeats1764000000014 implements MigrationInterface {
  name = 'WorkerHeartbeats1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table worker_heartbeat (
  id uuid primary key,
  host text not null,
  pid int not null,
  version text not null,
  started_at timestamptz not null,
  beat_at timestamptz not null default clock_timestamp(),
  state text not null check (state in ('waiting', 'running', 'stopped')),
  temporal text not null,
  queues text[] not null,
  model jsonb
);
create index worker_heartbeat_beat on worker_heartbeat (beat_at);
create index decision_decided on decision (decided_at);
create index draft_created on draft (created_at);
create index review_event_draft_failed on review_event (at) where kind = 'draft-failed';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table worker_heartbeat;
drop index decision_decided, draft_created, review_event_draft_failed;`);
  }
}
