import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Finds when a person signed last: signatures given faster than anybody reads are told apart. */
export class Haste1764000000010 implements MigrationInterface {
  name = 'Haste1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index signature_of_person on signature (user_id, signed_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index signature_of_person');
  }
}
