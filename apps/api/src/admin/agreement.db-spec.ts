import { type UserPrincipal } from '#libs/auth/principal';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { acuityDraft, arrive, type Desk, level, offerDraft, openDesk } from '../../../../test/support/review-desk';
import { type Agreement, showAgreement } from './agreement';

jest.setTimeout(120_000);

describe('the agreement of people, rules and model', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;
  let lead: UserPrincipal;
  let desk: Desk;

  beforeAll(async () => {
    ledger = await startLedger();
    nurse = await ledger.person(['triage_nurse']);
    lead = await ledger.person(['clinical_lead'], { ward: null });
    desk = openDesk(ledger);
  });

  afterAll(() => ledger?.stop());

  const shown = async (query: { from?: string; to?: string } = {}, as = lead): Promise<Agreement> =>
    done(ledger.inTransaction(as, (tx) => showAgreement('triage', query)(tx)));
  const drafted = async (draft: 'I' | 'II' | 'III', show: boolean) => {
    const { reviewId } = await arrive(ledger, nurse);
    await offerDraft(ledger, reviewId, { draft: acuityDraft(draft), gate: acuity as never, show });
    return reviewId;
  };

  it('compares what was judged, drafted and signed, by pack, prompt, model and offer', async () => {
    const offered = await drafted('I', true);
    await done(desk.judge(nurse, offered, { level: 'II', note: '' }));
    await done(desk.view(nurse, offered));
    await done(desk.decide(nurse, offered, { content: level('I'), reasonCode: 'clinical-judgement' }));
    const unseen = await drafted('II', false);
    await done(desk.decide(nurse, unseen, { content: level('II') }));
    const byHand = (await arrive(ledger, nurse)).reviewId;
    await done(desk.decide(nurse, byHand, { content: level('II') }));

    const { rows, reviews, truncated } = await shown();
    expect([reviews, truncated]).toEqual([3, false]);
    const [seen, blind, manual] = [true, false, null].map((offer) => rows.find((row) => row.shown === offer));
    expect(seen).toMatchObject({
      reviews: 1,
      levelPack: { id: 'cn-consensus-2018' },
      pairs: {
        ownAndDraft: { n: 1, lessUrgent: 1 },
        draftAndSigned: { n: 1, same: 1 },
        ownAndSigned: { n: 1, lessUrgent: 1 },
      },
    });
    expect(blind).toMatchObject({ reviews: 1, pairs: { ownAndDraft: { n: 1, same: 1 } } });
    expect(manual).toMatchObject({
      reviews: 1,
      promptId: null,
      pairs: { ownAndDraft: { n: 0 }, draftAndSigned: { n: 0 }, ownAndSigned: { n: 1, same: 1 } },
    });
    const counted = rows.reduce((sum, { pairs }) => sum + pairs.floorAndSigned.n, 0);
    expect(counted).toBe(3);
  });

  it('takes a level signed by hand as the signer’s own, also beside a draft that they never asked to see', async () => {
    const own = async () => (await shown()).rows.find((row) => row.shown === true)?.pairs.ownAndDraft;
    const before = await own();
    await done(desk.decide(nurse, await drafted('II', true), { content: level('II') }));
    expect(await own()).toMatchObject({ n: (before?.n ?? 0) + 1, same: (before?.same ?? 0) + 1 });
  });

  it('keeps to the period, and says so in the audit', async () => {
    const now = new Date().toISOString();
    expect((await shown({ from: now })).reviews).toBe(0);
    expect((await shown({ to: '2020-01-01T00:00:00Z' })).rows).toEqual([]);
    const [row] = await ledger.sql<{ n: string }>(
      `select count(*) n from audit where action = 'agreement.shown' and outcome = 'shown' and actor_id = $1`,
      [lead.id],
    );
    expect(Number(row?.n)).toBeGreaterThanOrEqual(2);
  });

  it('counts none of another hospital', async () => {
    const stranger = { ...lead, organisationId: '00000000-0000-7000-8000-000000000001' };
    const elsewhere = await ledger
      .inTransaction(stranger, (tx) => showAgreement('triage', {})(tx))
      .catch(() => ({ reviews: 0 }));
    expect(elsewhere).toMatchObject({ reviews: 0 });
  });
});
