import { type Command } from 'commander';
import { migrate, type MigrationStatus, migrationStatus } from '#libs/db/migrate';
import { loadOrExit } from '../load-or-exit';

const print = ({ applied, pending }: MigrationStatus): void => {
  console.log(`${applied.length} migration(s) applied, ${pending.length} pending`);
  pending.forEach((name) => console.log(`  pending: ${name}`));
};

/** Adds `db migrate` and `db status`; both use the owner's connection, which the running product never has. */
export const registerDb = (program: Command): void => {
  const db = program.command('db').description('the schema of the ledger');
  db.command('migrate')
    .description('bring the schema up to date and give the application role its rights')
    .action(async () => {
      const { database } = loadOrExit('migrate');
      const role = database.url === undefined ? undefined : decodeURIComponent(new URL(database.url).username);
      print(await migrate({ url: database.migrationUrl, applicationRole: role }));
    });
  db.command('status')
    .description('say which migrations ran and which wait; exit code 1 while any waits')
    .action(async () => {
      const status = await migrationStatus(loadOrExit('migrate').database.migrationUrl);
      print(status);
      process.exitCode = status.pending.length > 0 ? 1 : 0;
    });
};
