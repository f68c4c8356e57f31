import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type UserPrincipal } from '#libs/auth/principal';
import { copiesIn } from '#libs/triage-desk/downtime-folder';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { eventually } from '../../../../test/support/installation-wait';
import { openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { part } from '../principals';
import { type Disclosed, keepCopies } from './copy-lists';
import { startDowntimeCopies } from './downtime-copies';

describe('copies for a downtime', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;
  let root: string;
  let folder: string;

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
  });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'countersign-copies-'));
    folder = join(root, 'lists');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  afterAll(() => ledger?.stop());

  const copy = (disclosed: Disclosed = new Map()) => {
    const principalOf = (organisationId: string) => part('downtime-list', organisationId);
    return keepCopies({ inTransaction: ledger.inTransaction, folder, timeScale: 1, principalOf }, disclosed);
  };
  const audited = () =>
    ledger.sql<{ entity_id: string; case_ids: string[]; outcome: string }>(
      `select entity_id, case_ids, outcome from audit where action = 'downtime-list.copied' order by at`,
    );

  it('are written for each ward with a desk, and audited once a day and for each new patient, not for each writing', async () => {
    const first = await triage.arrive(nurse, { complaint: '第一位' });
    const disclosed: Disclosed = new Map();
    const paths = await copy(disclosed);
    expect(paths).toHaveLength(1);
    await copy(disclosed);
    const second = await triage.arrive(nurse, { complaint: '第二位' });
    await copy(disclosed);
    expect(await audited()).toEqual([
      { entity_id: ledger.ward, case_ids: [first.caseId], outcome: 'shown' },
      { entity_id: ledger.ward, case_ids: [second.caseId], outcome: 'shown' },
    ]);
    const page = readFileSync(paths[0]!, 'utf8');
    expect(page).toContain('第一位');
    expect(page).toContain('第二位');
    disclosed.set(ledger.ward, { day: '2000-01-01', ids: disclosed.get(ledger.ward)!.ids });
    await copy(disclosed);
    expect((await audited()).at(-1)!.case_ids.toSorted()).toEqual([first.caseId, second.caseId].toSorted());
  });

  it('go with the queue, and stay as a page of nobody', async () => {
    const { caseId } = await triage.arrive(nurse, { complaint: '已离开' });
    await copy();
    await done(triage.move(nurse, caseId, { move: 'leave' }));
    const [path] = await copy();
    expect(readFileSync(path!, 'utf8')).not.toContain('已离开');
  });

  it('are not written into a folder that others may look into', async () => {
    mkdirSync(folder, { mode: 0o700 });
    chmodSync(folder, 0o750);
    await expect(copy()).rejects.toMatchObject({ code: 'STATE_UNUSABLE' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are not written where the audit cannot tell of it', async () => {
    await triage.arrive(nurse);
    await ledger.sql('revoke insert on audit from countersign_app');
    try {
      await expect(copy()).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    } finally {
      await ledger.sql('grant insert on audit to countersign_app');
    }
    expect(copiesIn(folder)).toEqual([]);
  });

  it('are audited once however often the folder takes no copy', async () => {
    const { caseId } = await triage.arrive(nurse, { complaint: '盘满' });
    const disclosed: Disclosed = new Map();
    const [path] = await copy();
    const before = (await audited()).length;
    rmSync(path!);
    mkdirSync(path!);
    for (const _ of [1, 2, 3]) await expect(copy(disclosed)).rejects.toThrow();
    rmSync(path!, { recursive: true });
    expect(readFileSync((await copy(disclosed))[0]!, 'utf8')).toContain('盘满');
    const rows = (await audited()).slice(before);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.case_ids).toContain(caseId);
  });

  it('leave nothing behind of a ward that is no desk any more, nor of a death amid a writing', async () => {
    await copy();
    const [old, half, own] = ['downtime-X-1.html', 'downtime-ED-2.html.77-ab', 'read-me.txt'].map((name) =>
      join(folder, name),
    );
    for (const path of [old, half, own]) writeFileSync(path!, 'x');
    utimesSync(half!, new Date(0), new Date(0));
    const paths = await copy();
    expect(readdirSync(folder).toSorted()).toEqual([paths[0]!.slice(folder.length + 1), 'read-me.txt'].toSorted());
  });

  it('are written anew when woken, and survive a database that is away', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    let away = false;
    const inTransaction: Ledger['inTransaction'] = (principal, work) =>
      away ? Promise.reject(new Error('away 张三')) : ledger.inTransaction(principal, work);
    const copies = startDowntimeCopies({ inTransaction, log, folder, timeScale: 1 });
    try {
      await eventually('the first copy', () =>
        Promise.resolve(readdirSync(root).length > 0 && copiesIn(folder).length === 1),
      );
      await triage.arrive(nurse, { complaint: '后来的' });
      copies.wake();
      const page = () => readFileSync(copiesIn(folder)[0]!.path, 'utf8');
      await eventually('the next copy', () => Promise.resolve(page().includes('后来的')));
      away = true;
      copies.wake();
      await eventually('the failure', () => Promise.resolve(lines.length > 0));
      expect(page()).toContain('后来的');
      expect(lines.join('')).not.toContain('张三');
    } finally {
      await copies.stop();
    }
  });

  it('are written for every other ward when one of them cannot be', async () => {
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    const patient = { name: '钱进', sex: 'male', birthDate: '1970-01-02' };
    const assessment = { complaint: '别的病区', measuredAt: new Date().toISOString() };
    const { caseId } = await done(triage.register(elsewhere, { wardId: ledger.otherWard, patient, assessment }));
    const [emergency, other] = await copy();
    rmSync(emergency!);
    rmSync(other!);
    mkdirSync(emergency!);
    await expect(copy()).rejects.toThrow();
    expect(readFileSync(other!, 'utf8')).toContain('别的病区');
    await done(triage.move(elsewhere, caseId, { move: 'leave' }));
  });
});
