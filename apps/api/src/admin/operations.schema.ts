import { z } from 'zod';
import { capabilityProfileSchema } from '#libs/llm/profile';

/** How a worker reaches the model. */
const modelSchema = z.strictObject({
  model: z.string(),
  /** Scheme, host and port; null where the address may not be reached. */
  origin: z.string().nullable(),
  refused: z.string().nullable(),
  rehearsal: z.boolean(),
  breaker: z.enum(['closed', 'open', 'half-open']),
  breakerWaitMs: z.number(),
  slots: z.strictObject({ running: z.int(), waiting: z.int() }),
  profile: capabilityProfileSchema,
  /** Null before the first one has ended. */
  probe: z.strictObject({ at: z.iso.datetime(), ok: z.boolean(), reason: z.string().nullable() }).nullable(),
});

const workerSchema = z.strictObject({
  id: z.uuid(),
  host: z.string(),
  pid: z.int(),
  version: z.string(),
  startedAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  /** Heard of within half a minute. */
  live: z.boolean(),
  state: z.enum(['waiting', 'running', 'stopped']),
  temporal: z.string(),
  queues: z.array(z.string()),
  model: modelSchema.nullable(),
});

/** GET /api/admin/operations: how this installation stands, as this process of the API and the ledger know it. */
export const operationsSchema = z.strictObject({
  at: z.iso.datetime(),
  version: z.string(),
  profile: z.enum(['demo', 'production']),
  database: z.strictObject({
    bytes: z.number(),
    /** Of this process; `waiting`: requests without a connection. */
    pool: z.strictObject({ total: z.int(), idle: z.int(), waiting: z.int() }),
    migrations: z.strictObject({ applied: z.int(), pending: z.array(z.string()) }),
  }),
  /** `reached`: a live worker says so and nothing waits for long; `unknown`: no live worker, and nothing waits for long. */
  temporal: z.strictObject({ state: z.enum(['reached', 'degraded', 'unknown']), workersSay: z.string().nullable() }),
  outbox: z.strictObject({
    unsent: z.int(),
    oldestUnsentAt: z.iso.datetime().nullable(),
    oldestUnsentSeconds: z.number(),
    dead: z.int(),
  }),
  deadLetters: z.int(),
  /** How many live workers take work from each task queue that was known within a day. */
  queues: z.array(z.strictObject({ queue: z.string(), workers: z.int(), lastSeenAt: z.iso.datetime() })),
  /** Live ones first; those heard of within a day. */
  workers: z.array(workerSchema),
  /** Null: nothing records backups. */
  lastBackupAt: z.iso.datetime().nullable(),
  feeds: z.strictObject({
    /** MLLP ports as configured; empty where none is. */
    ports: z.array(z.strictObject({ charset: z.string(), port: z.int(), tls: z.boolean() })),
    /** Open connections of senders to this process. */
    connections: z.int(),
    /** By whichever way a message last came. */
    lastMessageAt: z.iso.datetime().nullable(),
  }),
  /** What `countersign config print` shows; of this process. */
  configuration: z.record(z.string(), z.unknown()),
});
export type Operations = z.infer<typeof operationsSchema>;
