import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#libs/embedded/free-port';
import { arrive, nurse } from '../../../test/support/review-desk';
import { type EngineSite, startEngineSite } from '../../../test/support/worker/engine-site';

const entry = join(__dirname, '../../../dist/apps/worker/src/main.js');

interface Program {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<[code: number | null, signal: string | null]>;
}

/** The built worker as a process of its own, with this environment and nothing else. */
const run = (env: Record<string, string>): Program => {
  const child = spawn(process.execPath, ['--conditions=dist', entry], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    cwd: tmpdir(),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said, ended: once(child, 'exit') as Program['ended'] };
};

describe('the worker’s program (npm run build makes it)', () => {
  let site: EngineSite;
  let folder: string;
  let port: number;
  let env: Record<string, string>;
  const running = new Set<Program>();

  const worker = (over: Record<string, string> = {}): Program => {
    const program = run({ ...env, ...over });
    running.add(program);
    void program.ended.then(() => running.delete(program));
    return program;
  };
  const readiness = async (): Promise<number | null> =>
    fetch(`http://127.0.0.1:${port}/healthz/readiness`).then(
      ({ status }) => status,
      () => null,
    );
  const until = async (holds: () => Promise<boolean>, withinMs = 30_000): Promise<void> => {
    for (const end = Date.now() + withinMs; !(await holds());) {
      if (Date.now() > end)
        throw new Error(`did not hold: ${holds} ${[...running].map(({ said }) => said()).join('')}`);
      await sleep(50);
    }
  };

  beforeAll(async () => {
    site = await startEngineSite();
    folder = mkdtempSync(join(tmpdir(), 'countersign-worker-'));
    port = await freePort();
    const kekFile = join(folder, 'kek');
    writeFileSync(kekFile, site.config.kek.toString('base64'), { mode: 0o600 });
    env = {
      DATABASE_URL: site.config.databaseUrl,
      COUNTERSIGN_KEK_FILE: kekFile,
      COUNTERSIGN_STATE_DIR: folder,
      TEMPORAL_ADDRESS: site.temporal.address,
      TEMPORAL_NAMESPACE: site.temporal.namespace,
      DEEPSEEK_BASE_URL: site.model.baseUrl,
      DEEPSEEK_MODEL: site.model.model,
      WORKER_HEALTH_PORT: String(port),
    };
  }, 400_000);
  afterAll(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    await site?.stop();
  }, 60_000);

  it('ends with code 2 and every error at once when its configuration is not complete', async () => {
    const { ended, said } = run({});
    expect((await ended)[0]).toBe(2);
    for (const variable of ['DATABASE_URL', 'COUNTERSIGN_KEK_FILE', 'TEMPORAL_ADDRESS', 'DEEPSEEK_BASE_URL'])
      expect(said()).toContain(variable);
  });

  it('ends with code 2 when its key file cannot be used, and says why', async () => {
    const { ended, said } = worker({ COUNTERSIGN_KEK_FILE: join(folder, 'none') });
    expect((await ended)[0]).toBe(2);
    expect(said()).toContain('KEY_UNAVAILABLE');
    expect(said()).toContain('missing');
  });

  it('ends with code 1 when the key is not the one of the ledger: waiting would not mend it', async () => {
    const other = join(folder, 'other');
    writeFileSync(other, Buffer.from(site.config.kek.toReversed()).toString('base64'), { mode: 0o600 });
    const { ended, said } = worker({ COUNTERSIGN_KEK_FILE: other });
    expect((await ended)[0]).toBe(1);
    expect(said()).toContain('KEY_UNAVAILABLE');
  });

  it('becomes ready, works, and ends in order with code 0 on SIGTERM', async () => {
    const { child, ended, said } = worker();
    await until(async () => (await readiness()) === 200);
    const { reviewId } = await arrive(site.ledger, await nurse(site.ledger));
    await until(async () => (await site.ledger.sql('select from draft where review_id = $1', [reviewId])).length === 1);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(said()).not.toMatch(/李明|胸痛/);
    expect(
      said()
        .split('\n')
        .filter(Boolean)
        .every((line) => line.startsWith('{')),
    ).toBe(true);
  }, 60_000);

  it('goes on after kill -9 with what the dead one left', async () => {
    const first = worker();
    await until(async () => (await readiness()) === 200);
    first.child.kill('SIGKILL');
    await first.ended;
    const { caseId, reviewId } = await arrive(site.ledger, await nurse(site.ledger));
    const second = worker();
    await until(async () => (await site.ledger.sql('select from draft where review_id = $1', [reviewId])).length === 1);
    const left = await site.ledger.sql('select from outbox where sent_at is null');
    expect([caseId.length, left.length]).toEqual([36, 0]);
    second.child.kill('SIGTERM');
    expect((await second.ended)[0]).toBe(0);
  }, 60_000);
});
