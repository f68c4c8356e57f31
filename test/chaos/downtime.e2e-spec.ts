import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copiesIn } from '#libs/triage-desk/downtime-folder';
import { startTestInstallation, type TestInstallation } from '../support/installation';
import { openDesk } from '../support/installation-desk';
import { eventually } from '../support/installation-wait';

jest.setTimeout(300_000);

describe('with everything down', () => {
  const root = mkdtempSync(join(tmpdir(), 'countersign-downtime-'));
  const folder = join(root, 'lists');
  let site: TestInstallation;

  beforeAll(async () => {
    site = await startTestInstallation({ childEnv: { COUNTERSIGN_DOWNTIME_DIR: folder } });
  });
  afterAll(async () => {
    await site?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const pageOf = (): string =>
    copiesIn(folder)
      .map(({ path }) => readFileSync(path, 'utf8'))
      .join('');
  const cli = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['--conditions=dist', 'dist/apps/cli/src/main.js', ...args], {
      env: { ...site.installation.env, COUNTERSIGN_DOWNTIME_DIR: folder },
    });

  it('the last copy of the queue is there, complete and readable', async () => {
    const nurse = await openDesk(site, await site.person('triage_nurse'));
    const now = () => new Date().toISOString();
    const assessment = {
      complaint: '咳嗽<三天>',
      vitals: { spo2: 88, pulse: 96, temperature: 38.4 },
      flags: { respiratorySymptoms: true, pregnant: true },
      allergies: ['青霉素'],
      measuredAt: now(),
    };
    const patient = { name: '诸葛亮', sex: 'male', estimatedAgeYears: 54 };
    const registered = await nurse.send('/api/triage/cases', { wardId: site.ward, patient, assessment });
    expect(registered.status).toBe(201);
    const report = { complaint: '坠落', vitals: { spo2: 70 }, sex: 'female', measuredAt: now() };
    const announced = { wardId: site.ward, expectedAt: now(), announcer: { service: '120 急救中心' }, report };
    expect((await nurse.send('/api/triage/pre-notices', announced)).status).toBe(201);
    await eventually('the copy', () => Promise.resolve(pageOf().includes('急救中心') && pageOf()), 60_000);

    for (const name of ['api', 'worker', 'postgres'] as const) {
      const part = site.installation.part(name);
      part.kill('SIGKILL');
      await part.stop();
    }

    const page = pageOf();
    for (const text of ['诸葛亮', '约54岁', 'about 54 y', '男 M', '咳嗽&#60;三天&#62;', '青霉素', 'SpO₂ 88', 'T 38.4'])
      expect(page).toContain(text);
    for (const text of [
      '急重',
      '发热门诊 fever clinic',
      '呼吸道隔离 respiratory isolation',
      '妊娠 pregnant',
      '下次复评 Reassess by',
    ])
      expect(page).toContain(text);
    expect(page).toContain('坠落');
    expect(page).toMatch(/截至 as of<br>20\d\d-\d\d-\d\d \d\d:\d\d<\/div>/);
    expect(page).toContain('page 1 of 1');
    expect(page).toContain('本页为副本，可能已过时');
    expect(page.trimEnd().endsWith('</html>')).toBe(true);
    expect(page).not.toMatch(/<script|https?:|src=/);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const { path } of copiesIn(folder)) expect(statSync(path).mode & 0o777).toBe(0o600);
    const { stdout } = await cli('downtime-list');
    expect(stdout).toMatch(/downtime-W0-[0-9a-f]{8}\.html {2}\S+Z {2}\d+ (s|min) old/);
  });

  it('the list comes from the database once that is back, while the API is still down', async () => {
    await site.installation.part('postgres').start();
    const fresh = join(root, 'fresh');
    const { stdout } = await cli('downtime-list', '--render', fresh);
    expect(readFileSync(stdout.trim(), 'utf8')).toContain('诸葛亮');
    const rows = await site.sql<{ actor_name: string; cases: number }>(
      `select actor_name, cardinality(case_ids) cases from audit where action = 'downtime-list.copied' order by at`,
    );
    // One for the ward's copy and one for each time that somebody new stood on it, not one for each writing.
    expect(rows.at(-1)).toEqual({ actor_name: expect.stringMatching(/^command line/) as string, cases: 1 });
    expect(rows.slice(0, -1).reduce((sum, { cases }) => sum + cases, 0)).toBe(1);
    await site.installation.part('worker').start();
    await site.installation.part('api').start();
  });
});
