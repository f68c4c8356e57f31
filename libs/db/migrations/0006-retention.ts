import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Finds the oldest kept replies without a look at all of them; a block range index costs a writer next to nothing. */
export class Retention1764000000006 implements MigrationInterface {
  name = 'Retention1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index stored_reply_created on stored_reply using brin (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index stored_reply_created');
  }
}
