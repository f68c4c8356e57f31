import { type UserPrincipal } from '#libs/auth/principal';
import { type Approved } from '#libs/review/approved';
import { done, type Ledger, startLedger } from '../../../test/support/ledger-fixture';
import { arrive, type Arrived, type Desk, level, openDesk, reassess } from '../../../test/support/review-desk';
import { ledgerDecision } from './review.store';
import { commitDecision, triageStanding } from './triage-flow.store';

jest.setTimeout(120_000);

describe('what a workflow is told of its case', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;
  let desk: Desk;
  let arrived: Arrived;

  beforeAll(async () => {
    ledger = await startLedger();
    nurse = await ledger.person(['triage_nurse']);
    desk = openDesk(ledger);
  });
  afterAll(() => ledger?.stop());
  beforeEach(async () => {
    arrived = await arrive(ledger, nurse);
  });

  const openRound = async () =>
    (await ledger.inTransaction(ledger.worker, (tx) => triageStanding(tx, arrived.caseId, 1))).openRound;
  const decide = (reviewId: string, signed: 'I' | 'II' = 'II') =>
    done(desk.decide(nurse, reviewId, { content: level(signed) }));
  const carryOut = (reviewId: string) =>
    ledger.inTransaction(ledger.worker, async (tx) => {
      const decision = await ledgerDecision(tx, reviewId);
      return commitDecision(tx, decision as Approved);
    });

  it('names the round that waits for a person', async () => {
    expect(await openRound()).toBe(1);
  });

  it('still names a round that was decided before it looked, until that is carried out', async () => {
    await decide(arrived.reviewId);
    expect(await openRound()).toBe(1);
    expect(await carryOut(arrived.reviewId)).toBe('committed');
    expect(await openRound()).toBeNull();
  });

  it('names the older of two rounds first', async () => {
    await decide(arrived.reviewId);
    const { reviewId } = await done(reassess(ledger, nurse, { caseId: arrived.caseId, vitals: { spo2: 78 } }));
    expect(await openRound()).toBe(1);
    await carryOut(arrived.reviewId);
    expect(await openRound()).toBe(2);
    await decide(reviewId!, 'I');
    await carryOut(reviewId!);
    expect(await openRound()).toBeNull();
  });
});
