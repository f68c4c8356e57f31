import { type DataSource } from 'typeorm';
import { type AnyConfig } from '#libs/config/config';
import { readKekFile } from '#libs/crypto/kek-file';
import { connectionFaults, missingMigrations } from '#libs/db/boot-checks';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { isCountersignError } from '#libs/errors/errors';
import { textOf } from '#libs/embedded/start-error';
import { connectPatiently } from '../connect';
import { fail, type Finding, ok, warn } from './finding';
import { clockFinding } from './machine';

/** Whether the ledger can be reached, is fit to serve and up to date, and opens with our key. */
export const examineDatabase = async (config: AnyConfig): Promise<Finding[]> => {
  const { url } = config.database;
  if (url === undefined) return [fail('PostgreSQL', 'no DATABASE_URL', 'set it, or start the demo: npm start')];
  let source: DataSource;
  try {
    source = await connectPatiently({ url, poolSize: 2, applicationName: 'countersign-doctor' });
  } catch (thrown) {
    return [silence(new URL(url), thrown)];
  }
  try {
    return [...(await examineServer(source)), ...(await examineSchema(source)), ...(await examineKeys(source, config))];
  } finally {
    await source.destroy();
  }
};

/* By the code of the network or of PostgreSQL: what is wrong with the address, and what to do. */
const silence = ({ host, username, pathname }: URL, thrown: unknown): Finding => {
  const { code = '' } = thrown as { code?: string };
  const [role, database] = [decodeURIComponent(username), pathname.slice(1)];
  const known: Readonly<Record<string, readonly [string, string]>> = {
    ENOTFOUND: [`there is no host ${host}`, 'check the host in DATABASE_URL, and the name server'],
    ECONNREFUSED: [`nothing listens at ${host}`, 'start PostgreSQL, or check host and port in DATABASE_URL'],
    '28P01': [`the password of ${role} is wrong`, 'put the right one into DATABASE_URL'],
    '28000': [`${role} is not let in from here`, 'make the role, or add a line for it to pg_hba.conf'],
    '3D000': [`there is no database ${database}`, 'make it, or name another one in DATABASE_URL'],
    '42501': [`${role} may not connect to ${database}`, `grant connect on database ${database} to ${role}`],
    '53300': ['it has no connection left', 'raise max_connections, or lower DATABASE_POOL_SIZE'],
  };
  const [text, advice] = known[code] ?? [textOf(thrown), 'check DATABASE_URL, its password, and the way there'];
  return fail('PostgreSQL', `does not answer: ${text}`, advice);
};

interface ServerRow {
  readonly number: number;
  readonly version: string;
  readonly encoding: string;
  readonly now: Date;
  readonly extensions: readonly string[];
}

const serverSql = `
select current_setting('server_version_num')::int "number", current_setting('server_version') "version",
  current_setting('server_encoding') "encoding", clock_timestamp() "now",
  array(select name::text from pg_available_extensions where name = 'btree_gist') extensions`;

const examineServer = async (source: DataSource): Promise<Finding[]> => {
  const [row] = await source.query<ServerRow[]>(serverSql);
  if (!row) return [fail('PostgreSQL', 'says nothing of itself', 'is it PostgreSQL?')];
  const faults = await connectionFaults(source);
  return [
    row.number >= 150_000
      ? ok('PostgreSQL', `version ${row.version}`)
      : fail('PostgreSQL', `version ${row.version}`, 'version 15 or later is needed'),
    ...(row.encoding === 'UTF8'
      ? []
      : [fail('PostgreSQL', `encoding ${row.encoding}`, 'make the database with encoding UTF8')]),
    ...(row.extensions.length > 0 ? [] : [fail('PostgreSQL', 'lacks btree_gist', 'install the contrib extensions')]),
    ...faults.map((fault) =>
      fail(
        'PostgreSQL',
        fault,
        'the API refuses to serve like this; roles and rights: docs/recipes/run-in-production.md',
      ),
    ),
    clockFinding(new Date(), row.now),
  ];
};

const examineSchema = async (source: DataSource): Promise<Finding[]> => {
  const missing = await missingMigrations(source);
  return missing.length === 0
    ? [ok('schema', 'up to date')]
    : [fail('schema', `${missing.length} migration(s) did not run yet`, 'countersign db migrate')];
};

const examineKeys = async (source: DataSource, { kekFile, profile }: AnyConfig): Promise<Finding[]> => {
  if (kekFile === undefined)
    return [fail('keys', 'no COUNTERSIGN_KEK_FILE', 'name a file with 32 random bytes, mode 0600')];
  const read = await readKekFile(kekFile, { strict: profile === 'production' });
  if (!read.ok) return [fail('keys', `the key file ${kekFile} cannot be used: ${read.reason}`, kekAdvice[read.reason])];
  const open = read.openPermissions ? [warn('keys', `others can read ${kekFile}`, 'chmod 600')] : [];
  return [...open, await examineRing(source, read.kek)];
};

const kekAdvice = {
  missing: 'restore it from where you keep it; without it nothing in the ledger can be read',
  unreadable: 'let the account that runs Countersign read it',
  malformed:
    '32 random bytes in base64 or 64 hex digits are needed: restore the file, or make one where no data are yet',
  weak: 'make a random one: node -p \'crypto.randomBytes(32).toString("base64")\'',
  'open-permissions': 'chmod 600',
} as const;

const examineRing = async (source: DataSource, kek: Buffer): Promise<Finding> => {
  try {
    const { keyIds } = await loadKeyRing(source, kek, { create: false });
    return ok('keys', `${keyIds.length} data key(s) open with the key file`);
  } catch (thrown) {
    if (!isCountersignError(thrown))
      return warn('keys', 'the ledger has no keys yet', 'they are made with the first hospital');
    return keyFinding(await source.query<unknown[]>('select 1 from encryption_key limit 1'));
  }
};

const keyFinding = (stored: readonly unknown[]): Finding =>
  stored.length === 0
    ? warn(
        'keys',
        'the ledger has no keys yet',
        'they are made with the first hospital: countersign user add --organisation',
      )
    : fail(
        'keys',
        'the key file does not open the ledger’s keys',
        'it is not the file these data were encrypted under',
      );
