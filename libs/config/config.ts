import type { Values, VariableName } from './environment-schema';
import { feedConfig, type FeedConfig } from './feed';
import { listenConfig, type ListenConfig } from './listen';
import type { neededBy, Part } from './parts';

/** The configuration of any part; a text that the part does not need may be absent. */
export interface AnyConfig {
  readonly part: Part;
  readonly profile: 'demo' | 'production';
  readonly stateDir: string;
  readonly kekFile: string | undefined;
  /** Durations of contracts are multiplied by it ({@link scaledMs}); 1 in production. */
  readonly timeScale: number;
  readonly timeZone: string;
  /** Where the copies for a downtime are written; none without it. */
  readonly downtimeDir: string | undefined;
  readonly logLevel: Values['LOG_LEVEL'];
  readonly database: {
    readonly url: string | undefined;
    readonly migrationUrl: string | undefined;
    readonly poolSize: number;
  };
  readonly temporal: {
    readonly address: string | undefined;
    readonly namespace: string;
    readonly tls?: TemporalTls;
    readonly apiKey?: string;
    readonly retentionDays: number;
    readonly serverDir: string | undefined;
  };
  readonly model: {
    readonly baseUrl: string | undefined;
    readonly model: string | undefined;
    readonly apiKey: string | undefined;
    readonly caFile: string | undefined;
    readonly allowedCidrs: readonly string[];
    readonly allowedOrigins: readonly string[];
    readonly slots: { readonly running: number; readonly waiting: number };
    readonly deadlines: { readonly firstTokenMs: number; readonly gapMs: number; readonly totalMs: number };
    readonly thinking: 'default' | 'off';
  };
  readonly listen: ListenConfig;
  /** How many requests one caller may send. */
  readonly pace: { readonly person: number; readonly redrafts: number; readonly machine: number };
  /** Where HL7 v2 comes in over MLLP; absent without a port. */
  readonly feed?: FeedConfig;
  /** How long a process that is being stopped goes on: the API with serving, the worker at most, with what it has begun. */
  readonly drain: { readonly apiMs: number; readonly workerMs: number };
  readonly metricsPort: number | undefined;
  readonly workerHealthPort: number | undefined;
  readonly rehearsalPort: number | undefined;
}

type Needed<P extends Part, N extends VariableName, T = string> = N extends (typeof neededBy)[P][number] ? T : unknown;

/** The configuration of one part, checked: what that part needs is there. Made only by `loadConfig`. */
export type Config<P extends Part> = AnyConfig & {
  readonly part: P;
  readonly kekFile: Needed<P, 'COUNTERSIGN_KEK_FILE'>;
  readonly database: {
    readonly url: Needed<P, 'DATABASE_URL'>;
    readonly migrationUrl: Needed<P, 'DATABASE_MIGRATION_URL'>;
  };
  readonly temporal: { readonly address: Needed<P, 'TEMPORAL_ADDRESS'> };
  readonly model: {
    readonly baseUrl: Needed<P, 'DEEPSEEK_BASE_URL'>;
    readonly model: Needed<P, 'DEEPSEEK_MODEL'>;
  };
  readonly rehearsalPort: Needed<P, 'REHEARSAL_PORT', number>;
};

/** TLS towards Temporal: paths of PEM files. */
export interface TemporalTls {
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly serverName: string | undefined;
}

const temporalTls = (values: Values): TemporalTls | undefined => {
  const files = {
    caFile: values.TEMPORAL_TLS_CA_FILE,
    certFile: values.TEMPORAL_TLS_CERT_FILE,
    keyFile: values.TEMPORAL_TLS_KEY_FILE,
    serverName: values.TEMPORAL_TLS_SERVER_NAME,
  };
  const asked = Object.values(files).some((file) => file !== undefined) || values.TEMPORAL_API_KEY !== undefined;
  return (values.TEMPORAL_TLS ?? asked) ? files : undefined;
};

const temporal = (values: Values): AnyConfig['temporal'] => {
  const tls = temporalTls(values);
  const apiKey = values.TEMPORAL_API_KEY;
  return {
    address: values.TEMPORAL_ADDRESS,
    namespace: values.TEMPORAL_NAMESPACE,
    ...(tls && { tls }),
    ...(apiKey !== undefined && { apiKey }),
    retentionDays: values.TEMPORAL_RETENTION_DAYS,
    serverDir: values.TEMPORAL_SERVER_DIR,
  };
};

const model = (values: Values): AnyConfig['model'] => ({
  baseUrl: values.DEEPSEEK_BASE_URL,
  model: values.DEEPSEEK_MODEL,
  apiKey: values.DEEPSEEK_API_KEY,
  caFile: values.DEEPSEEK_CA_FILE,
  allowedCidrs: values.DEEPSEEK_ALLOWED_CIDRS ?? [],
  allowedOrigins: values.DEEPSEEK_ALLOWED_ORIGINS ?? [],
  slots: { running: values.DEEPSEEK_SLOTS, waiting: values.DEEPSEEK_WAITING },
  deadlines: {
    firstTokenMs: values.DEEPSEEK_FIRST_TOKEN_MS,
    gapMs: values.DEEPSEEK_GAP_MS,
    totalMs: values.DEEPSEEK_TOTAL_MS,
  },
  thinking: values.DEEPSEEK_THINKING,
});

const drain = (values: Values): AnyConfig['drain'] => {
  const production = values.COUNTERSIGN_PROFILE === 'production';
  const longestDraft = Math.ceil(values.DEEPSEEK_TOTAL_MS / 1000) + 10;
  return {
    apiMs: 1000 * (values.API_DRAIN_SECONDS ?? (production ? 5 : 0)),
    workerMs: 1000 * (values.WORKER_DRAIN_SECONDS ?? (production ? longestDraft : 5)),
  };
};

const feedOf = (values: Values): Pick<AnyConfig, 'feed'> => {
  const feed = feedConfig(values);
  return feed ? { feed } : {};
};

/** The configuration in the shape in which the parts use it. */
export const configOf = (values: Values, part: Part): AnyConfig => ({
  part,
  ...feedOf(values),
  profile: values.COUNTERSIGN_PROFILE,
  stateDir: values.COUNTERSIGN_STATE_DIR,
  kekFile: values.COUNTERSIGN_KEK_FILE,
  timeScale: values.COUNTERSIGN_TIME_SCALE,
  timeZone: values.FACILITY_TIME_ZONE,
  downtimeDir: values.COUNTERSIGN_DOWNTIME_DIR,
  logLevel: values.LOG_LEVEL,
  database: {
    url: values.DATABASE_URL,
    migrationUrl: values.DATABASE_MIGRATION_URL,
    poolSize: values.DATABASE_POOL_SIZE,
  },
  temporal: temporal(values),
  model: model(values),
  listen: listenConfig(values),
  drain: drain(values),
  pace: {
    person: values.API_PERSON_REQUESTS,
    redrafts: values.API_PERSON_REDRAFTS,
    machine: values.API_MACHINE_REQUESTS,
  },
  metricsPort: values.METRICS_PORT,
  workerHealthPort: values.WORKER_HEALTH_PORT,
  rehearsalPort: values.REHEARSAL_PORT,
});

/** A contract's duration in this installation, at least one millisecond. */
export const scaledMs = ({ timeScale }: Pick<AnyConfig, 'timeScale'>, durationMs: number): number =>
  Math.max(1, Math.round(durationMs * timeScale));
