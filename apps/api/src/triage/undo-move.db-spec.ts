import { type UserPrincipal } from '#libs/auth/principal';
import { done, type Ledger, refused, startLedger } from '../../../../test/support/ledger-fixture';
import { ageLastMove, calm, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { undoableMs } from './undo-move';

describe('undoing a move', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
  });

  afterAll(() => ledger?.stop());

  const waiting = async (): Promise<string> => {
    const { caseId } = await triage.arrive(nurse);
    await done(triage.sign(nurse, caseId, 'III'));
    return caseId;
  };
  const seen = async (): Promise<string> => {
    const caseId = await waiting();
    await done(triage.move(nurse, caseId, { move: 'call', room: '2' }));
    await done(triage.move(nurse, caseId, { move: 'see' }));
    return caseId;
  };
  const rounds = async (caseId: string) =>
    (await triage.reviews(caseId)).map(({ round, state }) => `${round} ${state}`);

  it('puts state and room back, one move after the other, and is a row of the ledger itself', async () => {
    const caseId = await seen();
    const other = await ledger.person(['charge_nurse']);
    expect(await done(triage.undo(other, caseId, { reason: '叫错人' }))).toMatchObject({ state: 'called', room: '2' });
    expect(await done(triage.undo(nurse, caseId))).toMatchObject({ state: 'waiting', room: null });
    const moves = await ledger.sql<{ move: string; by_id: string; undone: boolean }>(
      `select m.move, m.by_id, exists (select from case_move u where u.undoes = m.id) undone
       from case_move m where m.case_id = $1 order by m.seq`,
      [caseId],
    );
    expect(moves).toEqual([
      { move: 'call', by_id: nurse.id, undone: true },
      { move: 'see', by_id: nurse.id, undone: true },
      { move: 'undo', by_id: other.id, undone: false },
      { move: 'undo', by_id: nurse.id, undone: false },
    ]);
    expect((await triage.woken(caseId)).slice(-2)).toEqual(['changed', 'changed']);
    expect((await refused(triage.undo(nurse, caseId))).code).toBe('UNDO_EXPIRED');
  });

  it('is possible for ten minutes, and then no more', async () => {
    const caseId = await seen();
    await ageLastMove(ledger, caseId, undoableMs(1) / 1000 - 5);
    await done(triage.undo(nurse, caseId));
    await ageLastMove(ledger, caseId, 0);
    await ledger.sql('alter table case_move disable trigger case_move_append_only');
    await ledger.sql(`update case_move set at = at - interval '10 minutes' where case_id = $1`, [caseId]);
    await ledger.sql('alter table case_move enable trigger case_move_append_only');
    const late = await refused(triage.undo(nurse, caseId));
    expect(late.code).toBe('UNDO_EXPIRED');
    expect((await triage.caseNow(caseId)).state).toBe('called');
  });

  it('counts its ten minutes by the time scale', async () => {
    const fast = openTriage(ledger, 0.01);
    const caseId = await seen();
    await ageLastMove(ledger, caseId, 7);
    expect((await refused(fast.undo(nurse, caseId))).code).toBe('UNDO_EXPIRED');
    expect(await done(triage.undo(nurse, caseId))).toMatchObject({ state: 'called' });
  });

  it('keeps what was signed while the move stood', async () => {
    const { caseId } = await triage.arrive(nurse);
    await done(triage.move(nurse, caseId, { move: 'call', room: '1' }));
    await done(triage.sign(nurse, caseId, 'III'));
    expect(await done(triage.undo(nurse, caseId))).toMatchObject({ state: 'waiting' });
    expect((await triage.standing(caseId)).decidedLevel).toBe('III');
  });

  it('keeps a level that rose while the move stood, and its limit', async () => {
    const caseId = await waiting();
    await done(triage.move(nurse, caseId, { move: 'call', room: '1' }));
    await done(triage.assess(nurse, caseId, { vitals: { ...calm, spo2: 85 } }));
    await done(triage.undo(nurse, caseId));
    expect(await triage.standing(caseId)).toMatchObject({ level: 'II', provisional: true, limitSeconds: 600 });
  });

  it('of an end reopens the case, its tasks and, where one was open, the next round of the review', async () => {
    const { caseId, assessment } = await triage.arrive(nurse, { vitals: { ...calm, spo2: 85 } });
    await ledger.sql(
      `insert into task (id, case_id, organisation_id, ward_id, kind, unique_key, due_at)
       values (gen_random_uuid(), $1::uuid, $2, $3, 're-assessment', 'undo ' || ($1::uuid)::text, now())`,
      [caseId, ledger.organisationId, ledger.ward],
    );
    await done(triage.move(nurse, caseId, { move: 'leave' }));
    const undone = await done(triage.undo(nurse, caseId));
    expect(undone).toMatchObject({ state: 'assessing', disposition: null });
    const of = await triage.caseNow(caseId);
    expect(of.endedAt).toBeNull();
    expect(await rounds(caseId)).toEqual(['1 withdrawn', '2 open']);
    const next = (await triage.openReviewOf(caseId))!;
    expect(next).toMatchObject({ id: undone.reviewId, floor: 'II', factId: assessment!.factId });
    expect(await ledger.sql('select from task where case_id = $1 and cancelled_at is null', [caseId])).toHaveLength(1);
    await done(triage.sign(nurse, caseId, 'II'));
    expect((await triage.caseNow(caseId)).state).toBe('waiting');
  });

  it('of an end opens no review where the level is signed and none was open', async () => {
    const caseId = await seen();
    await done(triage.move(nurse, caseId, { move: 'close', disposition: 'home' }));
    expect(await done(triage.undo(nurse, caseId))).toMatchObject({ state: 'seen', disposition: null, reviewId: null });
    expect(await rounds(caseId)).toEqual(['1 decided']);
    expect((await triage.standing(caseId)).dispositionAt).toBeNull();
  });

  it('of an end before any assessment opens nothing', async () => {
    const { caseId } = await triage.arrive(nurse, null);
    await done(triage.move(nurse, caseId, { move: 'cancel', reason: '重复' }));
    expect(await done(triage.undo(nurse, caseId))).toMatchObject({ state: 'awaiting-assessment', reviewId: null });
    expect(await rounds(caseId)).toEqual([]);
  });

  it('takes an admission request back, and closing again asks again', async () => {
    const caseId = await seen();
    const admission = async () =>
      (await ledger.sql<{ state: string }>('select state from admission_request where case_id = $1', [caseId])).map(
        ({ state }) => state,
      );
    await done(triage.move(nurse, caseId, { move: 'close', disposition: 'admitted' }));
    await done(triage.undo(nurse, caseId));
    expect(await admission()).toEqual(['cancelled']);
    await done(triage.move(nurse, caseId, { move: 'close', disposition: 'admitted' }));
    expect(await admission()).toEqual(['requested']);
  });

  it('is refused once the bed desk has taken the admission up', async () => {
    const caseId = await seen();
    await done(triage.move(nurse, caseId, { move: 'close', disposition: 'admitted' }));
    await ledger.sql(`update admission_request set state = 'taken' where case_id = $1`, [caseId]);
    expect((await refused(triage.undo(nurse, caseId))).code).toBe('TRANSITION_NOT_ALLOWED');
    expect((await triage.caseNow(caseId)).state).toBe('closed');
  });

  it('is refused once another case corrects this one', async () => {
    const caseId = await waiting();
    const corrects = { caseId, reason: 'wrong-patient' };
    const { caseId: newer } = await done(triage.register(nurse, { corrects }));
    const refusal = await refused(triage.undo(nurse, caseId));
    expect(refusal).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED', detail: { correctedBy: newer } });
  });

  it('happens once, however many ask', async () => {
    const caseId = await seen();
    const { version } = await triage.caseNow(caseId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => triage.undo(nurse, caseId, { version })));
    expect(answers.filter((answer) => !('refused' in answer))).toHaveLength(1);
    expect(answers.filter((answer) => 'refused' in answer && answer.code === 'VERSION_MISMATCH')).toHaveLength(9);
    expect((await triage.caseNow(caseId)).state).toBe('called');
  });

  it('needs the version shown, and the desk', async () => {
    const caseId = await seen();
    const { version } = await triage.caseNow(caseId);
    expect((await refused(triage.undo(nurse, caseId, { version: version - 1 }))).code).toBe('VERSION_MISMATCH');
    const coder = await ledger.person(['coder']);
    expect((await refused(triage.undo(coder, caseId))).code).toBe('FORBIDDEN');
  });
});
