import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { temporalDatabases } from './temporal-config';
import { startError } from './start-error';
import { readJson, writePrivateJson } from './state-files';
import { temporalVersion } from './temporal-version';

/** A connection of the role that owns Temporal's databases. */
export interface SchemaTarget {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** `temporal-sql-tool` of the pinned version. */
  readonly tool: string;
  /** Remembers which server version brought the databases to which schema. */
  readonly marker: string;
}

interface Marker {
  readonly server: string;
  readonly versions: Readonly<Record<string, string>>;
}

const schemas = [
  { database: temporalDatabases.default, name: 'postgresql/v12/temporal' },
  { database: temporalDatabases.visibility, name: 'postgresql/v12/visibility' },
];

/** Brings Temporal's two databases to the schema of the pinned server; does nothing when this server did it before. */
export const ensureTemporalSchema = async (target: SchemaTarget): Promise<void> => {
  const marker = readJson<Marker>(target.marker);
  const before = await versionsOf(target);
  if (marker?.server === temporalVersion && schemas.every(({ database }) => isSame(database, before, marker))) return;
  await Promise.all(schemas.map((schema) => update(target, schema, before[schema.database] === undefined)));
  writePrivateJson(target.marker, { server: temporalVersion, versions: await versionsOf(target) } satisfies Marker);
};

const isSame = (database: string, present: Readonly<Record<string, string>>, marker: Marker): boolean =>
  present[database] !== undefined && present[database] === marker.versions[database];

const versionsOf = async (target: SchemaTarget): Promise<Record<string, string>> => {
  const found = await Promise.all(schemas.map(async ({ database }) => [database, await versionOf(target, database)]));
  return Object.fromEntries(found.filter(([, version]) => version !== null)) as Record<string, string>;
};

const versionOf = async ({ port, user, password }: SchemaTarget, database: string): Promise<string | null> => {
  const client = new Client({ host: '127.0.0.1', port, user, password, database });
  await client.connect();
  try {
    const { rows } = await client.query<{ present: boolean }>(
      `select to_regclass('schema_version') is not null present`,
    );
    if (!rows[0]?.present) return null;
    const versions = await client.query<{ curr_version: string }>('select curr_version from schema_version');
    return versions.rows[0]?.curr_version ?? null;
  } finally {
    await client.end();
  }
};

const update = async (target: SchemaTarget, schema: (typeof schemas)[number], isNew: boolean): Promise<void> => {
  if (isNew) await runTool(target, schema.database, ['setup-schema', '-v', '0.0']);
  await runTool(target, schema.database, ['update-schema', '--schema-name', schema.name]);
};

const runTool = async (target: SchemaTarget, database: string, command: readonly string[]): Promise<void> => {
  // The password goes by environment: arguments are visible to every user of the machine.
  const env = {
    PATH: '/usr/bin:/bin',
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: '127.0.0.1',
    SQL_PORT: String(target.port),
    SQL_USER: target.user,
    SQL_PASSWORD: target.password,
    SQL_DATABASE: database,
  };
  await promisify(execFile)(target.tool, [...command], { env }).catch((thrown: Error & { stdout?: string }) => {
    const output = `${thrown.message}\n${thrown.stdout ?? ''}`.trim().split('\n').slice(-5).join('\n  ');
    throw startError('PART_NOT_READY', `the schema of Temporal's database ${database}: ${output}`);
  });
};
