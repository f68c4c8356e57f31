import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '#libs/embedded/repository';
import { nodeArguments } from '../../apps/cli/src/start/programs';
import { type Installation, removeInstallation, startInstallation } from '../../apps/cli/src/start/installation';
import { bash, type Run, tourEnvironment } from '../support/tour-shell';
import { blocksOf, outputsOf, printed, scriptOf, stepsOf } from './tour';

jest.setTimeout(240_000);

const read = (file: string): string => readFileSync(join(repositoryRoot(), file), 'utf8');
const [english, chinese] = [read('README.md'), read('README.zh-CN.md')];
const steps = stepsOf(english);

describe('the quick tour of the README', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tour-'));
  const stateDir = join(folder, 'state');
  let installation: Installation | undefined;
  let run: Run;

  beforeAll(async () => {
    installation = await startInstallation({ stateDir, env: tourEnvironment(), quiet: true });
    const values = { BASE: installation.addresses.api ?? '', STATE: stateDir };
    run = await bash(scriptOf(steps, values), { cwd: folder });
  });

  afterAll(async () => {
    await installation?.stop();
    await removeInstallation(stateDir);
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs to its end against a fresh installation, without a word of complaint', () => {
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(outputsOf(run.stdout)).toHaveLength(steps.length);
  });

  it.each(steps.map(({ title, prints }, at) => ({ title, prints: prints ?? '', at })))(
    'prints what the page says: $title',
    ({ prints, at }) => {
      expect(outputsOf(run.stdout)[at]).toMatch(printed(prints));
    },
  );
});

describe('the README in both languages', () => {
  it('has the same commands, which print the same', () => {
    expect(steps.length).toBeGreaterThan(10);
    expect(stepsOf(chinese).map(withoutTitle)).toEqual(steps.map(withoutTitle));
    expect(blocksOf(chinese, 'sh')).toEqual(blocksOf(english, 'sh'));
  });

  it.each(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts))(
    'names the script %s',
    (script) => {
      const command = script === 'start' || script === 'test' ? `npm ${script}` : `npm run ${script}`;
      for (const page of [english, chinese]) expect(page).toContain(command);
    },
  );

  it('names every command of the command line', () => {
    const names = commandNames();
    expect(names).toContain('start');
    for (const page of [english, chinese]) expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });

  it('links only to files that are there', () => {
    for (const page of [english, chinese]) {
      const targets = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target ?? '');
      const local = targets.filter((target) => !/^https?:/.test(target));
      expect(local.length).toBeGreaterThan(10);
      expect(local.filter((target) => !existsSync(join(repositoryRoot(), target)))).toEqual([]);
    }
  });
});

/** The commands of the built command line, by its own help. */
const commandNames = (): string[] => {
  const program = nodeArguments({ entry: 'dist/apps/cli/src/main.js', args: ['--help'] }, repositoryRoot());
  const help = execFileSync(process.execPath, program, { encoding: 'utf8', env: tourEnvironment() });
  const list = help.slice(help.indexOf('Commands:'));
  return [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name ?? '').filter((name) => name !== 'help');
};

const withoutTitle = ({ commands, prints }: (typeof steps)[number]): object => ({ commands, prints });
