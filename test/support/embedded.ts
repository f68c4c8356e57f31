import { readdirSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actingForInstallation } from '#libs/db/for-installation';
import { rootPlaces } from '#libs/embedded/shared-places';
import { ensureDatabases } from '#libs/embedded/databases';
import { startPostgres, type Postgres } from '#libs/embedded/postgres';
import { identify } from '#libs/embedded/process-identity';
import { randomToken } from '#libs/embedded/state-files';
import { emptyStateFolder, openStateFolder, type StateFolder } from '#libs/embedded/state-folder';
import { findTemporal } from '#libs/embedded/temporal-binary';
import type { TemporalBinaries } from '#libs/embedded/temporal-program';
import { startTemporal, type Temporal } from '#libs/embedded/temporal-server';

/** A throw-away PostgreSQL with the product's database and its two roles; nothing is migrated. */
export interface TestPostgres {
  readonly postgres: Postgres;
  readonly state: StateFolder;
  /** The application's role: owns nothing. */
  readonly url: string;
  /** The role that migrates and owns the database; by this address it sees every row. */
  readonly migrationUrl: string;
  readonly adminUrl: string;
  /** Another empty database with the same two roles, for a spec that wants one of its own. */
  database(name: string): Promise<{ url: string; migrationUrl: string }>;
  /** Ends it and removes every trace. */
  stop(): Promise<void>;
}

/** Starts a throw-away PostgreSQL in a temporary folder; about a second. */
export const startTestPostgres = async (settings: Readonly<Record<string, string>> = {}): Promise<TestPostgres> => {
  sweepAbandoned();
  const dir = mkdtempSync(join(tmpdir(), testName()));
  const state = openStateFolder(dir, () => testName() + randomToken(4));
  const { installId, secrets, ports } = state;
  const postgres = await startPostgres({
    stateDir: dir,
    installId,
    ports,
    env: process.env,
    password: secrets.postgres,
    logFile: state.logFile('postgres'),
    settings: { shared_buffers: '64MB', ...settings },
  });
  const database = (name: string) => makeDatabase(postgres, state, name);
  return {
    postgres,
    state,
    database,
    adminUrl: postgres.adminUrl(),
    ...(await database('countersign')),
    stop: async () => {
      await postgres.part.stop();
      await emptyStateFolder(dir);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** A throw-away Temporal server on a throw-away PostgreSQL. */
export interface TestTemporal extends TestPostgres {
  readonly temporal: Temporal;
  readonly binaries: TemporalBinaries;
  /** host:port */
  readonly address: string;
  readonly namespace: string;
}

/** Starts PostgreSQL and Temporal in a temporary folder; about two seconds when the Temporal binaries are cached. */
export const startTestTemporal = async (namespace = 'test'): Promise<TestTemporal> => {
  const started = await startTestPostgres();
  const { state, postgres } = started;
  const binaries = await findTemporal({ env: process.env, stateDir: state.dir });
  const temporal = await startTemporal({
    binaries,
    postgres,
    namespace,
    ports: state.ports,
    folder: join(state.dir, 'temporal'),
    role: { name: 'temporal', password: state.secrets.temporal },
    logFile: state.logFile('temporal'),
  });
  const stop = async (): Promise<void> => {
    await temporal.part.stop();
    await started.stop();
  };
  return { ...started, temporal, binaries, address: temporal.address, namespace, stop };
};

const makeDatabase = async (postgres: Postgres, { secrets }: StateFolder, name: string) => {
  const owner = { name: 'countersign_owner', password: secrets.owner };
  const app = { name: 'countersign_app', password: secrets.app };
  await ensureDatabases(postgres.adminUrl(), [{ name, owner, guests: [app] }]);
  return {
    url: postgres.url(app.name, app.password, name),
    migrationUrl: actingForInstallation(postgres.url(owner.name, owner.password, name)),
  };
};

const testName = (): string => `countersign-test-${process.pid}-`;

/* What killed test runs left behind: the pid in the name says whose it was. */
const sweepAbandoned = (): void => {
  for (const place of [tmpdir(), ...rootPlaces()]) {
    for (const name of namesIn(place)) {
      const pid = /^countersign-test-(\d+)-/.exec(name)?.[1];
      if (pid && identify(Number(pid)) === null) rmSync(join(place, name), { recursive: true, force: true });
    }
  }
};

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it is made only where PostgreSQL must not run as root
  }
};
