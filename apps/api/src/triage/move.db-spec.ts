import { type UserPrincipal } from '#libs/auth/principal';
import { triageMoves } from '#libs/processes/triage/triage.moves';
import { done, type Ledger, refused, startLedger } from '../../../../test/support/ledger-fixture';
import { openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';

describe('a move in the queue', () => {
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

  it('leads from the waiting room to the physician and out, each step in the ledger', async () => {
    const caseId = await waiting();
    const called = await done(triage.move(nurse, caseId, { move: 'call', room: '3诊室' }));
    expect(called).toMatchObject({ state: 'called', room: '3诊室', moves: ['return', 'see', 'leave', 'cancel'] });
    await done(triage.move(nurse, caseId, { move: 'see' }));
    const closed = await done(triage.move(nurse, caseId, { move: 'close', disposition: 'home', reason: '好转' }));
    expect(closed).toMatchObject({ state: 'closed', disposition: 'home', moves: [] });
    const of = await triage.caseNow(caseId);
    const row = await triage.standing(caseId);
    expect([of.state, of.version, row.disposition]).toEqual(['closed', closed.version, 'home']);
    expect(of.endedAt).not.toBeNull();
    expect(row.dispositionAt).not.toBeNull();
    const moves = await ledger.sql(
      'select move, from_state, to_state, by_kind, by_id from case_move where case_id = $1 order by seq',
      [caseId],
    );
    expect(moves).toEqual([
      { move: 'call', from_state: 'waiting', to_state: 'called', by_kind: 'user', by_id: nurse.id },
      { move: 'see', from_state: 'called', to_state: 'seen', by_kind: 'user', by_id: nurse.id },
      { move: 'close', from_state: 'seen', to_state: 'closed', by_kind: 'user', by_id: nurse.id },
    ]);
    const told = (await triage.told(caseId)).map(({ action }) => action);
    expect(told.slice(-3)).toEqual(['triage.call', 'triage.see', 'triage.close']);
    expect((await triage.woken(caseId)).slice(-3)).toEqual(['changed', 'changed', 'changed']);
  });

  it('keeps its reason encrypted, and out of the audit', async () => {
    const caseId = await waiting();
    await done(triage.move(nurse, caseId, { move: 'leave', reason: '家属王五要求离开' }));
    const [row] = await ledger.sql<{ reason_ct: Buffer }>('select reason_ct from case_move where case_id = $1', [
      caseId,
    ]);
    expect(row!.reason_ct.includes(Buffer.from('王五'))).toBe(false);
    const audit = await ledger.sql('select detail from audit where case_ids @> array[$1::uuid]', [caseId]);
    expect(JSON.stringify(audit)).not.toContain('王五');
  });

  it('returns a called patient, and frees the room', async () => {
    const caseId = await waiting();
    await done(triage.move(nurse, caseId, { move: 'call', room: '2' }));
    expect(await done(triage.move(nurse, caseId, { move: 'return' }))).toMatchObject({ state: 'waiting', room: null });
  });

  it('leaves an admission request for the bed desk, once', async () => {
    const caseId = await waiting();
    await done(triage.move(nurse, caseId, { move: 'call', room: '2' }));
    await done(triage.move(nurse, caseId, { move: 'see' }));
    await done(triage.move(nurse, caseId, { move: 'close', disposition: 'admitted' }));
    const requests = await ledger.sql('select state, requested_by from admission_request where case_id = $1', [caseId]);
    expect(requests).toEqual([{ state: 'requested', requested_by: nurse.id }]);
  });

  it('asks for no bed where nobody is admitted', async () => {
    const caseId = await waiting();
    await done(triage.move(nurse, caseId, { move: 'leave' }));
    expect((await triage.standing(caseId)).disposition).toBe('left');
    expect(await ledger.sql('select from admission_request where case_id = $1', [caseId])).toHaveLength(0);
  });

  it('ends a case with its open review, its claim and its tasks', async () => {
    const { caseId } = await triage.arrive(nurse);
    const review = (await triage.openReviewOf(caseId))!;
    await ledger.sql(`update review set claimed_by = $2, lease_expires_at = now() + interval '5 min' where id = $1`, [
      review.id,
      nurse.id,
    ]);
    await ledger.sql(
      `insert into task (id, case_id, organisation_id, ward_id, kind, unique_key, due_at)
       values (gen_random_uuid(), $1::uuid, $2, $3, 're-assessment', 'task of ' || ($1::uuid)::text, now())`,
      [caseId, ledger.organisationId, ledger.ward],
    );
    await done(triage.move(nurse, caseId, { move: 'cancel', reason: '登记错误' }));
    const [withdrawn] = await triage.reviews(caseId);
    expect(withdrawn).toMatchObject({ state: 'withdrawn', withdrawnReason: 'case-cancel', claimedBy: null });
    const tasks = await ledger.sql<{ open: boolean }>('select cancelled_at is null open from task where case_id = $1', [
      caseId,
    ]);
    expect(tasks).toEqual([{ open: false }]);
    expect((await triage.standing(caseId)).disposition).toBeNull();
    expect((await triage.told(caseId)).map(({ action }) => action)).toContain('review.withdraw');
    const late = await refused(
      triage.desk.decide(nurse, review.id, { content: { level: 'III', department: null, note: '' } }),
    );
    expect(late.code).toBe('REVIEW_WITHDRAWN');
  });

  it('is refused from a state it does not lead out of, naming what is possible; nothing stays', async () => {
    const caseId = await waiting();
    const before = await triage.told(caseId);
    for (const move of [{ move: 'see' }, { move: 'return' }, { move: 'close', disposition: 'home' }]) {
      const refusal = await refused(triage.move(nurse, caseId, move));
      expect(refusal).toMatchObject({
        code: 'TRANSITION_NOT_ALLOWED',
        detail: { state: 'waiting', possible: ['call', 'leave', 'cancel'] },
      });
    }
    expect(await triage.told(caseId)).toEqual(before);
    expect(await ledger.sql('select from case_move where case_id = $1', [caseId])).toHaveLength(0);
  });

  it('is refused out of an ended case, whichever it is', async () => {
    const caseId = await waiting();
    await done(triage.move(nurse, caseId, { move: 'leave' }));
    for (const move of triageMoves) {
      const body = { move, room: '1', disposition: 'home', reason: 'x' };
      const needed = { call: ['room'], close: ['disposition', 'reason'], cancel: ['reason'] } as Record<
        string,
        string[]
      >;
      const sent = Object.fromEntries(['move', ...(needed[move] ?? [])].map((key) => [key, body[key as 'move']]));
      expect((await refused(triage.move(nurse, caseId, sent))).code).toBe('TRANSITION_NOT_ALLOWED');
    }
    expect((await refused(triage.assess(nurse, caseId))).code).toBe('TRANSITION_NOT_ALLOWED');
  });

  it('is refused on another version than the one shown', async () => {
    const caseId = await waiting();
    const { version } = await triage.caseNow(caseId);
    const stale = await refused(triage.move(nurse, caseId, { move: 'call', room: '1', version: version - 1 }));
    expect(stale).toMatchObject({ code: 'VERSION_MISMATCH', detail: { current: version, state: 'waiting' } });
    const race = await Promise.all(
      Array.from({ length: 10 }, (_, n) => triage.move(nurse, caseId, { move: 'call', room: `${n}`, version })),
    );
    expect(race.filter((answer) => !('refused' in answer))).toHaveLength(1);
    expect(await ledger.sql('select from case_move where case_id = $1', [caseId])).toHaveLength(1);
  });

  it('is for people of this desk', async () => {
    const caseId = await waiting();
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    const coder = await ledger.person(['coder']);
    const body = { move: 'call', room: '1' };
    expect((await refused(triage.move(elsewhere, caseId, body))).code).toBe('NOT_FOUND');
    expect((await refused(triage.move(coder, caseId, body))).code).toBe('FORBIDDEN');
    const both: UserPrincipal = {
      ...coder,
      grants: [...coder.grants, { role: 'triage_nurse', wardId: ledger.otherWard }],
    };
    expect((await refused(triage.move(both, caseId, body))).code).toBe('FORBIDDEN');
    expect((await triage.caseNow(caseId)).state).toBe('waiting');
  });

  it('does not happen when it cannot be audited', async () => {
    const caseId = await waiting();
    await ledger.sql('revoke insert on audit from countersign_app');
    try {
      await expect(triage.move(nurse, caseId, { move: 'call', room: '1' })).rejects.toMatchObject({
        code: 'AUDIT_UNAVAILABLE',
      });
    } finally {
      await ledger.sql('grant insert on audit to countersign_app');
    }
    expect((await triage.caseNow(caseId)).state).toBe('waiting');
    expect(await ledger.sql('select from case_move where case_id = $1', [caseId])).toHaveLength(0);
  });
});
