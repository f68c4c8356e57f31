import { hostname } from 'node:os';
import { v7 as uuidv7 } from 'uuid';
import { productVersion } from '#libs/config/product-version';
import { beat, type Heartbeat } from '#libs/db/stores/heartbeat.store';
import { type InTransaction } from '#libs/db/transaction';
import { faultOf } from '../fault';
import { type Standing } from '../health/standing';
import { type Log } from '../log';
import { part } from '../principals';
import { type Outcome, startLoop } from '../wake/loop';
import { taskQueues } from '../worker-config';

/** What saying how this worker stands needs. */
export interface HeartbeatDeps {
  readonly inTransaction: InTransaction;
  readonly log: Log;
  readonly standing: Standing;
  /** How often it is said (default every ten seconds at the latest: three may be missed). */
  readonly pollMs?: number;
}

const principal = part('heartbeat');

/**
 * Starts saying in the ledger that this worker lives, and how it stands with Temporal and the model; says its end when
 * stopped. The API has no other way to know.
 */
export const startHeartbeat = ({ inTransaction, log, standing, pollMs = 10_000 }: HeartbeatDeps) => {
  const self = { id: uuidv7(), startedAt: new Date() };
  const say = async (): Promise<void> => {
    const said = { ...self, ...(await saidOf(standing)) };
    await inTransaction(principal, (tx) => beat(tx, said));
  };
  const onError = (thrown: unknown): void => log.warn(faultOf(thrown), 'how this worker stands cannot be stored');
  const work = async (): Promise<Outcome> => {
    await say();
    return 'idle';
  };
  const loop = startLoop({ work, onError, pollMs });
  return {
    /** Says it at once. */
    wake: loop.wake,
    stop: async (): Promise<void> => {
      await loop.stop();
      await say().catch(onError);
    },
  };
};

const saidOf = async (standing: Standing): Promise<Omit<Heartbeat, 'id' | 'startedAt'>> => {
  const { workers: state } = standing;
  return {
    host: hostname(),
    pid: process.pid,
    version: productVersion,
    state,
    temporal: state === 'stopped' ? 'left' : await temporalOf(standing),
    queues: state === 'running' ? Object.values(taskQueues) : [],
    model: modelOf(standing),
  };
};

const temporalOf = ({ link }: Standing): Promise<string> =>
  link?.state().catch(() => 'unavailable') ?? Promise.resolve('waiting');

const modelOf = ({ model }: Standing): Heartbeat['model'] => model && { ...model.status(), probe: model.probe };
