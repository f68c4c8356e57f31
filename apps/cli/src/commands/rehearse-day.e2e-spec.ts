import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '#libs/embedded/repository';

jest.setTimeout(420_000);

describe('countersign rehearse-day', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rehearse-day-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const rehearse = (...args: string[]): Promise<{ code: number | null; err: string; pid: number | undefined }> => {
    const command = ['--conditions=dist', 'dist/apps/cli/src/main.js', 'rehearse-day', ...args];
    const env = { ...process.env, NODE_OPTIONS: '' };
    const child = spawn(process.execPath, command, { cwd: repositoryRoot(), env, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    return new Promise((done) => child.once('close', (code) => done({ code, err, pid: child.pid })));
  };

  it('plays an hour with every kill in it, holds the invariants, reports, and leaves nothing behind', async () => {
    const file = join(folder, 'report.md');
    const short = ['--hours', '1', '--arrivals', '12', '--monitors', '3', '--speed', '60'];
    const { code, err, pid } = await rehearse(...short, '--report', file);
    const report = existsSync(file) ? readFileSync(file, 'utf8') : err;
    expect({ code, report: code === 0 ? '' : report, err: code === 0 ? '' : err }).toEqual({
      code: 0,
      report: '',
      err: '',
    });
    expect(report).toContain('**0 violations of the invariants, 0 faults.**');
    for (const what of ['worker', 'Temporal', 'PostgreSQL'])
      expect(report).toMatch(new RegExp(`\\| ${what} killed \\|`));
    expect(report).toContain('| triage cases | 12 |');
    expect(report).toMatch(/after it .*cn-his-mews v1/);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`countersign-demo-${pid}-`))).toEqual([]);
  });

  it('ends with an error and starts nothing for a day that cannot be', async () => {
    const { code, err } = await rehearse('--hours', '0');
    expect(err).toContain('a number above 0');
    expect(code).toBeGreaterThan(0);
  });
});
