import { type UserPrincipal } from '#libs/auth/principal';
import { type GateContract } from '#libs/processes/process.contract';
import { openSample, openTwo } from '../../../../test/gates/openers';
import { plainGate, releaseGate, sampleDeps } from '../../../../test/gates/sample-gates';
import { done, refused, startLedger, type Ledger } from '../../../../test/support/ledger-fixture';
import { type Desk, offerDraft, openDesk, reviewNow } from '../../../../test/support/review-desk';

const content = { dose: 20, text: 'twenty' };

describe('separation of duties (A-5, R8)', () => {
  let ledger: Ledger;
  let desk: Desk;
  let starter: UserPrincipal;
  let reviewer: UserPrincipal;
  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger, sampleDeps());
    starter = await ledger.person(['physician', 'charge_nurse', 'clinical_lead']);
    reviewer = await ledger.person(['physician']);
  });
  afterAll(() => ledger.stop());

  const open = async (
    contract: GateContract<never, never, never> | typeof releaseGate = releaseGate,
  ): Promise<string> => (await openSample(ledger, starter, contract.gate)).reviewId;
  const decisions = async (reviewId: string): Promise<number> =>
    (await ledger.sql<{ n: number }>('select count(*)::int n from decision where review_id = $1', [reviewId]))[0]?.n ??
    -1;
  const code = async (answer: Promise<unknown>): Promise<string> => (await refused(answer)).code;

  it('lets nobody decide what they brought, in any way a gate offers', async () => {
    const reviewId = await open();
    await offerDraft(ledger, reviewId, { draft: releaseGate.examples.draft, gate: releaseGate });
    const { draft, allowed } = await done(desk.view(starter, reviewId));
    const shown = { draftVersion: draft?.version, draftSha256: draft?.sha256 };
    for (const request of [
      { content },
      { action: 'approve', ...shown },
      { action: 'amend', ...shown, content },
      { action: 'reject', reasonCode: 'policy' },
    ])
      expect(await code(desk.decide(starter, reviewId, request))).toBe('SEPARATION_OF_DUTIES');
    for (const action of ['approve', 'amend', 'manual', 'reject']) expect(allowed).not.toContain(action);
    expect(await decisions(reviewId)).toBe(0);
    expect(await done(desk.decide(reviewer, reviewId, { content }))).toMatchObject({ state: 'decided' });
  });

  it('lets nobody decide a draft they asked for', async () => {
    const reviewId = await open();
    await done(desk.redraft(reviewer, reviewId, []));
    expect(await code(desk.decide(reviewer, reviewId, { content }))).toBe('SEPARATION_OF_DUTIES');
    const other = await ledger.person(['physician']);
    expect(await done(desk.decide(other, reviewId, { content }))).toMatchObject({ state: 'decided' });
  });

  it('is not bypassed by claiming, by bulk claiming or by being handed the review', async () => {
    const reviewId = await open();
    await done(desk.claim(starter, reviewId));
    expect(await code(desk.decide(starter, reviewId, { content }))).toBe('SEPARATION_OF_DUTIES');
    await done(desk.release(starter, reviewId));
    expect((await desk.claimMany(starter, [reviewId])).results).toEqual([
      expect.objectContaining({ outcome: 'claimed' }),
    ]);
    expect(await code(desk.decide(starter, reviewId, { content }))).toBe('SEPARATION_OF_DUTIES');
    expect(await decisions(reviewId)).toBe(0);
  });

  it('keeps the second signature from the first signer and from the initiator', async () => {
    const reviewId = await open();
    await ledger.sql(`update review set floor = '10' where id = $1`, [reviewId]);
    const first = await done(desk.decide(reviewer, reviewId, { content, reasonCode: 'policy' }));
    const answer = { signatureId: first.signatureId, contentSha256: first.contentSha256 };
    for (const barred of [reviewer, starter]) {
      await done(desk.view(barred, reviewId));
      expect(await code(desk.countersign(barred, reviewId, answer))).toBe('SEPARATION_OF_DUTIES');
      expect(await code(desk.decline(barred, reviewId, { ...answer, reason: 'no' }))).toBe('SEPARATION_OF_DUTIES');
    }
    const lead = await ledger.person(['clinical_lead']);
    await done(desk.view(lead, reviewId));
    expect(await done(desk.countersign(lead, reviewId, answer))).toMatchObject({ state: 'decided' });
  });

  it('lets one person do all of it where the gate asks for one', async () => {
    const reviewId = await open(plainGate);
    expect(await done(desk.decide(starter, reviewId, { content }))).toMatchObject({ state: 'decided' });
  });

  it('asks a gate with step-up for the password', async () => {
    const reviewId = await open();
    expect(await code(desk.decide(reviewer, reviewId, { content, password: false }))).toBe('STEP_UP_REQUIRED');
    await done(desk.decide(reviewer, reviewId, { content }));
    const [signature] = await ledger.sql('select method from signature where review_id = $1', [reviewId]);
    expect(signature).toEqual({ method: 'password' });
  });

  it('rejects for good where the gate allows it: no effect, and nothing to approve', async () => {
    const reviewId = await open();
    expect(await code(desk.decide(reviewer, reviewId, { action: 'reject' }))).toBe('REASON_REQUIRED');
    expect(await code(desk.decide(reviewer, reviewId, { action: 'reject', reasonCode: 'policy', content }))).toBe(
      'VALIDATION_FAILED',
    );
    const reply = await done(desk.decide(reviewer, reviewId, { action: 'reject', reasonCode: 'policy' }));
    expect(reply).toMatchObject({ state: 'decided', effect: {} });
    expect(
      await ledger.sql(`select 1 from notice where kind = 'sample-effect' and review_id = $1`, [reviewId]),
    ).toEqual([]);
    expect(await code(desk.decide(reviewer, reviewId, { content }))).toBe('ALREADY_DECIDED');
  });

  it('keeps two open gates of one case apart (R2, R3)', async () => {
    const [release, plain] = await openTwo(ledger, starter, [releaseGate.gate, plainGate.gate]);
    const charge = await ledger.person(['charge_nurse']);
    await done(desk.decide(charge, plain, { content }));
    expect(await reviewNow(ledger, release)).toMatchObject({ state: 'open', version: 1 });
    expect(await decisions(release)).toBe(0);
  });

  describe('looks at roles when it happens, not when it was opened', () => {
    const lose: readonly [string, (who: UserPrincipal) => string][] = [
      ['a revoked role', ({ id }) => `delete from role_grant where user_id = '${id}'`],
      ['a disabled account', ({ id }) => `update app_user set disabled_at = now() where id = '${id}'`],
      ['an ended session', ({ sessionId }) => `update session set ended_at = now() where id = '${sessionId}'`],
      ['a locked session', ({ sessionId }) => `update session set locked_at = now() where id = '${sessionId}'`],
    ];

    it.each(lose)('with %s nothing is signed, claimed, judged or shown', async (_, loss) => {
      const who = await ledger.person(['physician']);
      const reviewId = await open();
      await done(desk.view(who, reviewId));
      await ledger.sql(loss(who));
      for (const attempt of [
        desk.decide(who, reviewId, { content }),
        desk.claim(who, reviewId),
        desk.judge(who, reviewId, { dose: 20 }),
        desk.redraft(who, reviewId, []),
        desk.view(who, reviewId),
        desk.keep(who, reviewId, { version: 0, content }),
      ])
        expect(await code(attempt)).toBe('FORBIDDEN');
      expect(await decisions(reviewId)).toBe(0);
    });

    it('racing with a revocation, a decision never comes after it', async () => {
      for (let round = 0; round < 10; round += 1) {
        const who = await ledger.person(['physician']);
        const reviewId = await open();
        const revoke = ledger.sql('delete from role_grant where user_id = $1', [who.id]).then(() => Date.now());
        await Promise.all([desk.decide(who, reviewId, { content }), revoke]);
        expect(await code(desk.decide(who, await open(), { content }))).toBe('FORBIDDEN');
        expect((await reviewNow(ledger, reviewId)).state).toMatch(/open|decided/);
      }
    });
  });

  it('leaves nothing to service accounts or parts of the product', async () => {
    const reviewId = await open();
    const service = await ledger.service(['triage:write', 'ops:read']);
    for (const machine of [service, ledger.worker])
      for (const attempt of [
        desk.decide(machine, reviewId, { content }),
        desk.countersign(machine, reviewId, { signatureId: reviewId, contentSha256: 'a'.repeat(64) }),
        desk.claim(machine, reviewId),
        desk.judge(machine, reviewId, { dose: 20 }),
        desk.view(machine, reviewId),
        desk.list(machine),
        desk.escalate(machine, reviewId),
      ])
        expect(await code(attempt)).toBe('FORBIDDEN');
    expect((await reviewNow(ledger, reviewId)).state).toBe('open');
  });
});
