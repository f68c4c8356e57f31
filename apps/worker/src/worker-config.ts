import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyConfig, type Config } from '#libs/config/config';
import { readKekFile } from '#libs/crypto/kek-file';
import { CountersignError } from '#libs/errors/errors';
import { type TemporalSettings } from '#libs/temporal/temporal-settings';

/** The compiled workflows: the file the build makes, or code bundled by a test. */
export type WorkflowCode = { readonly codePath: string } | { readonly code: string };

/** How the model is reached. */
export type ModelConfig = Omit<AnyConfig['model'], 'baseUrl' | 'model' | 'caFile'> & {
  readonly baseUrl: string;
  readonly model: string;
  /** PEM of the hospital's own certificate authority. */
  readonly ca: string | undefined;
};

/** What the worker needs to know. */
export interface WorkerConfig {
  readonly profile: 'demo' | 'production';
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** The key that wraps the data keys (32 bytes). */
  readonly kek: Buffer;
  readonly temporal: TemporalSettings;
  readonly model: ModelConfig;
  readonly timeScale: number;
  /** How long drafts under way are waited for when it is stopped. */
  readonly drainMs: number;
  /** Absent: no copies for a downtime are written. */
  readonly downtimeDir?: string | undefined;
  /** Absent: no health, no metrics. */
  readonly healthPort: number | undefined;
  readonly workflows: WorkflowCode;
}

/** Where workflows run, and where the model is called; the names the workflows and the relay use too. */
export const taskQueues = { workflows: 'countersign', model: 'countersign-model' } as const;

const kekOf = async ({ kekFile, profile }: Config<'worker'>): Promise<Buffer> => {
  const read = await readKekFile(kekFile, { strict: profile === 'production' });
  if (!read.ok) throw new CountersignError('KEY_UNAVAILABLE', { variable: 'COUNTERSIGN_KEK_FILE', why: read.reason });
  return read.kek;
};

/** Reads the files that the configuration names; throws KEY_UNAVAILABLE, or the file system's error for a CA file. */
export const workerConfigOf = async (config: Config<'worker'>): Promise<WorkerConfig> => {
  const { caFile, ...model } = config.model;
  return {
    profile: config.profile,
    databaseUrl: config.database.url,
    poolSize: config.database.poolSize,
    kek: await kekOf(config),
    temporal: config.temporal,
    model: { ...model, ca: caFile === undefined ? undefined : readFileSync(caFile, 'utf8') },
    timeScale: config.timeScale,
    drainMs: config.drain.workerMs,
    downtimeDir: config.downtimeDir,
    healthPort: config.workerHealthPort,
    workflows: { codePath: join(__dirname, '../../../workflow-bundle.js') },
  };
};
