import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { createDataSource } from '#libs/db/data-source';
import { defaultThrottle } from '#libs/auth/throttle';
import { defaultPace } from './auth/pace';
import { policy } from './auth/policy';
import { buildApp } from './create-api';
import { createMetrics } from './health/metrics';
import { createDraining } from './http/draining';
import { buildOpenApi, openApiText } from './openapi';

/** The text of docs/openapi.json: the API's description, made without a database or a listening port. */
export const describeApi = async (): Promise<string> => {
  const kek = randomBytes(32);
  const databaseUrl = 'postgres://nobody@127.0.0.1:1/none';
  const source = createDataSource({ url: databaseUrl, poolSize: 1 });
  const app = await buildApp({
    config: {
      profile: 'demo',
      databaseUrl,
      poolSize: 1,
      kek,
      logLevel: 'silent',
      trustedProxies: [],
      timeScale: 1,
      sessions: { idleMs: 1, absoluteMs: 1 },
      throttle: defaultThrottle,
      pace: defaultPace,
      events: { beatMs: 1, recheckMs: 1 },
      printable: {},
    },
    source,
    ring: unwrapRing(kek, createRing(kek, new Date())),
    log: pino({ level: 'silent' }),
    clock: () => new Date(),
    policy,
    draining: createDraining(),
    metrics: createMetrics(source),
    close: () => Promise.resolve(),
  });
  return openApiText(buildOpenApi(app));
};
