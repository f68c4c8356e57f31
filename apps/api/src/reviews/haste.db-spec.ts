import { type UserPrincipal } from '#libs/auth/principal';
import { acuity } from '#libs/processes/triage/triage.contract';
import { countOf } from '../../../../test/support/counts';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import {
  acuityDraft,
  arrive,
  type Arrived,
  type Desk,
  level,
  offerDraft,
  openDesk,
} from '../../../../test/support/review-desk';

jest.setTimeout(60_000);

interface Told {
  readonly haste: readonly string[] | null;
  readonly provenance: readonly string[];
}

describe('A-7: a signature faster than anybody reads', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;
  let desk: Desk;
  beforeAll(async () => {
    ledger = await startLedger();
    nurse = await ledger.person(['triage_nurse']);
    desk = openDesk(ledger);
  });
  afterAll(() => ledger?.stop());

  const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1050));
  const drafted = async (): Promise<Arrived> => {
    const at = await arrive(ledger, nurse);
    await offerDraft(ledger, at.reviewId, { draft: acuityDraft('II'), gate: acuity });
    return at;
  };
  const told = async (reviewId: string): Promise<readonly Told[]> =>
    ledger.sql<Told>(
      `select a.detail -> 'haste' haste, s.provenance -> 'haste' provenance from signature s
       join audit a on a.entity_id = s.review_id and a.after_sha256 = s.content_sha256
         and a.action in ('review.approve', 'review.manual', 'review.first-signature')
       where s.review_id = $1 order by s.sequence`,
      [reviewId],
    );
  const judged = async (reviewId: string) => {
    await done(desk.judge(nurse, reviewId, { level: 'II', note: '' }));
    return done(desk.view(nurse, reviewId));
  };

  it('is told apart in the audit and with the signature, for every one of many at once', async () => {
    const arrived: Arrived[] = [];
    for (let at = 0; at < countOf('A-7 approvals'); at += 1) arrived.push(await drafted());
    for (const { reviewId } of arrived) await judged(reviewId);
    await aSecond();
    await Promise.all(arrived.map(({ reviewId }) => done(desk.approve(nurse, reviewId))));
    const all = (await Promise.all(arrived.map(({ reviewId }) => told(reviewId)))).flat();
    expect(all).toHaveLength(arrived.length);
    const fast = all.filter(({ haste }) => haste?.includes('since-last-signature') === true);
    expect(fast).toHaveLength(arrived.length - 1);
    for (const { haste, provenance } of all) expect(provenance).toEqual(haste ?? []);
  });

  it('is one given at once after the review, or a newer draft of it, was shown', async () => {
    await aSecond();
    const unread = await drafted();
    await judged(unread.reviewId);
    await done(desk.approve(nurse, unread.reviewId));
    expect(await told(unread.reviewId)).toMatchObject([{ haste: ['since-shown'] }]);

    const renewed = await drafted();
    await judged(renewed.reviewId);
    await done(desk.redraft(nurse, renewed.reviewId, ['请补充']));
    await aSecond();
    const draft = acuityDraft('II', { addressedNotes: [1] });
    await offerDraft(ledger, renewed.reviewId, { draft, gate: acuity });
    await done(desk.approve(nurse, renewed.reviewId));
    expect(await told(renewed.reviewId)).toMatchObject([{ haste: ['since-shown'] }]);
  });

  it('is no other: neither after a second, nor at once after somebody else signed', async () => {
    const read = await drafted();
    await judged(read.reviewId);
    const other = await ledger.person(['triage_nurse']);
    const theirs = await arrive(ledger, other);
    await aSecond();
    await done(desk.decide(other, theirs.reviewId, { content: level('II') }));
    await done(desk.approve(nurse, read.reviewId));
    expect(await told(read.reviewId)).toEqual([{ haste: null, provenance: [] }]);
  });
});
