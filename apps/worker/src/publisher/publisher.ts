import { setTimeout as sleep } from 'node:timers/promises';
import { publishChanges } from '#libs/db/stores/change-publisher.store';
import { type InTransaction } from '#libs/db/transaction';
import { faultOf } from '../fault';
import { type Log } from '../log';
import { part } from '../principals';
import { type Loop, type Outcome, startLoop } from '../wake/loop';

/** What the publisher needs. */
export interface PublisherDeps {
  readonly inTransaction: InTransaction;
  readonly log: Log;
  /** How many were numbered in one run. */
  readonly observe?: (count: number) => void;
  /** Rows per transaction (default 500). */
  readonly batchSize?: number;
  /** How often it looks without being woken (default 1000 ms). */
  readonly pollMs?: number;
}

/* Waited before each run: what is changed meanwhile is numbered in one transaction and read by every API once, and the
   relay, which a person may be waiting for, goes first. No screen notices. */
const breathMs = 50;

const publisherPrincipal = part('change-publisher');

/** Numbers one batch of committed changes; the numbers only ever become visible in their order. */
export const publishBatch = async ({ inTransaction, observe }: PublisherDeps, limit: number): Promise<Outcome> => {
  const published = await inTransaction(publisherPrincipal, (tx) => publishChanges(tx, limit));
  // Another publisher is at it and was woken by the same change: it looks again before it rests.
  if (published.busy) return 'idle';
  if (published.count === 0) return 'idle';
  observe?.(published.count);
  return published.count >= limit ? 'again' : 'idle';
};

/** Starts the publisher. Several may run; one at a time numbers. */
export const startPublisher = (deps: PublisherDeps): Loop => {
  const size = deps.batchSize ?? 500;
  const onError = (thrown: unknown): void => deps.log.warn(faultOf(thrown), 'the change feed cannot be numbered');
  const publish = async (): Promise<Outcome> => {
    await sleep(breathMs);
    return publishBatch(deps, size);
  };
  return startLoop({ work: publish, onError, pollMs: deps.pollMs ?? 1000 });
};
