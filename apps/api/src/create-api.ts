import { setTimeout as sleep } from 'node:timers/promises';
import { type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Registry } from 'prom-client';
import { type DataSource } from 'typeorm';
import { type KeyRing } from '#libs/crypto/key-ring';
import { connectionFaults } from '#libs/db/boot-checks';
import { connectPatiently } from '#libs/db/connect-patiently';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { CountersignError } from '#libs/errors/errors';
import { type ApiConfig } from './api-config';
import { AppModule } from './app.module';
import { type Policy, policy } from './auth/policy';
import { assertPolicy } from './auth/routes';
import { createMetrics } from './health/metrics';
import { bodyMiddleware } from './http/body';
import { answerBrokenRequests } from './http/broken-request';
import { compressLongJson } from './http/compress';
import { createDraining } from './http/draining';
import { securityHeaders } from './http/headers';
import { createLog, logAnswers, observeAnswers } from './http/log';
import { assignRequestId } from './http/request-id';
import { serveScreens } from './http/screens';
import { serveOpenApi } from './openapi';
import { type ApiParts } from './parts';

/** What a test may hand in instead of, or beside, the real thing. */
export interface ApiOverrides {
  readonly source?: DataSource;
  readonly ring?: KeyRing;
  readonly log?: ApiParts['log'];
  readonly clock?: ApiParts['clock'];
  /** Further controllers, with the policy of their routes. */
  readonly controllers?: readonly Type[];
  readonly policy?: Policy;
}

/** A running API and its figures. */
export interface Api {
  readonly app: NestExpressApplication;
  readonly registry: Registry;
  /** Says that it is not ready any more, serves on for so long, then ends what is open and resolves. */
  readonly leave: (afterMs: number) => Promise<void>;
}

/** Longer than load balancers keep an idle connection (60 s), so that it is never we who end one they are about to use. */
const keepAliveMs = 75_000;
/** Who is not answered so long after the end of serving is cut off. */
const unansweredMs = 20_000;

/**
 * Builds the API, ready to listen; it owns its connections and closes them with `app.close()`.
 * Throws when the database is away or unfit, the key ring does not open, or a route has no policy.
 */
export const createApi = async (config: ApiConfig, overrides: ApiOverrides = {}): Promise<Api> => {
  const parts = await assemble(config, overrides);
  const { registry } = parts.metrics;
  const app = await buildApp(parts, overrides.controllers);
  try {
    await app.init();
    assertPolicy(app, parts.policy);
    return { app, registry, leave: leaving(app, parts) };
  } catch (thrown) {
    await app.close();
    throw thrown;
  }
};

const leaving =
  (app: NestExpressApplication, { draining }: ApiParts): Api['leave'] =>
  async (afterMs) => {
    draining.begin();
    await sleep(afterMs);
    setTimeout(() => app.getHttpServer().closeAllConnections(), unansweredMs).unref();
    await app.close();
  };

const assemble = async (config: ApiConfig, overrides: ApiOverrides): Promise<ApiParts> => {
  const { databaseUrl: url, poolSize } = config;
  const source = overrides.source ?? (await connectPatiently({ url, poolSize, applicationName: 'countersign-api' }));
  const close = overrides.source ? () => Promise.resolve() : () => source.destroy();
  const faults = await connectionFaults(source);
  if (faults.length > 0) throw new CountersignError('DATABASE_UNSAFE', { faults });
  return {
    config,
    source,
    ring: overrides.ring ?? (await loadKeyRing(source, config.kek, { create: config.profile === 'demo' })),
    log: overrides.log ?? createLog(config.logLevel),
    clock: overrides.clock ?? (() => new Date()),
    policy: { ...policy, ...overrides.policy },
    draining: createDraining(),
    metrics: createMetrics(source),
    close,
  };
};

/** The application over given parts, with its middleware in order; nothing is connected or started by this. */
export const buildApp = async (parts: ApiParts, controllers: readonly Type[] = []): Promise<NestExpressApplication> => {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(parts, controllers), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
    ...httpsOf(parts.config),
  });
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.set('trust proxy', parts.config.trustedProxies.length > 0 ? [...parts.config.trustedProxies] : false);
  app.use(
    parts.draining.middleware,
    assignRequestId,
    observeAnswers([logAnswers(parts.log), parts.metrics.observe]),
    securityHeaders,
    compressLongJson,
  );
  app.use(...bodyMiddleware());
  serveOpenApi(app);
  serveScreens(app);
  const server = app.getHttpServer();
  server.keepAliveTimeout = keepAliveMs;
  answerBrokenRequests(server);
  return app;
};

const httpsOf = ({ tls }: ApiConfig) =>
  tls ? { httpsOptions: { cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' as const } } : {};
