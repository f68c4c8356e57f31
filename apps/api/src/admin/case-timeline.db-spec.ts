import { type UserPrincipal } from '#libs/auth/principal';
import { acuityGate } from '#libs/processes/triage/triage.gate';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, type Ledger, refused, startLedger } from '../../../../test/support/ledger-fixture';
import { acuityDraft, arrive, level, nurse as nurseOf, offerDraft } from '../../../../test/support/review-desk';
import { openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { showTimeline } from './case-timeline';
import { type CaseTimeline } from './case-timeline.schema';

jest.setTimeout(120_000);

describe('the timeline of a case', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;
  let physician: UserPrincipal;
  let charge: UserPrincipal;
  let admin: UserPrincipal;
  let auditor: UserPrincipal;

  const ask = (as: UserPrincipal, caseId: string) => ledger.inTransaction(as, showTimeline(caseId, { timeScale: 1 }));
  const shownTo = (as: UserPrincipal, caseId: string): Promise<CaseTimeline> => done(ask(as, caseId));
  const told = ({ steps }: CaseTimeline) =>
    steps.map(({ step, by }) => [step, by.name ?? by.kind, by.roles.join()].join(' ').trim());

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    nurse = await nurseOf(ledger, '王护士');
    physician = await ledger.person(['physician'], { name: '赵医生' });
    charge = await ledger.person(['charge_nurse']);
    admin = await ledger.person(['system_admin'], { ward: null });
    auditor = await ledger.person(['auditor'], { ward: null });
  });

  afterAll(() => ledger?.stop());

  it('tells what happened in order, with who and in which role', async () => {
    const { caseId, reviewId } = await arrive(ledger, nurse);
    await offerDraft(ledger, reviewId, { draft: acuityDraft('II'), gate: acuity as never });
    await done(triage.desk.judge(nurse, reviewId, { level: 'II', note: '' }));
    const { decisionId } = await done(triage.desk.approve(nurse, reviewId));
    const waiting = await shownTo(charge, caseId);
    expect(waiting.awaited.map(({ what, roles }) => [what, ...roles])).toEqual([
      ['physician', 'physician'],
      ['carrying-out'],
    ]);
    await ledger.sql('update decision set committed_at = clock_timestamp() where id = $1', [decisionId]);
    await done(triage.move(nurse, caseId, { move: 'call', room: '1' }));
    await done(triage.undo(nurse, caseId));
    await done(triage.move(nurse, caseId, { move: 'call', room: '2' }));
    await done(triage.move(physician, caseId, { move: 'see' }));
    const seen = await shownTo(charge, caseId);
    expect(told(seen)).toEqual([
      'registered 王护士 triage_nurse',
      'assessed 王护士 triage_nurse',
      'review-opened system',
      'draft-ready system',
      'judged 王护士 triage_nurse',
      'signed-first 王护士 triage_nurse',
      'decided 王护士 triage_nurse',
      'carried-out system',
      'called 王护士 triage_nurse',
      'taken-back 王护士 triage_nurse',
      'called 王护士 triage_nurse',
      'seen 赵医生 physician',
    ]);
    expect(seen.awaited).toEqual([expect.objectContaining({ what: 'end-of-attendance', roles: ['physician'] })]);
    expect(seen).toMatchObject({ state: 'seen', ward: { code: 'ED' }, ticketNo: 1, timers: [], truncated: false });
    await done(triage.move(physician, caseId, { move: 'close', disposition: 'home' }));
    const closed = await shownTo(charge, caseId);
    expect(told(closed).at(-1)).toBe('closed 赵医生 physician');
    expect([closed.awaited, closed.timers.map(({ what, late }) => [what, late])]).toEqual([[], [['end', false]]]);
  });

  it('tells who is awaited since when, who has taken it on, and what goes off next', async () => {
    const { caseId, reviewId } = await arrive(ledger, nurse);
    await done(triage.desk.claim(nurse, reviewId));
    const { awaited, timers } = await shownTo(charge, caseId);
    const [review] = await triage.reviews(caseId);
    expect(awaited.find(({ what }) => what === 'review')).toMatchObject({
      roles: acuityGate.reviewers,
      since: review?.openedAt.toISOString(),
      dueAt: review?.dueAt.toISOString(),
      claimedBy: '王护士',
    });
    expect(timers.every(({ late }) => !late)).toBe(true);
    expect(timers.map(({ at }) => at)).toEqual(timers.map(({ at }) => at).toSorted());
    const escalations = timers.filter(({ what }) => what === 'escalation').map(({ tells }) => tells);
    expect(escalations).toEqual(['triage_nurse', 'charge_nurse', 'physician']);
    for (const what of ['review-due', 'wait-warning', 'wait-limit', 're-assessment'] as const)
      expect(timers.map((timer) => timer.what)).toContain(what);
  });

  it('says what should have gone off already, and tells no escalation twice', async () => {
    const { caseId, reviewId } = await arrive(ledger, nurse);
    await ledger.sql(`update review set opened_at = opened_at - interval '4 minutes' where id = $1`, [reviewId]);
    const late = async () => (await shownTo(charge, caseId)).timers.filter((timer) => timer.late);
    const [missed] = await late();
    expect(missed).toMatchObject({ what: 'escalation', tells: 'triage_nurse' });
    await ledger.sql(
      `insert into review_event (id, review_id, kind, by_kind, unique_key, data)
       values (gen_random_uuid(), $1, 'escalated', 'system', $2, '{"tell": "triage_nurse"}')`,
      [reviewId, `escalated:triage_nurse:${missed?.at}`],
    );
    expect(await late()).toEqual([]);
  });

  it('tells of a deferral when it ends, and of a second signature who may give it', async () => {
    const deferred = await arrive(ledger, nurse);
    const end = new Date(Date.now() + 600_000);
    const until = end.toISOString();
    await done(triage.desk.defer(nurse, deferred.reviewId, end));
    const { timers, steps } = await shownTo(charge, deferred.caseId);
    expect(timers).toContainEqual({ what: 'end-of-deferral', at: until, late: false, tells: null });
    expect(steps.at(-1)).toMatchObject({ step: 'deferred', detail: { gate: 'acuity', round: 1, until } });
    const two = await arrive(ledger, nurse);
    const below = { content: level('IVa'), reasonCode: 'clinical-judgement' };
    await done(triage.desk.decide(nurse, two.reviewId, below));
    const { awaited } = await shownTo(charge, two.caseId);
    expect(awaited.find(({ what }) => what === 'second-signature')?.roles).toEqual(acuityGate.secondSigners);
  });

  it('is for whoever oversees the ward: machinery is told to the system administrator alone', async () => {
    const { caseId } = await arrive(ledger, nurse);
    expect((await shownTo(admin, caseId)).workflowId).toBe(`triage:${caseId}`);
    for (const person of [charge, auditor]) expect((await shownTo(person, caseId)).workflowId).toBeNull();
    const elsewhere = await ledger.person(['charge_nurse'], { ward: ledger.otherWard });
    expect((await refused(ask(elsewhere, caseId))).code).toBe('NOT_FOUND');
    const mixed = { ...elsewhere, grants: [...elsewhere.grants, ...nurse.grants] };
    expect((await refused(ask(mixed, caseId))).code).toBe('FORBIDDEN');
    const looks = await ledger.sql<{ actor_id: string }>(
      `select actor_id from audit where action = 'case-timeline.shown' and outcome = 'shown' and case_ids = array[$1::uuid]`,
      [caseId],
    );
    expect(looks.map(({ actor_id: id }) => id).toSorted()).toEqual([admin.id, auditor.id, charge.id].toSorted());
  });

  it('says nothing of the patient and nothing that anybody found or wrote', async () => {
    const cases = await ledger.sql<{ id: string }>('select id from cases');
    expect(cases.length).toBeGreaterThan(4);
    for (const { id } of cases)
      expect(JSON.stringify(await shownTo(admin, id))).not.toMatch(/李明|胸痛|检验结果|spo2|1970|"(I|II|III|IVa?)"/);
  });
});
