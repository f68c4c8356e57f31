import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { done, signIn } from '#libs/api-client/door';
import { repositoryRoot } from '#libs/embedded/repository';
import { roomPatients } from '../seed/waiting-room/patients';
import { readDemoLogins } from '../seed/demo-files';
import { ownEnvironment } from '../demo/environment';
import { createNarrator } from '../demo/narrator';
import { invariantsHold } from '../demo/acts/invariants';
import { setStage } from '../demo/stage';
import { type Installation, removeInstallation, startInstallation } from '../start/installation';

jest.setTimeout(120_000);

describe('a running demo installation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-running-'));
  const stateDir = join(folder, 'state');
  const env = ownEnvironment(process.env);
  const said: string[] = [];
  let installation: Installation;
  const start = () => startInstallation({ stateDir, env, say: (line) => void said.push(line) });

  beforeAll(async () => {
    installation = await start();
  }, 300_000);
  afterAll(async () => {
    await installation?.stop();
    await removeInstallation(stateDir);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  /* As a person types it beside the running installation. */
  const command = (...args: string[]): Promise<{ code: number | null; output: string }> => commandIn({}, args);
  const commandIn = (more: object, args: string[]): Promise<{ code: number | null; output: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['--conditions=dist', 'dist/apps/cli/src/main.js', ...args], {
        cwd: repositoryRoot(),
        env: { ...process.env, ...env, NODE_OPTIONS: '', COUNTERSIGN_STATE_DIR: stateDir, ...more },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += String(data)));
      child.once('close', (code) => resolve({ code, output }));
    });
  const signedIn = async (username: string) => {
    const password = readDemoLogins(stateDir)!.find((login) => login.username === username)!.password;
    return signIn(installation.addresses.api!, { login: username, password });
  };

  it('has a waiting room in every state, and every invariant holds', async () => {
    expect(said.filter((line) => line.startsWith('  waiting room'))).toContainEqual(expect.stringContaining('ready'));
    const nurse = await signedIn('nurse1');
    const { rows, metrics } = done(await nurse.ask('get', '/api/triage/queue'));
    expect(new Set(rows.map(({ state }) => state))).toEqual(
      new Set(['awaiting-assessment', 'assessing', 'waiting', 'called']),
    );
    const gone = roomPatients.filter(({ story }) => ['seen', 'closed', 'left', 'cancelled'].includes(story.kind));
    expect(rows).toHaveLength(roomPatients.length - gone.length);
    for (const level of ['I', 'II', 'III', 'IVa', 'IVb', 'none'] as const)
      expect(metrics.byLevel[level]).toBeGreaterThan(0);
    for (const row of rows) expect(row.patient.unidentified || row.patient.name.includes('演示')).toBe(true);
    const reviews = done(await nurse.ask('get', '/api/reviews', { query: { limit: '100' } }));
    expect(new Set(reviews.items.map(({ state }) => state))).toEqual(new Set(['open', 'awaiting-second']));
    expect(reviews.items.map(({ draft }) => draft)).toContain('ready');
    await nurse.close();

    const stage = await setStage(installation);
    stage.canaries.push(...roomPatients.map(({ complaint }) => complaint).filter((complaint) => complaint !== ''));
    const narrator = createNarrator(() => undefined);
    await invariantsHold(stage, narrator);
    await stage.close();
    expect(narrator.broken).toEqual([]);
  });

  it('is found and examined by the doctor', async () => {
    const { code, output } = await command('doctor');
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
    for (const check of ['PostgreSQL', 'Temporal', 'keys', 'schema', 'model', 'API']) expect(output).toContain(check);
    expect(output).toContain('0 to put right');
  });

  it('gives somebody a new password that works at once, in place of the old', async () => {
    const { code, output } = await command('user', 'password', '--login', 'nurse2');
    expect(code).toBe(0);
    const password = /password\s+(\S+)/.exec(output)![1]!;
    const door = await signIn(installation.addresses.api!, { login: 'nurse2', password });
    expect((await door.ask('get', '/api/auth/session')).ok).toBe(true);
    await door.close();
    await expect(signedIn('nurse2')).rejects.toThrow('401');
    expect(readdirSync(join(stateDir, 'logs')).length).toBeGreaterThan(0);
  });

  it('takes a further person, with what they may do', async () => {
    const name = ['--login', 'nurse3', '--name', '新护士（演示）'];
    expect((await command('user', 'add', ...name, '--role', 'triage_nurse', '--ward', 'EDTR')).code).toBe(0);
    const again = await command('user', 'add', ...name, '--role', 'coder');
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('taken')]);
    const unknown = await command('user', 'add', '--login', 'x1', '--name', 'x', '--role', 'king');
    expect([unknown.code === 0, unknown.output]).toEqual([false, expect.stringContaining('Allowed choices')]);
  });

  it('is not removed, seeded or filled again while it runs', async () => {
    const reset = await command('reset', '--yes');
    expect([reset.code, reset.output]).toEqual([1, expect.stringContaining('already runs the installation')]);
    expect((await command('seed')).code).toBe(1);
    const room = await command('seed', '--waiting-room', '--if-empty');
    expect([room.code, room.output]).toEqual([0, expect.stringContaining('nothing to do')]);
  });

  it('is a thing production has none of', async () => {
    const { DATABASE_URL, COUNTERSIGN_KEK_FILE } = installation.env;
    const production = { COUNTERSIGN_PROFILE: 'production', DATABASE_URL, COUNTERSIGN_KEK_FILE };
    const seeded = await commandIn(production, ['seed']);
    expect([seeded.code, seeded.output]).toEqual([1, expect.stringContaining('demo profile only')]);
    const reset = await commandIn(production, ['reset', '--yes']);
    expect([reset.code, reset.output]).toEqual([1, expect.stringContaining('demo profile only')]);
  });

  it('starts again with the same patients, and fills nothing', async () => {
    await installation.stop();
    said.length = 0;
    installation = await start();
    expect(said.some((line) => line.includes('waiting room'))).toBe(false);
    const nurse = await signedIn('nurse1');
    const { rows } = done(await nurse.ask('get', '/api/triage/queue'));
    expect(rows.length).toBeGreaterThan(20);
    await nurse.close();
  });
});
