import { type Tx } from '../transaction';

/** How a worker process stands, as it says itself. */
export interface Heartbeat {
  /** Of the process, made at its start. */
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly startedAt: Date;
  readonly state: 'waiting' | 'running' | 'stopped';
  /** What Temporal answered it. */
  readonly temporal: string;
  /** The task queues it takes work from now. */
  readonly queues: readonly string[];
  /** How it reaches the model: no key, no address beyond the origin; null before it has tried. */
  readonly model: object | null;
}

/** A worker as last heard of; `live`: within the last half minute, and not of its own end. */
export interface SeenWorker extends Heartbeat {
  readonly beatAt: Date;
  readonly live: boolean;
}

/** Stores how a worker stands now. */
export const beat = async (tx: Tx, said: Heartbeat): Promise<void> => {
  const { id, host, pid, version, startedAt, state, temporal, queues, model } = said;
  await tx.query(
    `insert into worker_heartbeat (id, host, pid, version, started_at, state, temporal, queues, model)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set beat_at = clock_timestamp(), state = excluded.state, temporal = excluded.temporal,
       queues = excluded.queues, model = excluded.model`,
    [id, host, pid, version, startedAt, state, temporal, queues, model && JSON.stringify(model)],
  );
};

const most = 50;

/** The workers that were heard of within a day, those heard of last first; 50 at most. */
export const seenWorkers = (tx: Tx): Promise<SeenWorker[]> =>
  tx.query<SeenWorker>(
    `select id, host, pid, version, started_at "startedAt", beat_at "beatAt", state, temporal, queues, model,
       state <> 'stopped' and beat_at > clock_timestamp() - interval '30 seconds' live
     from worker_heartbeat where beat_at > clock_timestamp() - interval '1 day' order by live desc, beat_at desc limit ${most}`,
  );

/** The channel on which workers are asked to probe their model. */
export const probeChannel = 'countersign_probe';

/** Asks every live worker to probe its model now; what they find stands in their next beat. */
export const askForProbes = async (tx: Tx): Promise<void> => {
  await tx.query('select pg_notify($1, $2)', [probeChannel, '']);
};
