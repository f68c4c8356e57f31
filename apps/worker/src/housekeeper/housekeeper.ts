import { prune, pruned } from '#libs/db/stores/prune.store';
import { type InTransaction } from '#libs/db/transaction';
import { faultOf } from '../fault';
import { type Log } from '../log';
import { part } from '../principals';
import { type Loop, type Outcome, startLoop } from '../wake/loop';

/** What the housekeeper needs. */
export interface HousekeeperDeps {
  readonly inTransaction: InTransaction;
  readonly log: Log;
  /** Rows per transaction (default 500), and how often it looks (default once a minute). */
  readonly batchSize?: number;
  readonly pollMs?: number;
}

const principal = part('housekeeper');
const pauseMs = 100;

/** Starts the housekeeper, which removes what is kept only for a time, a few rows at once. Several may run. */
export const startHousekeeper = (deps: HousekeeperDeps): Loop => {
  const size = deps.batchSize ?? 500;
  const work = async (): Promise<Outcome> => {
    let full = false;
    for (const what of pruned) {
      const gone = await deps.inTransaction(principal, (tx) => prune(tx, what, size));
      full ||= gone === size;
    }
    return full ? { pauseMs } : 'idle';
  };
  const onError = (thrown: unknown): void => deps.log.warn(faultOf(thrown), 'old rows cannot be removed');
  return startLoop({ work, onError, pollMs: deps.pollMs ?? 60_000 });
};
