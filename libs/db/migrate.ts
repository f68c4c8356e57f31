import { createDataSource } from './data-source';
import { actingForInstallation } from './for-installation';
import { grantApplicationRole } from './grants';

/** How far the schema is: names of the migrations that ran, and of those that wait. */
export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

/** Who migrates (the owner's URL) and for whom (the name of the application's role; absent: no grants are made). */
export interface MigrationOptions {
  readonly url: string;
  readonly applicationRole?: string | undefined;
}

/** Brings the schema up to date, one transaction a migration; two at once wait for each other. */
export const migrate = async ({ url, applicationRole }: MigrationOptions): Promise<MigrationStatus> => {
  // An owner who is no superuser sees no row otherwise, and a migration that changes rows would change none.
  const asOwner = { url: actingForInstallation(url), poolSize: 2, applicationName: 'countersign-migrate' };
  const source = await createDataSource({ ...asOwner, unhurried: true }).initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query(`select pg_advisory_lock(hashtext('countersign/migrate'))`);
    await source.runMigrations();
    if (applicationRole !== undefined) await grantApplicationRole(source, applicationRole);
  } finally {
    await lock.release();
    await source.destroy();
  }
  return migrationStatus(url);
};

/** Says which migrations ran and which wait; changes nothing. */
export const migrationStatus = async (url: string): Promise<MigrationStatus> => {
  const source = await createDataSource({ url, poolSize: 1, applicationName: 'countersign-migrate' }).initialize();
  try {
    const known = source.migrations.map(({ name, constructor }) => name ?? constructor.name);
    const [table] = await source.query<{ there: boolean }[]>(
      `select to_regclass('public.migrations') is not null there`,
    );
    const rows = table?.there ? await source.query<{ name: string }[]>('select name from migrations order by id') : [];
    const applied = rows.map(({ name }) => name);
    return { applied, pending: known.filter((name) => !applied.includes(name)) };
  } finally {
    await source.destroy();
  }
};
