import { setTimeout as sleep } from 'node:timers/promises';
import { isCountersignError } from '#libs/errors/errors';
import { type InTransaction } from '#libs/db/transaction';
import { faultOf } from '../fault';
import { type Log } from '../log';
import { part } from '../principals';
import { type Loop, type Outcome, startLoop } from '../wake/loop';
import { keepCopies, type Disclosed } from './copy-lists';

/** What keeping the copies up to date needs. */
export interface DowntimeDeps {
  readonly inTransaction: InTransaction;
  readonly log: Log;
  readonly folder: string;
  readonly timeScale: number;
  /** At the latest after this many milliseconds a copy is written anew (default a minute). */
  readonly everyMs?: number;
}

/* What changes meanwhile is one copy; nobody reads paper faster. */
const breathMs = 1000;

/** Starts writing the printable lists, now and then and when something changed. Several may run on one folder. */
export const startDowntimeCopies = (deps: DowntimeDeps): Loop => {
  const disclosed: Disclosed = new Map();
  const principalOf = (organisationId: string) => part('downtime-list', organisationId);
  const work = async (): Promise<Outcome> => {
    await sleep(breathMs);
    await keepCopies({ ...deps, principalOf }, disclosed);
    return 'idle';
  };
  const onError = (thrown: unknown): void =>
    deps.log.warn(
      isCountersignError(thrown) ? { code: thrown.code, ...thrown.detail } : faultOf(thrown),
      'the downtime lists cannot be written',
    );
  return startLoop({ work, onError, pollMs: deps.everyMs ?? 60_000 });
};
