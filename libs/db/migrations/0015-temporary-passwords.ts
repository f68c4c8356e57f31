import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Since when a person's password is one that somebody else knows; null once they have chosen their own. */
export class TemporaryPasswords1764000000015 implements MigrationInterface {
  name = 'TemporaryPasswords1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table app_user add column password_temporary_since timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table app_user drop column password_temporary_since');
  }
}
