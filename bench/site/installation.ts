import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { unpaced } from '../../apps/cli/src/demo/environment';
import { type Installation, removeInstallation, startInstallation } from '../../apps/cli/src/start/installation';
import { type Omittable, type StartOptions } from '../../apps/cli/src/start/start-options';
import { readJson } from '#libs/embedded/state-files';

/** A throw-away installation of the product, as a stranger gets it, and the way to its PostgreSQL as superuser. */
export interface BenchInstallation {
  readonly installation: Installation;
  /** URL of a database as superuser. */
  readonly superuser: (database: string) => string;
  /** Ends it and removes every trace. */
  readonly remove: () => Promise<void>;
}

/** What of the product runs, and how. */
export interface InstallationWish {
  /** Over the environment of the product's processes. */
  readonly childEnv?: Readonly<Record<string, string>>;
  /** Parts that the bench has no use for. */
  readonly leaveOut?: readonly Omittable[];
}

// Nothing else of this environment may decide what is measured.
const inherited = ['PATH', 'HOME', 'TEMPORAL_SERVER_DIR', 'LANG'];

const onlyPostgres = ['temporal', 'rehearsal', 'migrate', 'seed', 'worker', 'api'] as const;

/**
 * Starts the product in a temporary folder, without demo patients. PostgreSQL is told to keep the time of each commit, so
 * that both sides are measured by one clock; that setting needs a start of its own.
 */
export const startBenchInstallation = async ({
  childEnv = {},
  leaveOut = [],
}: InstallationWish): Promise<BenchInstallation> => {
  const stateDir = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const env = Object.fromEntries(inherited.map((name) => [name, process.env[name]]));
  const options: StartOptions = { stateDir, env: { ...env, ...unpaced }, childEnv, quiet: true };
  const remove = async (): Promise<void> => {
    await removeInstallation(stateDir);
    rmSync(stateDir, { recursive: true, force: true });
  };
  try {
    const first = await startInstallation({ ...options, leaveOut: onlyPostgres });
    await runSql(superuserOf(first)('postgres'), 'alter system set track_commit_timestamp = on');
    await first.stop();
    const installation = await startInstallation({ ...options, leaveOut: ['seed', ...leaveOut] });
    const superuser = superuserOf(installation);
    return { installation, superuser, remove: () => installation.stop().then(remove) };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
};

/** Runs one statement on a connection of its own. */
export const runSql = async (url: string, sql: string): Promise<void> => void (await readSql(url, { text: sql }));

/** The same, for its rows. */
export const readSql = async <Row>(url: string, query: { text: string; values?: unknown[] }): Promise<Row[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(query)).rows as Row[];
  } finally {
    await client.end();
  }
};

const superuserOf = ({ stateDir, env }: Installation): BenchInstallation['superuser'] => {
  const url = new URL(env['DATABASE_URL'] ?? '');
  const secrets = readJson<{ postgres: string }>(join(stateDir, 'secrets.json'));
  return (database) => `postgresql://postgres:${secrets?.postgres}@${url.host}/${database}`;
};
