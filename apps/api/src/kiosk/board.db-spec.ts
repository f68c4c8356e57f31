import { randomUUID } from 'node:crypto';
import { type KioskPrincipal, type UserPrincipal } from '#libs/auth/principal';
import { done, type Ledger, startLedger, within } from '../../../../test/support/ledger-fixture';
import { calm, freshDesk, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { boardOf } from './board';
import { boardSchema, type PublicBoard, type StaffBoard } from './board.schema';

describe('the boards', () => {
  let whole: Ledger;
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;
  let physician: UserPrincipal;

  beforeAll(async () => {
    whole = await startLedger();
  });

  beforeEach(async () => {
    ({ desk: ledger, nurse } = await freshDesk(whole));
    triage = openTriage(ledger);
    physician = { ...nurse, grants: [...nurse.grants, { role: 'physician', wardId: ledger.ward }] };
  });

  afterAll(() => whole?.stop());

  const kiosk = (more: Partial<KioskPrincipal>): KioskPrincipal => ({
    kind: 'kiosk',
    id: randomUUID(),
    name: '大屏',
    organisationId: ledger.organisationId,
    wardId: ledger.ward,
    board: 'staff-wallboard',
    names: null,
    addresses: [],
    ...more,
  });
  const look = async (as: KioskPrincipal, known: readonly string[] = []) => {
    const shown = await done(within(ledger, as)(boardOf(as, { timeScale: 1, known: new Set(known) })));
    return { ...shown, board: boardSchema.parse(JSON.parse(JSON.stringify(shown.board))) };
  };
  const publicly = async (
    names: 'number-only' | 'masked' = 'number-only',
    as = kiosk({ board: 'public-queue', names }),
  ) => (await look(as)).board as PublicBoard;
  const forStaff = async (as = kiosk({})) => (await look(as)).board as StaffBoard;

  const waited = (caseId: string, minutes: number) =>
    ledger.sql(
      `update triage_case set clock_started_at = now() - $2 * interval '1 minute',
         arrived_at = now() - $2 * interval '1 minute', last_assessed_at = now() - $2 * interval '1 minute' where case_id = $1`,
      [caseId, minutes],
    );
  const call = (caseId: string, room: string) => done(triage.move(nurse, caseId, { move: 'call', room }));
  const arrive = async (minutes = 0) => {
    const { caseId, ticketNo } = await triage.arrive(nurse, { vitals: calm });
    await ledger.sql(
      `update triage_case set level = 'III', limit_seconds = 1800, retriage_seconds = 1800 where case_id = $1`,
      [caseId],
    );
    await waited(caseId, minutes);
    return { caseId, ticketNo };
  };

  it('calls by ticket and room, the newest call first, and says who comes next', async () => {
    const [first, second, ...rest] = [
      await arrive(40),
      await arrive(30),
      await arrive(20),
      await arrive(15),
      await arrive(9),
      await arrive(1),
    ];
    await call(first!.caseId, '3');
    await call(second!.caseId, '5');
    const board = await publicly();
    expect(board.calling).toEqual([
      { ticketNo: second!.ticketNo, room: '5', name: null },
      { ticketNo: first!.ticketNo, room: '3', name: null },
    ]);
    expect(board.next).toEqual(rest.slice(0, 3).map(({ ticketNo }) => ({ ticketNo, name: null })));
  });

  it('masks names on a public board that shows them, and never names somebody unknown', async () => {
    const known = await arrive(20);
    const unknown = await done(triage.register(nurse, { patient: { unidentified: true } }));
    await done(triage.assess(nurse, unknown.caseId, { vitals: calm }));
    const board = await publicly('masked');
    expect(board.next.find(({ ticketNo }) => ticketNo === known.ticketNo)?.name).toBe('李*');
    expect(board.next.find(({ ticketNo }) => ticketNo === unknown.ticketNo)?.name).toBeNull();
    expect(JSON.stringify(await publicly())).not.toContain('李');
  });

  it('leaves out whoever is in the resuscitation room, and whoever nobody has assessed', async () => {
    await done(triage.register(nurse, { patient: { unidentified: true }, straightToResus: true }));
    const bare = await triage.arrive(nurse, null);
    const moved = await arrive(5);
    await call(moved.caseId, 'RESUS');
    const board = await publicly();
    expect([board.calling, board.next]).toEqual([[], []]);
    expect(bare.ticketNo).toBeGreaterThan(0);
  });

  it('tells expected waits by level only where enough were seen of late', async () => {
    for (const minutes of [10, 20, 30]) {
      const { caseId } = await arrive(minutes);
      await call(caseId, '1');
      await done(triage.move(physician, caseId, { move: 'see' }));
    }
    const { waits } = await publicly();
    expect(waits).toEqual([
      { level: 'I', minutes: null },
      { level: 'II', minutes: null },
      { level: 'III', minutes: expect.any(Number) },
      { level: 'IV', minutes: null },
    ]);
    expect(waits[2]!.minutes).toBeGreaterThanOrEqual(20);
    expect(waits[2]!.minutes).toBeLessThanOrEqual(22);
  });

  it('shows the staff who waits too long, who was called, whom to look at again and what waits at the gates', async () => {
    const [late, fine] = [await arrive(45), await arrive(2)];
    await call(late.caseId, '2');
    const overdue = await arrive(35);
    const board = await forStaff();
    expect([board.waiting, board.byLevel.III, board.byLevel.none]).toEqual([3, 3, 0]);
    const row = { ticketNo: late.ticketNo, name: '李*', level: 'III', room: '2' };
    expect(board.overLimit).toContainEqual({ ...row, waitedMinutes: 45, limitMinutes: 30 });
    expect(board.overLimit.map(({ ticketNo }) => ticketNo).toSorted()).toEqual(
      [late.ticketNo, overdue.ticketNo].toSorted(),
    );
    expect(board.called).toEqual([{ ...row, calledAt: expect.any(String) }]);
    expect(board.reassess.map(({ ticketNo }) => ticketNo)).toEqual([late.ticketNo, overdue.ticketNo]);
    expect(board.reassess.map(({ ticketNo }) => ticketNo)).not.toContain(fine.ticketNo);
    expect(board.reviews).toEqual([{ process: 'triage', step: 'acuity', waiting: 3, overdue: 0 }]);
  });

  it('shows nobody of another ward', async () => {
    const { caseId } = await arrive(45);
    await call(caseId, '2');
    for (const wardId of [whole.ward, whole.otherWard]) {
      const staff = await forStaff(kiosk({ wardId }));
      expect([staff.waiting, staff.overLimit, staff.called, staff.reassess]).toEqual([0, [], [], []]);
      const board = await publicly('masked', kiosk({ wardId, board: 'public-queue', names: 'masked' }));
      expect([board.calling, board.next]).toEqual([[], []]);
    }
  });

  it('reaches no row of another ward, whatever is asked', async () => {
    const { caseId } = await arrive(45);
    const rows = (wardId: string) =>
      within(ledger, kiosk({ wardId }))((tx) => tx.query('select id from cases where id = $1', [caseId]));
    expect(await rows(ledger.ward)).toHaveLength(1);
    expect(await rows(whole.otherWard)).toEqual([]);
  });

  it('is audited with the cases it names, each when it comes onto the board', async () => {
    const { caseId } = await arrive(45);
    const as = kiosk({});
    const told = async (by: KioskPrincipal) =>
      ledger.sql<{ action: string; actor_kind: string; case_ids: string[] }>(
        'select action, actor_kind, case_ids from audit where actor_id = $1 order by at',
        [by.id],
      );
    expect((await look(as)).caseIds).toEqual([caseId]);
    await look(as, [caseId]);
    expect(await told(as)).toEqual([{ action: 'kiosk-board.shown', actor_kind: 'kiosk', case_ids: [caseId] }]);
    const numbers = kiosk({ board: 'public-queue', names: 'number-only' });
    expect((await look(numbers)).caseIds).toEqual([]);
    expect(await told(numbers)).toEqual([]);
  });
});
