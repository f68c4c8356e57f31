import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendants } from '#libs/embedded/process-tree';
import { identify } from '#libs/embedded/process-identity';
import { writePrivateJson } from '#libs/embedded/state-files';
import { childRecord, endLeftovers } from './leftovers';

describe('what a killed supervisor left running', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'countersign-leftovers-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const survivor = (script: string): number =>
    spawn('/bin/sh', ['-c', script], { detached: true, stdio: 'ignore' }).pid!;

  it('is ended, also when it ignores SIGTERM', async () => {
    const [polite, stubborn] = [survivor('sleep 60 & wait'), survivor(`trap '' TERM; while :; do sleep 1; done`)];
    await new Promise((resolve) => setTimeout(resolve, 200));
    const below = descendants(polite);
    expect(below).toHaveLength(1);
    const record = childRecord(folder);
    record('api', polite);
    record('worker', stubborn);
    const said: string[] = [];
    await endLeftovers(folder, (line) => said.push(line));
    expect(said.join()).toContain('api, worker');
    for (let waited = 0; waited < 1000 && identify(stubborn); waited += 20) await new Promise((r) => setTimeout(r, 20));
    expect([polite, stubborn, ...below].map(identify)).toEqual([null, null, null]);
    expect(existsSync(join(folder, 'children.json'))).toBe(false);
  });

  it('is told apart from a stranger who has its pid by now', async () => {
    const stranger = survivor('sleep 60');
    writePrivateJson(join(folder, 'children.json'), { api: { pid: stranger, startedAt: 'another life' } });
    await endLeftovers(folder, () => undefined);
    expect(identify(stranger)).not.toBeNull();
    process.kill(-stranger, 'SIGKILL');
  });

  it('is nothing on a folder that was never used', async () => {
    const said: string[] = [];
    await endLeftovers(folder, (line) => said.push(line));
    expect(said).toEqual([]);
  });
});
