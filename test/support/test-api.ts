import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createApi, type ApiOverrides } from '../../apps/api/src/create-api';
import { type ApiConfig } from '../../apps/api/src/api-config';
import { migrate } from '#libs/db/migrate';
import { defaultThrottle } from '#libs/auth/throttle';
import { pino } from 'pino';
import { type Registry } from 'prom-client';
import { type NestExpressApplication } from '@nestjs/platform-express';

/** Brings an empty database to the newest schema, as its owner, with the application's role granted what it needs. */
export const migrateTestDatabase = (migrationUrl: string): Promise<unknown> =>
  migrate({ url: migrationUrl, applicationRole: 'countersign_app' });

/** Runs SQL as whoever the url names, outside of the application. */
export const sqlAs = async <Row>(url: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, [...parameters])).rows as Row[];
  } finally {
    await client.end();
  }
};

// One for all APIs of a test, since they share its database.
const kek = randomBytes(32);

/** The configuration of a test's API. */
export const testApiConfig = (databaseUrl: string, changes: Partial<ApiConfig> = {}): ApiConfig => ({
  profile: 'demo',
  databaseUrl,
  poolSize: 10,
  kek,
  logLevel: 'silent',
  trustedProxies: [],
  timeScale: 1,
  sessions: { idleMs: 600_000, absoluteMs: 72_000_000 },
  throttle: defaultThrottle,
  // A test is faster than any person; pace.e2e-spec sets its own.
  pace: { person: 1_000_000, redrafts: 1_000_000, machine: 1_000_000 },
  events: { beatMs: 15_000, recheckMs: 60_000 },
  printable: {},
  ...changes,
});

/** An API that listens on a free loopback port, with its log lines in memory. */
export const startTestApi = async (
  config: ApiConfig,
  overrides: ApiOverrides = {},
): Promise<{ app: NestExpressApplication; registry: Registry; url: string; log: string[] }> => {
  const log: string[] = [];
  const write = (line: string): void => void log.push(line);
  const { app, registry } = await createApi(config, { log: pino({ level: 'debug' }, { write }), ...overrides });
  await app.listen(0, '127.0.0.1');
  return { app, registry, url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), log };
};
