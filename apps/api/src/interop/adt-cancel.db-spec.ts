import { type UserPrincipal } from '#libs/auth/principal';
import { type Feed, freshArrival, minutesFromNow, openFeed } from '../../../../test/support/hl7-feed';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { acuityDraft, offerDraft } from '../../../../test/support/review-desk';
import { openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { acuity } from '#libs/processes/triage/triage.contract';
import { type GateContract } from '#libs/processes/process.contract';

describe('a cancellation by ADT^A11', () => {
  let ledger: Ledger;
  let feed: Feed;
  let triage: TriageDesk;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    feed = openFeed(ledger, await ledger.service(['hl7v2:write']));
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
  });

  afterAll(() => ledger?.stop());

  type Fields = Readonly<Record<string, string>>;

  const arrived = async (): Promise<{ caseId: string; fields: Fields }> => {
    const { fields } = freshArrival();
    await feed.send('A04', fields);
    const [newest] = (await feed.stored()).slice(-1);
    return { caseId: newest!.case_id!, fields };
  };
  const notices = (caseId: string) =>
    ledger.sql<{ kind: string; audience: string }>('select kind, audience from notice where case_id = $1', [caseId]);

  it('cancels the case, withdraws the review and keeps the draft', async () => {
    const { caseId, fields } = await arrived();
    const { reviewId } = await done(triage.assess(nurse, caseId));
    const gate = acuity as unknown as GateContract<never, never, never>;
    await offerDraft(ledger, reviewId!, { draft: acuityDraft('III'), gate });
    expect((await feed.send('A11', fields)).code).toBe('AA');
    expect((await triage.caseNow(caseId)).state).toBe('cancelled');
    expect((await triage.reviews(caseId)).map(({ state }) => state)).toEqual(['withdrawn']);
    expect(await ledger.sql('select from draft where review_id = $1', [reviewId])).toHaveLength(1);
    const [move] = await ledger.sql('select move, by_kind, by_id from case_move where case_id = $1', [caseId]);
    expect(move).toEqual({ move: 'cancel', by_kind: 'service', by_id: null });
    expect(await notices(caseId)).toEqual([{ kind: 'cancelled-by-feed', audience: 'triage_nurse' }]);
    expect((await triage.woken(caseId)).at(-1)).toBe('changed');
  });

  it('can be undone by the desk', async () => {
    const { caseId, fields } = await arrived();
    await feed.send('A11', fields);
    expect(await done(triage.undo(nurse, caseId))).toMatchObject({ state: 'awaiting-assessment' });
  });

  it('takes nobody away whom a physician sees: a charge nurse is told', async () => {
    const { caseId, fields } = await arrived();
    await done(triage.assess(nurse, caseId));
    await done(triage.move(nurse, caseId, { move: 'call', room: '1' }));
    await done(triage.move(nurse, caseId, { move: 'see' }));
    expect((await feed.send('A11', fields)).code).toBe('AA');
    expect((await triage.caseNow(caseId)).state).toBe('seen');
    expect(await notices(caseId)).toEqual([{ kind: 'cancel-conflict', audience: 'charge_nurse' }]);
    expect((await feed.stored()).at(-1)).toMatchObject({ outcome: 'ignored', reason: 'already-seen', case_id: caseId });
  });

  it('takes nobody out of the resuscitation room', async () => {
    const { fields, visit } = freshArrival();
    const resus = { straightToResus: true, patient: { unidentified: true }, visitNumber: visit };
    const { caseId } = await done(triage.register(nurse, resus));
    await feed.send('A11', fields);
    expect((await triage.caseNow(caseId)).state).toBe('called');
    expect(await notices(caseId)).toEqual([{ kind: 'cancel-conflict', audience: 'charge_nurse' }]);
  });

  it('has no effect on a case that is over, nor twice', async () => {
    const { caseId, fields } = await arrived();
    await feed.send('A11', fields);
    await feed.send('A11', fields);
    expect((await feed.stored()).at(-1)).toMatchObject({ outcome: 'ignored', reason: 'already-ended' });
    expect(await ledger.sql('select from case_move where case_id = $1', [caseId])).toHaveLength(1);
  });

  it('has no effect when it is older than the registration', async () => {
    const { caseId, fields } = await arrived();
    await feed.send('A11', { ...fields, 'EVN-6': minutesFromNow(-60) });
    expect((await triage.caseNow(caseId)).state).toBe('awaiting-assessment');
    expect((await feed.stored()).at(-1)).toMatchObject({ outcome: 'ignored', reason: 'older' });
  });

  it('is refused for an emergency visit nobody knows', async () => {
    const ack = await feed.send('A11', freshArrival().fields);
    expect([ack.code, ack.errors]).toEqual(['AE', ['204']]);
  });

  it('and a decision at the same moment never both happen to an open review', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { caseId, fields } = await arrived();
      await done(triage.assess(nurse, caseId));
      const [signed, cancelled] = await Promise.all([triage.sign(nurse, caseId, 'III'), feed.send('A11', fields)]);
      const [review] = await triage.reviews(caseId);
      const decided = !('refused' in signed);
      expect(cancelled.code).toBe('AA');
      expect(review!.state).toBe(decided ? 'decided' : 'withdrawn');
      expect((await triage.caseNow(caseId)).state).toBe('cancelled');
    }
  });
});
