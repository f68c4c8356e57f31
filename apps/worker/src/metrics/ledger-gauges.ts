import { Gauge, type Registry } from 'prom-client';
import { feedStanding } from '#libs/db/stores/change-publisher.store';
import { outboxStanding } from '#libs/db/stores/outbox.store';
import { type InTransaction } from '#libs/db/transaction';
import { part } from '../principals';

interface Standing {
  readonly outbox: { readonly depth: number; readonly oldestSeconds: number };
  readonly feed: { readonly unpublished: number; readonly lagSeconds: number };
}

const unknown: Standing = {
  outbox: { depth: NaN, oldestSeconds: NaN },
  feed: { unpublished: NaN, lagSeconds: NaN },
};

/* One transaction per scrape for all four figures; they are asked for at the same moment. */
const createReading = (inTransaction: InTransaction): (() => Promise<Standing>) => {
  let reading: Promise<Standing> | null = null;
  const read = (): Promise<Standing> =>
    inTransaction(part('metrics'), async (tx) => ({ outbox: await outboxStanding(tx), feed: await feedStanding(tx) }));
  return () => {
    reading ??= read()
      .catch(() => unknown)
      .finally(() => (reading = null));
    return reading;
  };
};

/** Adds what waits in the ledger to the figures; NaN while PostgreSQL is away. */
export const addLedgerGauges = (registry: Registry, inTransaction: InTransaction): void => {
  const read = createReading(inTransaction);
  const gauge = (name: string, help: string, of: (standing: Standing) => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(of(await read()));
      },
    });
  };
  gauge('countersign_outbox_depth', 'Starts and signals that wait for Temporal', ({ outbox }) => outbox.depth);
  gauge('countersign_outbox_oldest_seconds', 'Age of the oldest of them', ({ outbox }) => outbox.oldestSeconds);
  gauge('countersign_feed_unpublished', 'Changes that wait for their number', ({ feed }) => feed.unpublished);
  gauge('countersign_feed_lag_seconds', 'Age of the oldest of them', ({ feed }) => feed.lagSeconds);
};
