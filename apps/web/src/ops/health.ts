import { type Operations } from '../api/types';

/** How a dependency stands: well, not well yet usable, not usable, or nobody knows. */
export type Standing = 'good' | 'warn' | 'bad' | 'unknown';

/** One line of the health page; `says` names its words and what to do (`ops.json`, `health.<id>.<says>`). */
export interface Health {
  readonly id: 'database' | 'engine' | 'workers' | 'outbox' | 'model' | 'feeds' | 'backup';
  readonly standing: Standing;
  readonly says: string;
  readonly n: number;
  /** A name that the words mention. */
  readonly what: string;
}

type Line = Omit<Health, 'id'>;
type Look = (of: Operations) => Line;

const line = (
  standing: Standing,
  says: string,
  { n = 0, what = '' }: Partial<Pick<Line, 'n' | 'what'>> = {},
): Line => ({
  standing,
  says,
  n,
  what,
});

/** Longer than this nothing may wait to be handed on (seconds); as in the API's readiness. */
export const lateAfterSeconds = 30;

const database: Look = ({ database: { migrations, pool, bytes } }) => {
  if (migrations.pending.length > 0) return line('bad', 'pending', { n: migrations.pending.length });
  if (pool.waiting > 0) return line('warn', 'crowded', { n: pool.waiting });
  return line('good', 'good', { n: Math.round(bytes / 1_000_000) });
};

const liveOf = ({ workers }: Operations): Operations['workers'] => workers.filter(({ live }) => live);

const engine: Look = (of) => {
  const { state, workersSay } = of.temporal;
  if (state === 'reached') return line('good', 'good');
  if (state === 'unknown') return line('unknown', 'unknown');
  if (workersSay !== null && workersSay !== 'ready') return line('bad', 'away', { what: workersSay });
  return line('bad', 'late');
};

const workers: Look = (of) => {
  const live = liveOf(of);
  if (live.length === 0) return line('bad', 'none', { n: of.workers.length });
  const idle = of.queues.filter((queue) => queue.workers === 0);
  if (idle[0]) return line('bad', 'idleQueue', { n: idle.length, what: idle.map(({ queue }) => queue).join(', ') });
  if (live.every(({ state }) => state !== 'running')) return line('warn', 'waiting', { n: live.length });
  return line('good', 'good', { n: live.length });
};

const outbox: Look = ({ outbox: { unsent, oldestUnsentSeconds, dead } }) => {
  if (oldestUnsentSeconds > lateAfterSeconds) return line('bad', 'late', { n: unsent });
  if (dead > 0) return line('warn', 'dead', { n: dead });
  return line('good', 'good', { n: unsent });
};

type Model = NonNullable<Operations['workers'][number]['model']>;

const modelLine = ({ model, refused, breaker, probe, rehearsal }: Model): Line => {
  if (refused !== null) return line('bad', 'refused', { what: model });
  if (breaker === 'open') return line('warn', 'paused', { what: model });
  if (probe?.ok === false) return line('warn', 'away', { what: model });
  if (breaker === 'half-open' || probe === null) return line('warn', 'trying', { what: model });
  return line('good', rehearsal ? 'rehearsal' : 'good', { what: model });
};

const gravity: readonly Standing[] = ['bad', 'warn', 'unknown', 'good'];

const model: Look = (of) => {
  const lines = liveOf(of).flatMap((worker) => (worker.model === null ? [] : [modelLine(worker.model)]));
  const [worst] = lines.toSorted((a, b) => gravity.indexOf(a.standing) - gravity.indexOf(b.standing));
  return worst ?? line('unknown', 'unknown');
};

const feeds: Look = ({ deadLetters, feeds: { ports, connections } }) => {
  if (deadLetters > 0) return line('warn', 'dead', { n: deadLetters });
  if (ports.length === 0) return line('good', 'noPort');
  return connections === 0 ? line('warn', 'nobody', { n: ports.length }) : line('good', 'good', { n: connections });
};

const backup: Look = ({ lastBackupAt }) => (lastBackupAt === null ? line('unknown', 'unknown') : line('good', 'good'));

const looks = { database, engine, workers, outbox, model, feeds, backup } satisfies Record<Health['id'], Look>;

/** Every dependency, in the order in which the product needs them. */
export const healthOf = (of: Operations): readonly Health[] =>
  (Object.keys(looks) as Health['id'][]).map((id) => ({ id, ...looks[id](of) }));
