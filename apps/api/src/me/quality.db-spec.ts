import { type UserPrincipal } from '#libs/auth/principal';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { acuityDraft, arrive, type Desk, level, offerDraft, openDesk } from '../../../../test/support/review-desk';
import { showQuality } from './quality';
import { type Quality, qualityQuery } from './quality.schema';

jest.setTimeout(120_000);

const day = 24 * 60 * 60_000;
const tomorrow = (): Date => new Date(Date.now() + day);
const nothing = { signed: 0, unchangedRate: null, medianSeconds: null, hasty: 0 };

describe('how a person signs beside drafts', () => {
  let ledger: Ledger;
  let desk: Desk;
  let nurse: UserPrincipal;
  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
    nurse = await ledger.person(['triage_nurse']);
  });
  afterAll(() => ledger?.stop());

  const quality = (
    as: UserPrincipal,
    { now = new Date(), ...query }: { now?: Date; process?: 'triage'; days?: string } = {},
  ) =>
    done<Quality>(ledger.inTransaction(as, showQuality(as, qualityQuery.parse({ process: 'triage', ...query }), now)));
  /** A patient whose draft was shown to the person so many seconds ago, when they had judged for themselves. */
  const shown = async (as: UserPrincipal, seconds = 10, show = true): Promise<string> => {
    const { reviewId } = await arrive(ledger, as);
    await offerDraft(ledger, reviewId, { draft: acuityDraft('II'), gate: acuity, show });
    await done(desk.judge(as, reviewId, { level: 'II', note: '' }));
    await done(desk.view(as, reviewId));
    await ledger.sql(
      `update review_view set first_at = first_at - make_interval(secs => $2),
         draft_first_shown_at = draft_first_shown_at - make_interval(secs => $2) where review_id = $1`,
      [reviewId, seconds],
    );
    return reviewId;
  };
  const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1050));
  const approve = async (as: UserPrincipal, seconds?: number): Promise<unknown> =>
    done(desk.approve(as, await shown(as, seconds)));
  const others = async (count: number, options: { ward?: string | null } = {}): Promise<UserPrincipal[]> =>
    Promise.all(Array.from({ length: count }, () => ledger.person(['triage_nurse'], options)));

  it('is nothing before the first signature', async () => {
    expect(await quality(nurse)).toMatchObject({ process: 'triage', days: 30, own: nothing, unit: null });
  });

  it('counts first signatures beside a shown draft: how many unchanged, how long, how hasty', async () => {
    await approve(nurse, 10);
    await aSecond();
    await approve(nurse, 20);
    await aSecond();
    const amended = await shown(nurse, 60);
    const { draft, version } = await done(desk.view(nurse, amended));
    const against = { draftVersion: draft!.version, draftSha256: draft!.sha256 };
    const changes = { content: level('II', '家属补充病史'), version, ...against };
    await done(desk.decide(nurse, amended, { action: 'amend', ...changes }));
    const { own } = await quality(nurse);
    expect(own).toMatchObject({ signed: 3, unchangedRate: 0.67, hasty: 0 });
    expect(own.medianSeconds).toBeGreaterThanOrEqual(20);
    expect(own.medianSeconds).toBeLessThan(60);
    await done(desk.approve(nurse, await shown(nurse, 0)));
    expect((await quality(nurse)).own).toMatchObject({ signed: 4, unchangedRate: 0.75, hasty: 1 });
  });

  it('counts nothing where no draft was shown, nor what is voided or before the period', async () => {
    const person = await ledger.person(['triage_nurse']);
    await done(desk.decide(person, await shown(person, 10, false), { content: level('II') }));
    const { reviewId } = await arrive(ledger, person);
    await done(desk.decide(person, reviewId, { content: level('II') }));
    expect((await quality(person)).own).toEqual(nothing);

    const below = await shown(person, 10);
    await aSecond();
    const { signatureId } = await done(desk.decide(person, below, { content: level('IV'), reasonCode: 'policy' }));
    expect((await quality(person)).own).toMatchObject({ signed: 1, unchangedRate: 0 });
    await done(desk.withdraw(person, below, { signatureId, reason: '撤回' }));
    expect((await quality(person)).own).toEqual(nothing);

    await approve(person);
    expect((await quality(person, { days: '7', now: new Date(Date.now() + 6 * day) })).own).toMatchObject({
      signed: 1,
    });
    expect((await quality(person, { days: '7', now: new Date(Date.now() + 9 * day) })).own).toEqual(nothing);
  });

  it('goes with the person to another ward, and tells a colleague nothing of it', async () => {
    const person = await ledger.person(['triage_nurse']);
    await approve(person);
    const moved = { ...person, grants: [{ role: 'triage_nurse', wardId: ledger.otherWard }] as const };
    const before = (await quality(person)).own;
    expect(before).toMatchObject({ signed: 1 });
    expect((await quality(moved)).own).toEqual(before);
    expect((await quality({ ...person, grants: [] })).own).toEqual(before);
    const colleague = await ledger.person(['clinical_lead'], { ward: null });
    expect((await quality(colleague)).own).toEqual(nothing);
  });

  it('stands beside the unit only where five others signed before today, on wards within reach', async () => {
    const asks = await ledger.person(['triage_nurse']);
    const earlier = await ledger.sql<{ n: number }>(
      `select count(distinct user_id)::int n from signature where voided_at is null and (provenance ->> 'draftVersionShown')::int > 0`,
    );
    const known = earlier[0]!.n;
    const people = await others(5 - known);
    for (const person of people.slice(1)) await approve(person);
    await approve(asks);
    // Four others: one fewer than it takes, though the one who asks signed too.
    expect((await quality(asks, { now: tomorrow() })).unit).toBeNull();
    await approve(people[0]!);
    expect((await quality(asks)).unit).toBeNull();
    const { own, unit } = await quality(asks, { now: tomorrow() });
    expect(own).toMatchObject({ signed: 1 });
    const counted = await ledger.sql<{ n: number }>(
      `select count(*)::int n from signature where voided_at is null and sequence = 1
         and (provenance ->> 'draftVersionShown')::int > 0`,
    );
    expect(unit).toMatchObject({ signed: counted[0]!.n });
    expect(Object.keys(unit!).toSorted()).toEqual(['hasty', 'medianSeconds', 'signed', 'unchangedRate', 'until']);

    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    expect((await quality(elsewhere, { now: tomorrow() })).unit).toBeNull();
    const everywhere = await ledger.person(['clinical_lead'], { ward: null });
    expect((await quality(everywhere, { now: tomorrow() })).unit).toEqual(unit);
    const whole = await done<Quality>(
      ledger.inTransaction(asks, showQuality(asks, qualityQuery.parse({}), tomorrow())),
    );
    expect(whole).toMatchObject({ process: null, own: { signed: 1 }, unit: null });
  });
});
