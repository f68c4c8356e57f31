import { missingMigrations } from '#libs/db/boot-checks';
import { type EndpointStatus } from '#libs/llm/endpoint';
import { type TemporalLink } from '#libs/temporal/temporal-link';
import { type DataSource } from 'typeorm';

/** What is known of the model; the last probe is null before the first one ended. */
export interface ModelStanding {
  readonly status: () => EndpointStatus;
  probe: { readonly at: string; readonly ok: boolean; readonly reason: string | null } | null;
  /** Probes again; resolves when it is known. */
  readonly probeNow: () => Promise<void>;
}

/** How far the engine room has come; what is not there yet is waited for. */
export interface Standing {
  source: DataSource | null;
  link: TemporalLink | null;
  model: ModelStanding | null;
  workers: 'waiting' | 'running' | 'stopped';
}

/** Ready, or what is in the way. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: { readonly database: string; readonly temporal: string; readonly workers: Standing['workers'] };
}

const withinMs = 1000;

/** A new process's standing. */
export const newStanding = (): Standing => ({ source: null, link: null, model: null, workers: 'waiting' });

const databaseOf = async ({ source }: Standing): Promise<string> => {
  if (!source) return 'waiting';
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('unavailable'), withinMs);
  });
  const asked = missingMigrations(source).then(
    (missing) => (missing.length === 0 ? 'ready' : 'not-migrated'),
    () => 'unavailable',
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Asks PostgreSQL and Temporal, each for a second at most. The worker needs both. */
export const readinessOf = async (standing: Standing): Promise<Readiness> => {
  const [database, temporal] = await Promise.all([
    databaseOf(standing),
    standing.link?.state(withinMs).catch(() => 'unavailable') ?? 'waiting',
  ]);
  const { workers } = standing;
  return {
    ready: database === 'ready' && temporal === 'ready' && workers === 'running',
    checks: { database, temporal, workers },
  };
};
