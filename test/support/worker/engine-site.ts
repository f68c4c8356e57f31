import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Test } from '@nestjs/testing';
import { type INestApplicationContext } from '@nestjs/common';
import { pino } from 'pino';
import { EngineRoom } from '../../../apps/worker/src/engine/engine-room';
import { installTemporalRuntime } from '../../../apps/worker/src/engine/temporal-log';
import { newStanding } from '../../../apps/worker/src/health/standing';
import { createMetrics } from '../../../apps/worker/src/metrics/metrics';
import { WorkerModule } from '../../../apps/worker/src/worker.module';
import { type WorkerConfig } from '../../../apps/worker/src/worker-config';
import { type KeyRing } from '#libs/crypto/key-ring';
import { createFieldCipher } from '#libs/db/field-cipher';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { createInTransaction } from '#libs/db/transaction';
import { type RehearsalServer, startRehearsalServer } from '#libs/llm/rehearsal/server';
import { rehearseAcuity } from '#libs/processes/triage/triage.rehearsal';
import { connectTemporal, type TemporalLink } from '#libs/temporal/temporal-link';
import { bundleWorkflows } from '../bundle-workflows';
import { startTestTemporal, type TestTemporal } from '../embedded';
import { type Ledger, startLedger } from '../ledger-fixture';

/** A worker of the product in this process. */
export interface TestEngine {
  readonly app: INestApplicationContext;
  readonly port: number;
  /** How often it reported that it ended by itself. */
  readonly deaths: () => number;
  readiness(): Promise<{ status: number; checks: Record<string, string> }>;
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

/** A ledger, a Temporal server, a rehearsal model and everything a worker is configured with. */
export interface EngineSite {
  readonly ledger: Ledger;
  readonly temporal: TestTemporal;
  readonly model: RehearsalServer;
  readonly ring: KeyRing;
  readonly link: TemporalLink;
  readonly config: WorkerConfig;
  /** What every engine of this site has logged. */
  readonly log: string[];
  engine(changes?: Partial<WorkerConfig>): Promise<TestEngine>;
  stop(): Promise<void>;
}

/** Starts the site without any worker; about five seconds. */
export const startEngineSite = async (timeScale = 1): Promise<EngineSite> => {
  const [plain, temporal] = [await startLedger(40), await startTestTemporal('engine')];
  const kek = randomBytes(32);
  const ring = await loadKeyRing(plain.source, kek, { create: true });
  const cipher = createFieldCipher(ring);
  const ledger: Ledger = { ...plain, cipher, inTransaction: createInTransaction(plain.source, cipher) };
  const model = await startRehearsalServer({ drafters: { triage_acuity: rehearseAcuity }, allowFaults: true });
  const address = { address: temporal.address, namespace: temporal.namespace };
  const log: string[] = [];
  const sink = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
  installTemporalRuntime(sink);
  const config: WorkerConfig = {
    profile: 'demo',
    databaseUrl: ledger.postgres.url,
    poolSize: 10,
    kek,
    temporal: address,
    model: modelConfig(model),
    timeScale,
    drainMs: 5000,
    healthPort: 0,
    workflows: await bundleWorkflows(),
  };
  const link = connectTemporal(address, 'test');
  const engines: TestEngine[] = [];
  const engine = async (changes: Partial<WorkerConfig> = {}): Promise<TestEngine> => {
    const started = await startEngine({ ...config, ...changes }, sink);
    engines.push(started);
    return started;
  };
  const stop = async (): Promise<void> => {
    for (const started of engines) await started.stop();
    await link.close();
    await model.close();
    await temporal.stop();
    await ledger.stop();
  };
  return { ledger, temporal, model, ring, link, config, log, engine, stop };
};

const modelConfig = ({ baseUrl, model }: RehearsalServer): WorkerConfig['model'] => ({
  baseUrl,
  model,
  apiKey: undefined,
  ca: undefined,
  allowedCidrs: [],
  allowedOrigins: [],
  slots: { running: 4, waiting: 16 },
  deadlines: { firstTokenMs: 5000, gapMs: 5000, totalMs: 20_000 },
  thinking: 'default',
});

const startEngine = async (config: WorkerConfig, log: pino.Logger): Promise<TestEngine> => {
  let deaths = 0;
  const parts = { config, log, metrics: createMetrics(), standing: newStanding() };
  const built = await Test.createTestingModule({ imports: [WorkerModule.with(parts, () => (deaths += 1))] }).compile();
  const app = await built.init();
  const port = app.get(EngineRoom).healthPort ?? 0;
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  let stopping: Promise<void> | null = null;
  return {
    app,
    port,
    deaths: () => deaths,
    readiness: async () => {
      const answer = await ask('/healthz/readiness');
      const { checks } = (await answer.json()) as { checks: Record<string, string> };
      return { status: answer.status, checks };
    },
    metrics: async () => (await ask('/metrics')).text(),
    stop: () => (stopping ??= app.close()),
  };
};

/** Waits until an engine says that it is ready. */
export const untilReady = async (engine: TestEngine, withinMs = 30_000): Promise<void> => {
  const since = performance.now();
  for (;;) {
    const { status, checks } = await engine.readiness();
    if (status === 200) return;
    if (performance.now() - since > withinMs) throw new Error(`not ready: ${JSON.stringify(checks)}`);
    await sleep(50);
  }
};
