import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { readJson } from '#libs/embedded/state-files';
import { type Desk, manual, registration } from '../support/installation-desk';
import { shareInstallation } from '../support/installation-suite';
import { eventually, range } from '../support/installation-wait';
import { report } from './figures';
import { arriveInsisting, noted, type Seen, signInsisting } from './load';
import { nightly } from './nightly-counts';

jest.setTimeout(1_800_000);

const mib = 1024 * 1024;

/** Why no small disk can be put under PostgreSQL here; null where one can. */
const noSmallDisk = (): string | null => {
  if (process.getuid?.() !== 0) return 'only root can mount the small disk';
  const place = join(process.cwd(), '.countersign', `probe-${process.pid}`);
  mkdirSync(place, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place]);
    return null;
  } catch {
    return 'this machine does not let root mount a tmpfs';
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};

describe('a database that cannot be written', () => {
  let small: string | null = null;
  // Before the installation is removed, and so registered before it.
  afterAll(async () => {
    if (small === null) return;
    await chaos.site.installation.part('postgres').stop();
    execFileSync('umount', [small]);
  });
  const chaos = shareInstallation();

  const superuser = async (...statements: string[]): Promise<void> => {
    const { stateDir, env } = chaos.site.installation;
    const { host } = new URL(env['DATABASE_URL']!);
    const password = readJson<{ postgres: string }>(join(stateDir, 'secrets.json'))?.postgres;
    const client = new Client({ connectionString: `postgresql://postgres:${password}@${host}/countersign` });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const readOnly = (on: boolean) =>
    superuser(
      'set default_transaction_read_only = off',
      `alter system set default_transaction_read_only = ${on ? 'on' : 'off'}`,
      'select pg_reload_conf()',
    );

  /** Moves the data of PostgreSQL to a disk with so much room beside them. */
  const moveToSmallDisk = async (roomMiB: number): Promise<void> => {
    const postgres = chaos.site.installation.part('postgres');
    await postgres.stop();
    small = join(chaos.site.installation.dataFolder ?? '', '');
    const aside = `${small}-aside`;
    const { uid, gid } = statSync(small);
    const usedMiB = Number(execFileSync('du', ['-sm', small]).toString().split('\t')[0]);
    renameSync(small, aside);
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${usedMiB + roomMiB}m`, 'tmpfs', small]);
    chownSync(small, uid, gid);
    chmodSync(small, 0o700);
    execFileSync('cp', ['-a', `${aside}/.`, small]);
    rmSync(aside, { recursive: true });
    await postgres.start();
  };
  const fill = (file: string): void => {
    const handle = openSync(file, 'w');
    try {
      for (;;) writeSync(handle, Buffer.alloc(mib / 16));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown;
    } finally {
      closeSync(handle);
    }
  };

  /**
   * Reads: behind a session nothing is read that cannot be written about, because its use is noted, lest it lock, and a
   * patient who was shown is audited.
   */
  const readAll = async (seen: Seen[], nurse: Desk): Promise<void> => {
    for (const path of ['/healthz', '/healthz/readiness']) await noted(seen, 'health', () => nurse.get(path));
    for (const path of ['/api/auth/session', '/api/triage/queue']) await noted(seen, 'read', () => nurse.get(path));
  };

  it('D-10: while the database is read-only, all that would be written down is answered 503, and nothing is lost', async () => {
    const nurse = await chaos.somebody('triage_nurse');
    const patients = await chaos.arrive(nurse, nightly('D-10 writes'));
    const seen: Seen[] = [];
    await readOnly(true);
    try {
      // Each connection learns of it with its next statement.
      const arrival = () => nurse.send('/api/triage/cases', registration(chaos.site));
      await eventually('a write refused', async () => (await arrival()).status === 503);
      for (const { reviewId } of patients)
        await noted(seen, 'write', () => nurse.decide(reviewId, manual('II'), { version: 1 }));
      await readAll(seen, nurse);
    } finally {
      await readOnly(false);
    }
    const statuses = (what: string) => [
      ...new Set(seen.filter((one) => one.what.startsWith(what)).map(({ status }) => status)),
    ];
    expect(statuses('write')).toEqual([503]);
    expect(statuses('health')).toEqual([200]);
    expect(statuses('read').filter((status) => status !== 503)).toEqual([]);
    const signed = [];
    for (const patient of patients) signed.push(await signInsisting([], nurse, patient));
    expect(chaos.told(signed.map(({ answer }) => answer)).map(({ status }) => status)).toEqual(patients.map(() => 201));
    await chaos.carriedOut(patients, 60_000);
  });

  const because = noSmallDisk();
  const onSmallDisk = because === null ? it : it.skip;
  if (because !== null) afterAll(() => report('D-10', { 'full disk': `not run, ${because}` }));

  onSmallDisk(
    'D-10: while the disk is full, nothing half done is answered with success, and all goes on when there is room',
    async () => {
      const nurse = await chaos.somebody('triage_nurse');
      await moveToSmallDisk(96);
      const before: Seen[] = [];
      const first = await signInsisting(before, nurse, await arriveInsisting(before, chaos.site, nurse));
      chaos.told([first.answer]);
      const filler = join(small!, 'filler');
      fill(filler);
      const seen: Seen[] = [];
      const complaint = '腹痛'.repeat(900);
      const registering = async () => {
        const reply = await noted(seen, 'write', () =>
          nurse.send('/api/triage/cases', {
            wardId: chaos.site.ward,
            patient: { name: '李明', sex: 'male' },
            assessment: { complaint, vitals: { spo2: 88 }, measuredAt: new Date().toISOString() },
          }),
        );
        return reply?.status === 503;
      };
      // What was written before its page was full may still succeed; then every write is refused.
      await eventually('a write refused', registering, 300_000);
      for (const _ of range(nightly('D-10 writes'))) await registering();
      await readAll(seen, nurse);
      rmSync(filler);
      const backAt = Date.now();
      const last = await signInsisting([], nurse, await arriveInsisting([], chaos.site, nurse));
      chaos.told([last.answer]);
      await chaos.carriedOut([first, last], 120_000);
      const refused = seen.filter(({ what, status }) => what === 'write' && status === 503).length;
      report('D-10', { 'writes refused': refused, 'back after ms': Date.now() - backAt });
      expect(seen.filter(({ status }) => status >= 300 && status !== 503)).toEqual([]);
      // Every page is read, and its checksum compared.
      await superuser(
        'set enable_indexonlyscan = off; set enable_indexscan = off',
        `do $$ declare t regclass; begin
         for t in select oid from pg_class where relkind = 'r' loop execute format('select count(*) from %s', t); end loop;
       end $$`,
      );
    },
  );
});
