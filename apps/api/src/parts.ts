import { type Logger } from 'pino';
import { type DataSource } from 'typeorm';
import { type KeyRing } from '#libs/crypto/key-ring';
import { createFieldCipher } from '#libs/db/field-cipher';
import { createInTransaction, type InTransaction } from '#libs/db/transaction';
import { type Provider } from '@nestjs/common';
import { type ApiConfig } from './api-config';
import { createIdentify, IDENTIFY } from './auth/identify';
import { createPace, paced } from './auth/pace';
import { createPasswords } from './auth/passwords';
import { type Policy } from './auth/policy';
import { createFeed } from './events/feed';
import { type StreamParts } from './events/open-stream';
import { type SignInParts } from './auth/sign-in';
import { createAnswer } from './http/answer';
import { type OperationsParts } from './admin/operations';
import { type Metrics } from './health/metrics';
import { type ReadinessParts } from './health/readiness';
import { createCursors } from './http/cursor';
import { type Draining } from './http/draining';
import { intakeOf } from './interop/intake';
import { type MllpParts } from './interop/mllp-listener';
import { createReviewDeps, type ReviewParts } from './reviews/review-deps';
import {
  ANSWER,
  CIPHER,
  CLOCK,
  type Clock,
  CONFIG,
  CURSORS,
  READINESS,
  DATA_SOURCE,
  SIGN_IN,
  STREAMS,
  IN_TRANSACTION,
  LOG,
  PASSWORDS,
  POLICY,
  REVIEWS,
  OPERATIONS,
  INTAKE,
  MLLP,
  CLOSE,
} from './tokens';

/** What an application is made of; a test hands in others. */
export interface ApiParts {
  readonly config: ApiConfig;
  readonly source: DataSource;
  readonly ring: KeyRing;
  readonly log: Logger;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly draining: Draining;
  readonly metrics: Metrics;
  /** Gives back what the application alone used, after its last request. */
  readonly close: () => Promise<void>;
}

/* Whoever waits for an answer is told after this long that the database is away, and asks again under the same key. */
const requestDeadlineMs = 20_000;

/** Every part under its token. */
export const providersOf = (parts: ApiParts): Provider[] => {
  const { config, source, ring, log, clock, policy, metrics, draining, close } = parts;
  const cipher = createFieldCipher(ring);
  const inTransaction: InTransaction = createInTransaction(source, cipher, { deadlineMs: requestDeadlineMs });
  const { sessions, events: timing, databaseUrl } = config;
  const identify = createIdentify(source, sessions);
  const passwords = createPasswords(source, config.throttle);
  const feed = createFeed({ source, databaseUrl, log });
  const intake = intakeOf(inTransaction, log, config);
  const signIn: SignInParts = { source, inTransaction, passwords, sessions };
  const readiness: ReadinessParts = { source, draining };
  const streams: StreamParts = { feed, source, identify, timing };
  const cursors = createCursors(ring);
  const reviews: ReviewParts = { deps: createReviewDeps(config.timeScale, config.profile), cursors, passwords };
  const values: readonly (readonly [symbol, unknown])[] = [
    [CONFIG, config],
    [DATA_SOURCE, source],
    [CIPHER, cipher],
    [IN_TRANSACTION, inTransaction],
    [LOG, log],
    [CLOCK, clock],
    [POLICY, policy],
    [READINESS, readiness],
    [CLOSE, close],
    [CURSORS, cursors],
    [REVIEWS, reviews],
    [INTAKE, intake],
    [MLLP, { mllp: config.mllp, source, intake, metrics: metrics.mllp } satisfies MllpParts],
    [OPERATIONS, { config, source, connected: metrics.mllp.connected } satisfies OperationsParts],
    [ANSWER, createAnswer(inTransaction)],
    [IDENTIFY, paced(identify, createPace(config.pace))],
    [PASSWORDS, passwords],
    [SIGN_IN, signIn],
    [STREAMS, streams],
  ];
  return values.map(([provide, useValue]) => ({ provide, useValue }));
};
