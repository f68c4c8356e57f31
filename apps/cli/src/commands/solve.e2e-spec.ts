import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repositoryRoot } from '#libs/embedded/repository';
import { smallPas } from '../../../../test/support/solver/small-pas';

const folder = mkdtempSync(join(tmpdir(), 'solve-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, name);
const program = ['--conditions=dist', join(repositoryRoot(), 'dist/apps/cli/src/main.js')];

interface Outcome {
  readonly line: Record<string, unknown>;
  readonly err: string;
  readonly exitCode: number;
}

/** Runs a command line of the program, its words parted by blanks. */
const run = (line: string): Promise<Outcome> =>
  new Promise((done) => {
    execFile(process.execPath, [...program, ...line.split(' ')], (error, out, err) =>
      done({ line: out === '' ? {} : JSON.parse(out), err, exitCode: Number(error?.code ?? 0) }),
    );
  });

const solvePas = (flags: string): Promise<Outcome> =>
  run(`solve --problem pas --in ${file('house.txt')} --out ${file('plan.csv')} ${flags}`);

beforeAll(() => {
  writeFileSync(file('house.txt'), smallPas);
  writeFileSync(file('house.txt.gz'), gzipSync(smallPas));
});

describe('solve', () => {
  it('writes a plan that the validator finds as it was announced', async () => {
    const { line, exitCode } = await solvePas('--iterations 20000 --seed 3');
    expect(exitCode).toBe(0);
    expect(line).toMatchObject({ problem: 'pas', instance: 'house', violations: 0, threads: 2, seed: 3 });
    expect(line['iterations']).toBeGreaterThan(40_000);
    const checked = await run(`solve-check --problem pas --in ${file('house.txt.gz')} --solution ${file('plan.csv')}`);
    const { cost, parts, violations } = line;
    expect(checked).toEqual({ exitCode: 0, err: '', line: { problem: 'pas', cost, parts, violations, breaks: [] } });
  });

  it('gives one answer for one seed, number of threads and budget', async () => {
    const plans: string[] = [];
    for (let again = 0; again < 2; again++) {
      await solvePas('--iterations 5000 --threads 3');
      plans.push(readFileSync(file('plan.csv'), 'utf8'));
    }
    expect(plans[1]).toBe(plans[0]);
  });

  it('tells of its progress on stderr and keeps to its time', async () => {
    const { line, err } = await solvePas('--seconds 1.5 --progress');
    expect(JSON.parse(err.split('\n')[0] ?? '')).toMatchObject({ stage: 0, cost: expect.any(Number) });
    expect(line['seconds']).toBeLessThan(5);
  });

  it('writes the best so far when it is interrupted', async () => {
    const out = file('interrupted.csv');
    const args = `solve --problem pas --in ${file('house.txt')} --out ${out} --seconds 600 --progress`.split(' ');
    const child = spawn(process.execPath, [...program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(existsSync(out)).toBe(true);
  });

  it.each([
    ['a file that is no problem', 'not a house', 'head: no line'],
    ['a word where a number belongs', smallPas.replace('1 Ann 40', '1 Ann old'), 'line 39: "old"'],
  ])('refuses %s by place and reason', async (_, text, why) => {
    writeFileSync(file('bad.txt'), text);
    const refused = await run(`solve --problem pas --in ${file('bad.txt')} --out ${file('none.csv')}`);
    expect(refused).toMatchObject({ exitCode: 2, line: {} });
    expect(refused.err).toContain(why);
    expect(existsSync(file('none.csv'))).toBe(false);
  });

  it('ends with 1 where the plan that is checked breaks a hard rule', async () => {
    const plan = readFileSync(file('plan.csv'), 'utf8').replace(/,\d*$/gm, ',1');
    writeFileSync(file('crowded.csv'), plan);
    const { line, exitCode } = await run(
      `solve-check --problem pas --in ${file('house.txt')} --solution ${file('crowded.csv')}`,
    );
    expect(exitCode).toBe(1);
    expect(line['breaks']).toContainEqual(expect.stringMatching(/^sharedBed: patient 1 part 1 with patient \d/));
  });

  it('makes a hospital, the same for the same seed', async () => {
    for (const name of ['one.json', 'two.json'])
      await run(`solve-generate --beds 60 --requests 9 --seed 5 --out ${file(name)}`);
    expect(readFileSync(file('two.json'), 'utf8')).toBe(readFileSync(file('one.json'), 'utf8'));
    expect(JSON.parse(readFileSync(file('one.json'), 'utf8')).beds).toHaveLength(60);
  });
});
