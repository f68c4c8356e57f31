import { spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { repositoryRoot } from '#libs/embedded/repository';
import { type ReplayFigures } from '../replay/figures';

jest.setTimeout(300_000);

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly pid: number | undefined;
}

/* As `npm run replay:triage` runs it, with what a shell beside a production installation might hold. */
const replayTriage = (...args: string[]): Promise<Outcome> => {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    COUNTERSIGN_PROFILE: 'production',
    DATABASE_URL: 'postgresql://countersign_app:a-long-password@127.0.0.1:1/ledger',
  };
  const command = ['--conditions=dist', 'dist/apps/cli/src/main.js', 'replay-triage', ...args];
  const child = spawn(process.execPath, command, { cwd: repositoryRoot(), env, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (written.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (written.err += data.toString()));
  return new Promise((done) => child.once('close', (code) => done({ code, pid: child.pid, ...written })));
};

/** The one line of a replay in which every visit was committed; throws with everything it said otherwise. */
const figuresOf = ({ code, out, err, pid }: Outcome): ReplayFigures => {
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`countersign-demo-${pid}-`))).toEqual([]);
  return JSON.parse(out) as ReplayFigures;
};

const fixture = (format: string): string => resolve(__dirname, `../replay/fixtures/${format}.csv`);

describe('countersign replay-triage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'replay-triage-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('sends Korean visits through the product, counts lines that are none, and leaves nothing behind', async () => {
    const file = join(folder, 'ktas.csv');
    copyFileSync(fixture('ktas'), file);
    appendFileSync(file, '1,1,34,"an open quote\n1,2\n');
    const outcome = await replayTriage('--format', 'ktas', '--file', file);
    const figures = figuresOf(outcome);
    // By hand: visits 2, 4 and 10 are missed by the nurse; the floor catches 4 (saturation) and 10 (pulse), and the
    // severe pain of visit 8 makes the draft propose II though the experts say III.
    expect(figures).toMatchObject({
      n: 12,
      committed: 12,
      failed: 0,
      unreadable: 2,
      drafted: 12,
      missed: { nurse: 3, nurseAndFloor: 1, nurseFloorAndDraft: 1 },
      overTriageAdded: { floor: 0, floorAndDraft: 100 / 12 },
      violations: 0,
    });
    expect(figures.coSigned).toBeGreaterThan(0);
    expect(figures.decisionAnsweredMs.p99).toBeGreaterThan(0);
    expect(figures.effectCarriedOutMs.p50).toBeGreaterThan(figures.decisionAnsweredMs.p50 ?? Infinity);
    for (const { zh, en } of figures.proxies) expect(outcome.err).toContain(`${en} · ${zh}`);
  });

  it('sends Danish admissions through the product, with blanks and without an expert', async () => {
    const { n, committed, coSigned, missed, overTriageAdded, violations } = figuresOf(
      await replayTriage('--format', 'danish', '--file', fixture('danish'), '--limit', '9'),
    );
    expect({ n, committed, violations }).toEqual({ n: 9, committed: 9, violations: 0 });
    expect(coSigned).toBeGreaterThan(0);
    expect(missed).toEqual({ nurse: null, nurseAndFloor: null, nurseFloorAndDraft: null });
    expect(overTriageAdded).toEqual({ floor: null, floorAndDraft: null });
  });

  it.each([
    ['a file that is not there', ['--format', 'ktas', '--file', join(folder, 'none.csv')], /cannot read/],
    ['a file of another layout', ['--format', 'danish', '--file', fixture('ktas')], /lacks the columns/],
    ['an unknown layout', ['--format', 'esi', '--file', fixture('ktas')], /Allowed choices are danish, ktas/],
    ['no file', ['--format', 'ktas'], /--file/],
    ['a limit of none', ['--format', 'ktas', '--file', fixture('ktas'), '--limit', '0'], /whole number from 1/],
  ])('ends with an error and starts nothing for %s', async (_name, args, message) => {
    const { code, out, err } = await replayTriage(...args);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(code).toBeGreaterThan(0);
  });
});
