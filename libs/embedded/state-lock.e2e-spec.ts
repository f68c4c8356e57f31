import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { self } from './process-identity';
import { takeLock } from './state-lock';

const hook = join(__dirname, '../../test/support/typescript-hook.cjs');

describe('the lock of a state folder', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-lock-'));
    file = join(folder, 'a.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const taken = () => {
    const outcome = takeLock(file);
    if (!('lock' in outcome)) throw new Error('held');
    return outcome.lock;
  };

  it('is held by one until released', () => {
    const lock = taken();
    expect(takeLock(file)).toEqual({ holder: self() });
    lock.release();
    taken().release();
  });

  it('is taken over from a process that is gone, or whose pid is another’s now', () => {
    writeFileSync(`${file}.7`, JSON.stringify({ pid: 1_000_000_000, startedAt: 'x' }));
    taken().release();
    writeFileSync(`${file}.99`, JSON.stringify({ pid: process.pid, startedAt: 'another life' }));
    taken();
    expect(readdirSync(folder)).toEqual(['a.lock.100']);
  });

  it('goes to exactly one of many who find a dead holder at once', async () => {
    writeFileSync(`${file}.1`, JSON.stringify({ pid: 1_000_000_000, startedAt: 'x' }));
    const script = join(folder, 'contender.ts');
    writeFileSync(
      script,
      `import { takeLock } from '${join(__dirname, 'state-lock')}';
       const at = Number(process.argv[2]);
       while (Date.now() < at);
       process.stdout.write('lock' in takeLock('${file}') ? 'won' : 'lost');
       setTimeout(() => undefined, 5000);`,
    );
    const at = String(Date.now() + 4000);
    const contenders = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--require', hook, script, at], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    const outcomes = await Promise.all(
      contenders.map((each) => new Promise((resolve) => each.stdout.once('data', (data) => resolve(String(data))))),
    );
    for (const each of contenders) each.kill('SIGKILL');
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
  });
});
