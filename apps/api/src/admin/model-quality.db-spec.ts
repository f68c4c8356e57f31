import { type UserPrincipal } from '#libs/auth/principal';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { acuityDraft, arrive, type Desk, level, offerDraft, openDesk } from '../../../../test/support/review-desk';
import { type ModelQualityAnswer, showModelQuality } from './model-quality';

jest.setTimeout(120_000);

describe('the quality of drafts in a ledger', () => {
  let ledger: Ledger;
  let desk: Desk;
  let nurses: readonly [UserPrincipal, UserPrincipal, UserPrincipal];
  let lead: UserPrincipal;

  const shownTo = (as: UserPrincipal, query = {}): Promise<ModelQualityAnswer> =>
    done(ledger.inTransaction(as, showModelQuality('triage', query)));
  const drafted = async (as: UserPrincipal, draft: 'I' | 'II' | 'III', show: boolean): Promise<string> => {
    const { reviewId } = await arrive(ledger, as);
    await offerDraft(ledger, reviewId, { draft: acuityDraft(draft), gate: acuity as never, show });
    return reviewId;
  };

  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
    const nurse = () => ledger.person(['triage_nurse']);
    nurses = [await nurse(), await nurse(), await nurse()];
    lead = await ledger.person(['clinical_lead'], { ward: null });
    for (const nurseOf of nurses.slice(0, 2)) {
      const reviewId = await drafted(nurseOf, 'II', true);
      await done(desk.judge(nurseOf, reviewId, { level: 'II', note: '' }));
      await done(desk.approve(nurseOf, reviewId));
    }
    const over = await drafted(nurses[2], 'I', true);
    await done(desk.judge(nurses[2], over, { level: 'II', note: '' }));
    await done(desk.view(nurses[2], over));
    await done(desk.decide(nurses[2], over, { content: level('II'), reasonCode: 'clinical-judgement' }));
    const blind = await drafted(nurses[0], 'III', false);
    await done(desk.decide(nurses[0], blind, { content: level('II') }));
  });

  afterAll(() => ledger?.stop());

  it('tells drafts that were seen from those nobody saw', async () => {
    const quality = await shownTo(lead);
    expect(quality).toMatchObject({
      process: 'triage',
      reviews: 4,
      truncated: false,
      draft: { n: 4, same: 2, moreUrgent: 1, lessUrgent: 1 },
      own: { n: 4, same: 4, moreUrgent: 0, lessUrgent: 0 },
      floor: { n: 4, same: 4, moreUrgent: 0, lessUrgent: 0 },
      blindSample: { shown: { n: 3, rate: 0.667 }, blind: { n: 1, rate: 0 }, gap: 0.667 },
    });
    expect(quality.rows).toEqual([
      {
        levelPack: { id: 'cn-consensus-2018', version: expect.any(String) as string },
        promptId: null,
        promptVersion: 1,
        model: null,
        reviews: 4,
        shownDraft: { n: 3, same: 2, moreUrgent: 1, lessUrgent: 0 },
        blindDraft: { n: 1, same: 0, moreUrgent: 0, lessUrgent: 1 },
        ownAndDraft: { n: 4, same: 2, moreUrgent: 1, lessUrgent: 1 },
      },
    ]);
  });

  it('tells of a week what the unit did, and of nobody what they did', async () => {
    const quality = await shownTo(lead);
    const [{ monday }] = (await ledger.sql<{ monday: string }>(
      `select to_char(date_trunc('week', max(decided_at) at time zone 'Asia/Shanghai'), 'YYYY-MM-DD') monday from decision`,
    )) as [{ monday: string }];
    expect(quality.weeks).toEqual([
      {
        week: monday,
        decisions: 4,
        offered: 3,
        acceptedUnchanged: 2,
        acceptedUnchangedRate: 0.667,
        medianSecondsOpen: expect.any(Number) as number,
      },
    ]);
    for (const { id, name } of nurses) expect(JSON.stringify(quality)).not.toMatch(new RegExp(`${id}|${name}`));
  });

  it('keeps to wards within reach and to the period, and is audited', async () => {
    const elsewhere = await ledger.person(['clinical_lead'], { ward: ledger.otherWard });
    expect(await shownTo(elsewhere)).toMatchObject({ reviews: 0, rows: [], weeks: [] });
    expect(await shownTo(lead, { to: '2020-01-01T00:00:00Z' })).toMatchObject({ reviews: 0 });
    const rows = await ledger.sql(
      `select from audit where action = 'model-quality.shown' and outcome = 'shown' and actor_id = $1`,
      [elsewhere.id],
    );
    expect(rows).toHaveLength(1);
  });
});
