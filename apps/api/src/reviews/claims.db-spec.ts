import { type UserPrincipal } from '#libs/auth/principal';
import { done, refused, startLedger, type Ledger } from '../../../../test/support/ledger-fixture';
import { arrive, type Desk, level, nurse, openDesk, reviewNow } from '../../../../test/support/review-desk';
import { receiversOf } from './receivers';
import { createReviewDeps } from './review-deps';

describe('claims', () => {
  let ledger: Ledger;
  let desk: Desk;
  let mine: UserPrincipal;
  let other: UserPrincipal;
  let charge: UserPrincipal;
  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
    mine = await nurse(ledger, '王护士');
    other = await nurse(ledger, '李护士');
    charge = await ledger.person(['charge_nurse'], { name: '张护士长' });
  });
  afterAll(() => ledger.stop());

  const open = async (): Promise<string> => (await arrive(ledger, mine)).reviewId;
  const expire = (reviewId: string) =>
    ledger.sql(`update review set lease_expires_at = now() - interval '1 second' where id = $1`, [reviewId]);
  const kinds = async (reviewId: string): Promise<string[]> =>
    (
      await ledger.sql<{ kind: string }>('select kind from review_event where review_id = $1 order by seq', [reviewId])
    ).map(({ kind }) => kind);

  it('hold a review for the lease of its gate, without a new version', async () => {
    const reviewId = await open();
    const standing = await done(desk.claim(mine, reviewId));
    expect(standing).toMatchObject({ version: 1, state: 'open', claim: { userId: mine.id, name: '王护士' } });
    const seconds = (Date.parse(standing.claim?.until ?? '') - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(590);
    expect(seconds).toBeLessThan(605);
    expect(await kinds(reviewId)).toEqual(['claimed']);
  });

  it('name the holder to whoever else claims, judges, decides or asks for a redraft (R6)', async () => {
    const reviewId = await open();
    const { claim } = await done(desk.claim(mine, reviewId));
    for (const attempt of [
      desk.claim(other, reviewId),
      desk.decide(other, reviewId, { content: level('II') }),
      desk.judge(other, reviewId, { level: 'II', note: '' }),
      desk.redraft(other, reviewId, []),
      desk.defer(other, reviewId, new Date(Date.now() + 60_000)),
      desk.release(other, reviewId),
      desk.reassign(other, reviewId, other.id),
    ])
      expect(await refused(attempt)).toMatchObject({
        code: 'CLAIM_HELD',
        detail: { holder: mine.id, holderName: '王护士', until: claim?.until },
      });
    expect(await kinds(reviewId)).toEqual(['claimed']);
    expect((await reviewNow(ledger, reviewId)).claimedBy).toBe(mine.id);
  });

  it('are not needed to decide', async () => {
    const reviewId = await open();
    expect(await done(desk.decide(other, reviewId, { content: level('II') }))).toMatchObject({ state: 'decided' });
  });

  it('are renewed by their holder, and change neither version nor history by it', async () => {
    const reviewId = await open();
    await done(desk.claim(mine, reviewId));
    await ledger.sql(`update review set lease_expires_at = now() + interval '5 seconds' where id = $1`, [reviewId]);
    const standing = await done(desk.claim(mine, reviewId));
    expect(Date.parse(standing.claim?.until ?? '')).toBeGreaterThan(Date.now() + 500_000);
    expect(standing.version).toBe(1);
    expect(await kinds(reviewId)).toEqual(['claimed']);
    const audited = await ledger.sql(
      `select action from audit where entity_id = $1 and action in ('review.claimed', 'review.renewed') order by at`,
      [reviewId],
    );
    expect(audited).toEqual([{ action: 'review.claimed' }, { action: 'review.renewed' }]);
  });

  it('that ran out can be taken by anybody who may sign', async () => {
    const reviewId = await open();
    await done(desk.claim(mine, reviewId));
    await expire(reviewId);
    expect(await done(desk.claim(other, reviewId))).toMatchObject({ claim: { userId: other.id } });
    expect((await refused(desk.decide(mine, reviewId, { content: level('II') }))).code).toBe('CLAIM_HELD');
  });

  it('pass with the time scale of the installation', async () => {
    const reviewId = await open();
    const fast = openDesk(ledger, createReviewDeps(0.01));
    const { claim } = await done(fast.claim(mine, reviewId));
    expect(Date.parse(claim?.until ?? '') - Date.now()).toBeLessThan(7000);
  });

  it('are given back by their holder or taken by whoever assigns', async () => {
    const reviewId = await open();
    await done(desk.claim(mine, reviewId));
    expect(await done(desk.release(mine, reviewId))).toMatchObject({ claim: null, version: 1 });
    await done(desk.claim(mine, reviewId));
    expect(await done(desk.release(charge, reviewId))).toMatchObject({ claim: null });
    expect(await done(desk.release(mine, reviewId))).toMatchObject({ claim: null });
    expect(await kinds(reviewId)).toEqual(['claimed', 'released', 'claimed', 'released']);
  });

  it('are handed on by their holder or by whoever assigns, to somebody who may sign', async () => {
    const reviewId = await open();
    expect((await refused(desk.reassign(mine, reviewId, other.id))).code).toBe('FORBIDDEN');
    expect(await done(desk.reassign(charge, reviewId, mine.id))).toMatchObject({ claim: { userId: mine.id } });
    expect(await done(desk.reassign(mine, reviewId, other.id))).toMatchObject({ claim: { userId: other.id } });
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    const coder = await ledger.person(['coder']);
    const gone = await nurse(ledger);
    await ledger.sql('update app_user set disabled_at = now() where id = $1', [gone.id]);
    for (const nobody of [elsewhere, coder, gone])
      expect((await refused(desk.reassign(charge, reviewId, nobody.id))).code).toBe('VALIDATION_FAILED');
    expect((await reviewNow(ledger, reviewId)).claimedBy).toBe(other.id);
    const { events } = await done(desk.view(charge, reviewId));
    expect(events.at(-1)).toMatchObject({ kind: 'reassigned', by: '王护士', data: { from: '王护士', to: '李护士' } });
  });

  it('are offered to everybody else who may sign next, and to nobody beyond', async () => {
    const reviewId = await open();
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    const coder = await ledger.person(['coder']);
    const doctor = await ledger.person(['physician'], { name: '陈医生' });
    await done(desk.claim(mine, reviewId));
    const deps = createReviewDeps(1);
    const shown = async (as: UserPrincipal): Promise<string[]> =>
      (await done(ledger.inTransaction(as, (tx) => receiversOf(deps, tx, reviewId)))).items.map(({ userId }) => userId);
    expect(await shown(charge)).toEqual(expect.arrayContaining([other.id, charge.id, doctor.id]));
    for (const nobody of [mine, elsewhere, coder]) expect(await shown(charge)).not.toContain(nobody.id);
    expect((await refused(ledger.inTransaction(elsewhere, (tx) => receiversOf(deps, tx, reviewId)))).code).toBe(
      'NOT_FOUND',
    );
    await done(desk.decide(mine, reviewId, { content: level('IV'), reasonCode: 'policy' }));
    const second = await shown(charge);
    expect(second).toEqual(expect.arrayContaining([charge.id, doctor.id]));
    for (const first of [mine, other]) expect(second).not.toContain(first.id);
  });

  it('end with the review, whichever way it ends (R17)', async () => {
    const [decided, below, withdrawn] = [await open(), await open(), await open()];
    for (const reviewId of [decided, below, withdrawn]) await done(desk.claim(mine, reviewId));
    await done(desk.decide(mine, decided, { content: level('II') }));
    await done(desk.decide(mine, below, { content: level('IV'), reasonCode: 'policy' }));
    const free = { claimedBy: null, leaseExpiresAt: null };
    expect(await reviewNow(ledger, decided)).toMatchObject(free);
    expect(await reviewNow(ledger, below)).toMatchObject({ ...free, state: 'awaiting-second' });
    const still = `update review set state = 'withdrawn', version = version + 1, withdrawn_at = now(), withdrawn_reason = 'x' where id = $1`;
    await expect(ledger.sql(still, [withdrawn])).rejects.toThrow(/review_check/);
    expect((await refused(desk.claim(other, decided))).code).toBe('ALREADY_DECIDED');
  });

  it('for the second signature are not for the first signer', async () => {
    const reviewId = await open();
    await done(desk.decide(charge, reviewId, { content: level('IV'), reasonCode: 'policy' }));
    expect((await refused(desk.claim(charge, reviewId))).code).toBe('SEPARATION_OF_DUTIES');
    expect((await refused(desk.claim(mine, reviewId))).code).toBe('FORBIDDEN');
    const doctor = await ledger.person(['physician']);
    expect((await refused(desk.reassign(charge, reviewId, charge.id))).code).toBe('SEPARATION_OF_DUTIES');
    expect(await done(desk.claim(doctor, reviewId))).toMatchObject({ state: 'awaiting-second' });
  });

  describe('of several reviews at once', () => {
    it('succeed or fail one by one', async () => {
      const ids = [await open(), await open(), await open(), await open()];
      await done(desk.claim(other, ids[1]!));
      await done(desk.decide(other, ids[2]!, { content: level('II') }));
      const foreign = '0190c1de-0000-7000-8000-000000000000';
      const { results } = await desk.claimMany(mine, [...ids, foreign, ids[0]!]);
      expect(results.map(({ reviewId }) => reviewId)).toEqual([...ids, foreign]);
      expect(results.map((result) => (result.outcome === 'claimed' ? 'claimed' : result.code))).toEqual([
        'claimed',
        'CLAIM_HELD',
        'ALREADY_DECIDED',
        'claimed',
        'NOT_FOUND',
      ]);
      expect(results[1]).toMatchObject({ detail: { holderName: '李护士' } });
      expect((await reviewNow(ledger, ids[3]!)).claimedBy).toBe(mine.id);
      expect(
        await ledger.sql(
          'select 1 from decision d join review r on r.id = d.review_id where r.id = any($1) and d.decided_by = $2',
          [ids, mine.id],
        ),
      ).toEqual([]);
    });

    it('never wait for each other, and every review has one holder', async () => {
      const ids = [await open(), await open(), await open(), await open(), await open(), await open()];
      const takers = [mine, other, charge];
      const answers = await Promise.all(
        Array.from({ length: 9 }, (_, n) => desk.claimMany(takers[n % 3]!, n % 2 === 0 ? ids : ids.toReversed())),
      );
      for (const reviewId of ids) {
        const { claimedBy } = await reviewNow(ledger, reviewId);
        const holders = takers.filter((_, n) =>
          answers.some(
            (answer, k) =>
              k % 3 === n && answer.results.some((one) => one.reviewId === reviewId && one.outcome === 'claimed'),
          ),
        );
        expect(holders.map(({ id }) => id)).toEqual([claimedBy]);
      }
    });
  });
});
