import { type DataSource } from 'typeorm';
import { unsecuredTables } from './row-security';

interface Standing {
  readonly synchronous: string;
  readonly privileged: boolean;
  readonly owner: boolean;
}

/* FORCE or not, row security and append-only triggers mean nothing to a superuser or to whoever owns the tables. */
const standingSql = `
select current_setting('synchronous_commit') synchronous,
  (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) privileged,
  exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'usage')) owner`;

/**
 * What makes this connection unfit to serve: commits that may be lost, a role that could rewrite the ledger, or tables
 * that show every ward to everybody.
 */
export const connectionFaults = async (source: DataSource): Promise<string[]> => {
  const [standing] = await source.query<Standing[]>(standingSql);
  if (!standing) return ['PostgreSQL does not say how it stands'];
  const { synchronous, privileged, owner } = standing;
  const unsecured = await unsecuredTables(source);
  return [
    ...(synchronous === 'on' ? [] : [`synchronous_commit is ${synchronous}: an acknowledged decision could be lost`]),
    ...(privileged ? ['the role is a superuser or bypasses row security: DATABASE_URL must name an ordinary one'] : []),
    ...(owner ? ['the role owns tables: DATABASE_URL must name another role than DATABASE_MIGRATION_URL'] : []),
    ...(unsecured.length > 0 ? [`row security is not in force on ${unsecured.join(', ')}`] : []),
  ];
};

/** Names of the migrations the database lacks; all of them when it has none. */
export const missingMigrations = async (source: DataSource): Promise<string[]> => {
  const known = source.migrations.map(({ name, constructor }) => name ?? constructor.name);
  const [table] = await source.query<{ there: boolean }[]>(`select to_regclass('public.migrations') is not null there`);
  if (!table?.there) return known;
  const rows = await source.query<{ name: string }[]>('select name from migrations');
  return known.filter((name) => !rows.some((row) => row.name === name));
};
