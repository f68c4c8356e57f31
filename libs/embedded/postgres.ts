import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type Child, spawnChild, type StopSteps } from './children';
import { listens } from './listener';
import { rollLog } from './log-tail';
import type { PortBook } from './ports';
import { clearLeftovers, findPlace, initialise, type PlaceWish, type PostgresPlace } from './postgres-data';
import { isCountersignError } from '#libs/errors/errors';
import { type Say, silent, startError, textOf } from './start-error';
import { supervise, type SupervisedPart, type SuperviseOptions } from './supervise';

/** What an embedded PostgreSQL needs. */
export interface PostgresOptions extends PlaceWish {
  readonly ports: PortBook;
  /** Password of the superuser `postgres`; kept by the caller, needed again at every start. */
  readonly password: string;
  /** A port a person asked for; otherwise the last one or any free one. */
  readonly port?: number;
  readonly logFile: string;
  /** Settings over ours, for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly supervision?: SuperviseOptions;
  readonly say?: Say;
}

/** A running PostgreSQL on the loopback address. */
export interface Postgres {
  readonly part: SupervisedPart;
  readonly port: number;
  readonly data: string;
  /** Connection of the superuser, for making roles and databases; nobody else gets it. */
  adminUrl(database?: string): string;
  /** Connection of another role. */
  url(role: string, password: string, database: string): string;
}

/** For a machine of two cores shared with everything else of the installation. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  synchronous_commit: 'on',
  jit: 'off',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Statements and the details of errors hold patient data: they must not reach the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Fast shutdown (sessions are ended, everything is written), then immediate, then none. */
const stopSteps: StopSteps = {
  steps: [
    { signal: 'SIGINT', graceMs: 20_000 },
    { signal: 'SIGQUIT', graceMs: 5_000 },
  ],
};

/** Starts PostgreSQL on the data of this installation, making them if there are none, and keeps it running. */
export const startPostgres = async (options: PostgresOptions): Promise<Postgres> => {
  const place = await findPlace(options);
  await initialise(place, options.password);
  for (let tries = 1; ; tries++) {
    const port = await options.ports.choose({ part: 'postgres', asked: options.port });
    try {
      const part = await supervise(partOn(place, port, options), {
        say: options.say ?? silent,
        ...options.supervision,
      });
      const url = urlOn(port);
      return {
        part,
        port,
        data: place.data,
        url,
        adminUrl: (db = 'postgres') => url('postgres', options.password, db),
      };
    } catch (thrown) {
      // Somebody took the port between our look and PostgreSQL's start.
      if (tries === 3 || options.port !== undefined || !/could not bind|in use/.test(textOf(thrown))) throw thrown;
      options.ports.forget('postgres');
    }
  }
};

const urlOn =
  (port: number) =>
  (role: string, password: string, database: string): string =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;

const partOn = (place: PostgresPlace, port: number, options: PostgresOptions) => ({
  name: 'postgres',
  logFile: options.logFile,
  stop: stopSteps,
  spawn: async (): Promise<Child> => {
    await clearLeftovers(place.data);
    rollLog(options.logFile);
    return spawnChild({
      name: 'postgres',
      command: join(place.binaries, 'bin', 'postgres'),
      args: ['-D', place.data, '-p', String(port), ...asArguments({ ...settings, ...options.settings })],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      logFile: options.logFile,
      // Immediate shutdown: backends end with it, and it removes its own lock file.
      deathSignal: 'SIGQUIT',
      ...(place.account && { account: place.account }),
    });
  },
  ready: async (child: Child, over: AbortSignal): Promise<void> => {
    await listens(child, port, over);
    await answers(urlOn(port)('postgres', options.password, 'postgres'), over);
  },
});

const asArguments = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/* Resolves when a query is answered; a refused password is final (another server, or the data of another installation). */
const answers = async (url: string, over: AbortSignal): Promise<void> => {
  while (!over.aborted) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined); // the server may end while we ask; the next round finds out
    try {
      await client.connect();
      return await assertDurable(client);
    } catch (thrown) {
      if (isCountersignError(thrown)) throw thrown;
      if ((thrown as { code?: string }).code === '28P01') throw startError('STATE_UNUSABLE', passwordText);
      await sleep(25);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
};

const passwordText =
  'PostgreSQL refuses the superuser password of this state folder: its data belong to another installation';

/* An installation that answers a person before the decision is on disk loses it with the power. */
const assertDurable = async (client: Client): Promise<void> => {
  const { rows } = await client.query<{ synchronous_commit: string }>('show synchronous_commit');
  if (rows[0]?.synchronous_commit !== 'on')
    throw startError('STATE_UNUSABLE', 'PostgreSQL runs with synchronous_commit off: decisions could be lost');
};
