import { type Chaos } from '../support/installation-suite';
import { eventually } from '../support/installation-wait';

const none = (chaos: Chaos, what: string, sql: string, withinMs: number): Promise<true> =>
  eventually(what, async () => (await chaos.site.sql(sql)).length === 0, withinMs);

/** Waits until every start and signal has been sent. */
export const allSent = (chaos: Chaos, withinMs: number): Promise<true> =>
  none(chaos, 'all sent', 'select 1 from outbox where sent_at is null and dead_at is null limit 1', withinMs);

/** Waits until workflows have carried out every decision there is. */
export const allCarriedOut = (chaos: Chaos, withinMs: number): Promise<true> =>
  none(
    chaos,
    'all carried out',
    `select 1 from decision where committed_at is null and action <> 'reject' limit 1`,
    withinMs,
  );
