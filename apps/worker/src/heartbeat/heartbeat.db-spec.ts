import { hostname } from 'node:os';
import { pino } from 'pino';
import { productVersion } from '#libs/config/product-version';
import { seenWorkers } from '#libs/db/stores/heartbeat.store';
import { type EndpointStatus } from '#libs/llm/endpoint';
import { unprobedProfile } from '#libs/llm/profile';
import { type TemporalLink } from '#libs/temporal/temporal-link';
import { eventually } from '../../../../test/support/installation-wait';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { newStanding } from '../health/standing';
import { startHeartbeat } from './heartbeat';

jest.setTimeout(60_000);

const status: EndpointStatus = {
  model: 'deepseek-v4-pro',
  origin: 'http://10.0.0.8:8000',
  refused: null,
  rehearsal: false,
  breaker: 'open',
  breakerWaitMs: 1500,
  slots: { running: 1, waiting: 0 },
  profile: unprobedProfile,
};

describe('the heartbeat of a worker', () => {
  let ledger: Ledger;

  beforeAll(async () => {
    ledger = await startLedger();
  });
  afterAll(() => ledger?.stop());
  beforeEach(() => ledger.sql('truncate worker_heartbeat'));

  const seen = () => ledger.inTransaction(ledger.worker, seenWorkers);
  const beating = () => {
    const log: string[] = [];
    const standing = newStanding();
    const sink = pino({ level: 'warn' }, { write: (line: string) => void log.push(line) });
    const deps = { inTransaction: ledger.inTransaction, log: sink, standing, pollMs: 50 };
    return { standing, log, heartbeat: startHeartbeat(deps) };
  };

  it('says who waits for what, then what runs and how it reaches the model, and last that it ended', async () => {
    const { standing, heartbeat, log } = beating();
    await eventually('a first beat', async () => (await seen()).length > 0);
    expect(await seen()).toMatchObject([
      { state: 'waiting', temporal: 'waiting', queues: [], model: null, live: true },
    ]);
    const probe = { at: new Date().toISOString(), ok: false, reason: 'unreachable' };
    standing.link = { state: () => Promise.resolve('ready') } as unknown as TemporalLink;
    standing.model = { status: () => status, probe, probeNow: () => Promise.resolve() };
    standing.workers = 'running';
    const running = {
      host: hostname(),
      pid: process.pid,
      version: productVersion,
      state: 'running',
      temporal: 'ready',
      queues: ['countersign', 'countersign-model'],
      model: { ...status, probe },
      live: true,
    };
    await eventually('a beat of the running worker', async () => (await seen())[0]?.state === 'running');
    expect(await seen()).toMatchObject([running]);
    standing.workers = 'stopped';
    await heartbeat.stop();
    expect(await seen()).toMatchObject([{ state: 'stopped', queues: [], live: false }]);
    expect(log).toEqual([]);
  });

  it('tells processes apart, and a silent one from one that lives', async () => {
    const [one, two] = [beating(), beating()];
    await eventually('both', async () => (await seen()).length === 2);
    await Promise.all([one.heartbeat.stop(), two.heartbeat.stop()]);
    await ledger.sql(`update worker_heartbeat set state = 'running', beat_at = now() - interval '31 seconds'`);
    expect((await seen()).map(({ live }) => live)).toEqual([false, false]);
    await ledger.sql(`update worker_heartbeat set beat_at = now() - interval '25 hours'`);
    expect(await seen()).toEqual([]);
  });

  it('goes on while PostgreSQL refuses it', async () => {
    await ledger.sql('alter table worker_heartbeat rename to elsewhere');
    const { heartbeat, log } = beating();
    await eventually('a warning', () => log.join().includes('cannot be stored'));
    await ledger.sql('alter table elsewhere rename to worker_heartbeat');
    await eventually('a beat', async () => (await seen()).length === 1);
    await heartbeat.stop();
  });
});
