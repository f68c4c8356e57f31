import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerScoreTriage } from './score-triage';

const folder = mkdtempSync(join(tmpdir(), 'score-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = 'Sex,Age,Chief_complain,Mental,NRS_pain,SBP,DBP,HR,RR,BT,Saturation,KTAS_RN,KTAS_expert';
const rows = ['1,60,chest pain,1,8,150,90,155,18,36.5,98,3,2', '2,40,cough,1,#BOŞ!,120,80,70,16,36.5,??,4,5'];

type Outcome = { readonly out: string; readonly err: string; readonly exitCode: number };

const run = async (...args: string[]): Promise<Outcome> => {
  const written = { out: '', err: '' };
  const stdout = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => Boolean((written.out += String(text))));
  const stderr = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => Boolean((written.err += String(text))));
  const program = new Command('countersign').exitOverride();
  registerScoreTriage(program);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(['score-triage', ...args], { from: 'user' });
    return { ...written, exitCode: 0 };
  } catch (error) {
    return { ...written, exitCode: (error as { exitCode: number }).exitCode };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
};

describe('score-triage', () => {
  const file = join(folder, 'visits.csv');
  beforeAll(() => writeFileSync(file, `${[header, ...rows].join('\n')}\n`));

  it('prints exactly one JSON line', async () => {
    const { out, err, exitCode } = await run('--format', 'ktas', '--file', file);
    expect({ err, exitCode, lines: out.split('\n').length }).toEqual({ err: '', exitCode: 0, lines: 2 });
    expect(JSON.parse(out)).toEqual({
      n: 2,
      scored: 2,
      unscored: {},
      auc: { level: { death30: null, icu: null }, order: { death30: null, icu: null } },
      missed: { nurse: 1, nurseAndFloor: 0 },
      overTriageAdded: { floor: 0 },
    });
  });

  it('tells impossible measurements beside the line, not in it', async () => {
    const odd = join(folder, 'odd.csv');
    writeFileSync(odd, `${header}\n1,60,cough,1,8,150,90,999,18,36.5,98,3,2\n`);
    const { out, err } = await run('--format', 'ktas', '--file', odd);
    expect(err).toContain('1 measurement');
    expect(JSON.parse(out)).toHaveProperty('n', 1);
  });

  it.each([
    ['a file that is not there', ['--format', 'ktas', '--file', join(folder, 'none.csv')], /cannot read/],
    ['a file of another layout', ['--format', 'danish', '--file', file], /lacks the columns/],
    ['an unknown layout', ['--format', 'esi', '--file', file], /Allowed choices are danish, ktas/],
    ['no file', ['--format', 'ktas'], /--file/],
    ['no layout', ['--file', file], /--format/],
  ])('ends with an error and nothing on stdout for %s', async (_name, args, message) => {
    const { out, err, exitCode } = await run(...args);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(exitCode).toBeGreaterThan(0);
  });
});
