import { localDay } from '#libs/triage-desk/patient-facts';
import { type BenchSite } from '../site/bench-site';
import { runSql } from '../site/installation';
import { madeCase, plansOf, type SeedSize } from './made-case';
import { counterSql, seedSql } from './seed-sql';

/** A made-up review that waits for a decision. */
export interface OpenReview {
  readonly reviewId: string;
  readonly level: string;
}

/** Fills the ledger without workflows; answers the reviews that it left open. */
export type Seed = (size: SeedSize) => Promise<readonly OpenReview[]>;

const batchSize = 1000;

/**
 * Opens a way to fill the ledger. It writes as the application's role, so that keys, checks, triggers and row security
 * all hold, and has PostgreSQL count its tables afterwards.
 */
export const openSeed = async ({ ledger, superuser }: BenchSite): Promise<Seed> => {
  const { wardId, organisationId, timeZone } = ledger;
  const [nurse] = await ledger.asOperator((tx) => tx.query<{ id: string }>('select id from app_user order by login'));
  const place = [organisationId, wardId, nurse?.id];
  let last = 0;
  return async (size) => {
    const plans = plansOf(size, { after: last, now: Date.now() });
    const open: OpenReview[] = [];
    for (let i = 0; i < plans.length; i += batchSize)
      await ledger.asOperator(async (tx) => {
        const made = plans.slice(i, i + batchSize).map((plan) => madeCase(plan, { timeZone, cipher: tx.cipher }));
        for (const sql of seedSql) await tx.query(sql, [JSON.stringify(made), ...place]);
        const waiting = made.filter(({ stage }) => stage === 'assessing');
        open.push(...waiting.map(({ review_id: reviewId, level }) => ({ reviewId, level })));
      });
    last += plans.length;
    await ledger.asOperator((tx) => tx.query(counterSql, [wardId, localDay(new Date(), timeZone), last]));
    await runSql(superuser('countersign'), 'vacuum analyze');
    return open;
  };
};
