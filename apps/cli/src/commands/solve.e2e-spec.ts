import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repositoryRoot } from '#libs/embedded/repository';
import { generateHouse, usualHouse } from '#libs/solver/operational/generate-house';
import { smallIhtc } from '../../../../test/support/solver/small-ihtc';
import { smallPas } from '../../../../test/support/solver/small-pas';
import { smallPasu } from '../../../../test/support/solver/small-pasu';

const folder = mkdtempSync(join(tmpdir(), 'solve-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, name);
const program = ['--conditions=dist', join(repositoryRoot(), 'dist/apps/cli/src/main.js')];

interface Outcome {
  /** What stands on stdout before the line. */
  readonly said: readonly string[];
  readonly line: Record<string, unknown>;
  readonly err: string;
  readonly exitCode: number;
}

const lineAfter = (lines: readonly string[]): Pick<Outcome, 'line' | 'said'> => {
  const last = lines.at(-1) ?? '';
  return last.startsWith('{') ? { line: JSON.parse(last), said: lines.slice(0, -1) } : { line: {}, said: lines };
};

/** Runs a command line of the program, its words parted by blanks. */
const run = (line: string): Promise<Outcome> =>
  new Promise((done) => {
    execFile(process.execPath, [...program, ...line.split(' ')], (error, out, err) =>
      done({ ...lineAfter(out.trimEnd().split('\n')), err, exitCode: Number(error?.code ?? 0) }),
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
    expect(checked).toMatchObject({
      exitCode: 0,
      err: '',
      line: { problem: 'pas', cost, parts, violations, breaks: [] },
    });
  });

  it.each([
    ['pasu', 'house.xml', smallPasu],
    ['ihtc', 'house.json', JSON.stringify(smallIhtc())],
    ['ward', 'ward.json', JSON.stringify(generateHouse({ ...usualHouse, beds: 60, requests: 9, seed: 2 }))],
  ])('solves %s, and its plan is read again as it was meant', async (problem, name, text) => {
    writeFileSync(file(name), text);
    const files = `--problem ${problem} --in ${file(name)}`;
    const { line, exitCode } = await run(`solve ${files} --out ${file('plan')} --iterations 20000`);
    expect([exitCode, line['violations']]).toEqual([0, 0]);
    const { cost, parts } = line;
    expect((await run(`solve-check ${files} --solution ${file('plan')}`)).line).toMatchObject({ cost, parts });
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

  it('explains the beds of somebody in words of both languages, before its line', async () => {
    writeFileSync(file('ward.json'), JSON.stringify(generateHouse({ ...usualHouse, beds: 60, requests: 9, seed: 2 })));
    const solving = `solve --problem ward --in ${file('ward.json')} --out ${file('plan')} --iterations 2000`;
    const { said } = await run(`${solving} --explain Q1`);
    expect(said.filter((text) => /^[123]\. /.test(text))).toHaveLength(6);
    expect(said[0]).toMatch(/^1\. .+共.+分$/);
    expect(await run(`${solving} --explain nobody`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('nobody'),
    });
    const refused = await solvePas('--iterations 1000 --explain 1');
    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining('no words for its beds') });
  });

  it('makes a hospital, the same for the same seed', async () => {
    for (const name of ['one.json', 'two.json'])
      await run(`solve-generate --beds 60 --requests 9 --seed 5 --out ${file(name)}`);
    expect(readFileSync(file('two.json'), 'utf8')).toBe(readFileSync(file('one.json'), 'utf8'));
    expect(JSON.parse(readFileSync(file('one.json'), 'utf8')).beds).toHaveLength(60);
  });
});
