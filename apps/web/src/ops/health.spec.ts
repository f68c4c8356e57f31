import { type Operations } from '../api/types';
import { healthOf } from './health';

const probed = { at: '2026-11-23T00:00:00.000Z', ok: true, reason: null };
const model = {
  model: 'deepseek',
  origin: 'http://m',
  refused: null,
  rehearsal: false,
  breaker: 'closed',
  probe: probed,
};
const worker = { id: 'w', live: true, state: 'running', temporal: 'ready', queues: ['steps'], model };
const well = {
  database: { bytes: 12_000_000, pool: { total: 2, idle: 2, waiting: 0 }, migrations: { applied: 3, pending: [] } },
  temporal: { state: 'reached', workersSay: 'ready' },
  outbox: { unsent: 0, oldestUnsentAt: null, oldestUnsentSeconds: 0, dead: 0 },
  deadLetters: 0,
  queues: [{ queue: 'steps', workers: 1, lastSeenAt: probed.at }],
  workers: [worker],
  lastBackupAt: probed.at,
  feeds: { ports: [{ charset: 'utf-8', port: 2575, tls: false }], connections: 1, lastMessageAt: null },
};
const said = (change: object): Record<string, string> =>
  Object.fromEntries(
    healthOf({ ...well, ...change } as unknown as Operations).map(({ id, standing, says }) => [
      id,
      `${standing} ${says}`,
    ]),
  );
const withModel = (change: object) => said({ workers: [{ ...worker, model: { ...model, ...change } }] })['model'];

describe('the health of an installation', () => {
  it('is good where everything stands', () => {
    expect(new Set(Object.values(said({})))).toEqual(new Set(['good good']));
  });

  it('says that nobody works once the last worker is gone, and that nobody knows of the rest', () => {
    const gone = { ...worker, live: false };
    const queues = [{ queue: 'steps', workers: 0, lastSeenAt: probed.at }];
    expect(said({ workers: [gone], queues, temporal: { state: 'unknown', workersSay: null } })).toMatchObject({
      workers: 'bad none',
      engine: 'unknown unknown',
      model: 'unknown unknown',
      database: 'good good',
    });
  });

  it('names a queue that no worker takes from although others work', () => {
    const queues = [...well.queues, { queue: 'model', workers: 0, lastSeenAt: probed.at }];
    const [, , workers] = healthOf({ ...well, queues } as unknown as Operations);
    expect(workers).toEqual({ id: 'workers', standing: 'bad', says: 'idleQueue', n: 1, what: 'model' });
  });

  it('tells what waits too long from what was given up', () => {
    expect(said({ outbox: { ...well.outbox, unsent: 4, oldestUnsentSeconds: 31, dead: 2 } })['outbox']).toBe(
      'bad late',
    );
    expect(said({ outbox: { ...well.outbox, dead: 2 } })['outbox']).toBe('warn dead');
    expect(said({ temporal: { state: 'degraded', workersSay: 'ready' } })['engine']).toBe('bad late');
    expect(said({ temporal: { state: 'degraded', workersSay: 'unavailable' } })['engine']).toBe('bad away');
  });

  it('takes a model that does not answer for a warning: people sign without it', () => {
    expect(withModel({ probe: { ...probed, ok: false, reason: 'unreachable' } })).toBe('warn away');
    expect(withModel({ breaker: 'open' })).toBe('warn paused');
    expect(withModel({ probe: null })).toBe('warn trying');
    expect(withModel({ refused: 'address-refused' })).toBe('bad refused');
    expect(withModel({ rehearsal: true })).toBe('good rehearsal');
  });

  it('shows the worst of several endpoints', () => {
    const other = { ...worker, id: 'x', model: { ...model, refused: 'url-invalid' } };
    expect(said({ workers: [worker, other] })['model']).toBe('bad refused');
  });

  it('never calls a backup good that nobody recorded', () => {
    expect(said({ lastBackupAt: null })['backup']).toBe('unknown unknown');
  });
});
