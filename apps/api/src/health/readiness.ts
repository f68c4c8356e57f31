import { type HealthIndicatorResult, type HealthIndicatorService } from '@nestjs/terminus';
import { type DataSource } from 'typeorm';
import { missingMigrations } from '#libs/db/boot-checks';
import { outboxOldestSeconds } from '#libs/db/stores/outbox-watch.store';
import { type Draining } from '../http/draining';

/** What readiness is made of. */
export interface ReadinessParts {
  readonly source: DataSource;
  readonly draining: Draining;
}

/** Up when PostgreSQL answers within a second and has every migration; that alone decides readiness. */
export const databaseReady = async (
  health: HealthIndicatorService,
  source: DataSource,
): Promise<HealthIndicatorResult> => {
  const indicator = health.check('database');
  try {
    const missing = await within(1000, missingMigrations(source));
    return missing.length === 0 ? indicator.up() : indicator.down({ reason: 'not migrated', missing: missing.length });
  } catch {
    return indicator.down({ reason: 'does not answer' });
  }
};

/** Temporal is told of something within a second; what waits longer than this has it unreachable, or nobody to tell it. */
export const degradedAfterSeconds = 30;

/**
 * How Temporal stands, from what waits for it in the outbox; never unready, because requests touch only PostgreSQL and
 * the desk goes on without Temporal.
 */
export const temporalStanding = async (
  health: HealthIndicatorService,
  source: DataSource,
): Promise<HealthIndicatorResult> => {
  const indicator = health.check('temporal');
  try {
    const waitingSeconds = Math.round(await within(1000, outboxOldestSeconds(source)));
    return indicator.up({ state: waitingSeconds > degradedAfterSeconds ? 'degraded' : 'reached', waitingSeconds });
  } catch {
    return indicator.up({ state: 'unknown' });
  }
};

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
