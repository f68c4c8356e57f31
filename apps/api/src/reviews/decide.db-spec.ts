import { type UserPrincipal } from '#libs/auth/principal';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, refused, startLedger, type Ledger } from '../../../../test/support/ledger-fixture';
import {
  acuityDraft,
  arrive,
  type Desk,
  level,
  nurse,
  offerDraft,
  openDesk,
  reviewNow,
} from '../../../../test/support/review-desk';
import { decisionSchema } from './decision.schema';

describe('decide', () => {
  let ledger: Ledger;
  let desk: Desk;
  let who: UserPrincipal;
  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
    who = await nurse(ledger, '王护士');
  });
  afterAll(() => ledger.stop());

  const offer = (reviewId: string, draft = acuityDraft('II')) => offerDraft(ledger, reviewId, { draft, gate: acuity });
  const count = async (sql: string, parameters: unknown[]): Promise<number> =>
    (await ledger.sql<{ n: number }>(`select count(*)::int n from ${sql}`, parameters))[0]?.n ?? -1;
  /** A review whose draft this person judged against and was shown. */
  const shown = async (drafted = acuityDraft('II'), own: 'I' | 'II' | 'III' = 'II') => {
    const { reviewId, caseId } = await arrive(ledger, who);
    await offer(reviewId, drafted);
    await done(desk.judge(who, reviewId, { level: own, note: '' }));
    const view = await done(desk.view(who, reviewId));
    if (!view.draft) throw new Error('no draft');
    return { reviewId, caseId, view, draft: { draftVersion: view.draft.version, draftSha256: view.draft.sha256 } };
  };

  it('stores one decision with its signature, effect, audit row and outbox row', async () => {
    const { reviewId, caseId } = await arrive(ledger, who);
    const reply = await done(desk.decide(who, reviewId, { content: level('II', '复测') }));
    expect(reply).toMatchObject({ reviewId, state: 'decided', version: 2, effect: { level: 'II' } });
    expect(await reviewNow(ledger, reviewId)).toMatchObject({ state: 'decided', version: 2, claimedBy: null });
    const [decision] = await ledger.sql('select * from decision where review_id = $1', [reviewId]);
    expect(decision).toMatchObject({ id: reply.decisionId, action: 'manual', decided_by: who.id, review_version: 2 });
    const [placed] = await ledger.sql('select level, decided_level, provisional from triage_case where case_id = $1', [
      caseId,
    ]);
    expect(placed).toEqual({ level: 'II', decided_level: 'II', provisional: false });
    const told = await ledger.sql(
      'select name, args, workflow_id from outbox where name = $1 and workflow_id like $2',
      ['decided', `%${caseId}`],
    );
    expect(told).toEqual([
      { name: 'decided', args: [{ decisionId: reply.decisionId }], workflow_id: `triage:${caseId}` },
    ]);
    expect(
      await count(`audit where action = 'review.manual' and entity_id = $1 and actor_id = $2`, [reviewId, who.id]),
    ).toBe(1);
    expect(await count(`change_feed where entity_id = $1`, [reviewId])).toBeGreaterThan(0);
  });

  it('keeps how a decision came about', async () => {
    const { reviewId, draft, view } = await shown(acuityDraft('II', { department: '胸痛中心' }));
    await done(
      desk.decide(who, reviewId, {
        action: 'amend',
        ...draft,
        content: level('II', '补充'),
        evidenceOpened: ['ecg'],
        shownSha256: view.viewSha256,
      }),
    );
    const [signature] = await ledger.sql<{ provenance: Record<string, unknown> }>(
      'select * from signature where review_id = $1',
      [reviewId],
    );
    expect(signature).toMatchObject({
      action: 'amend',
      meaning: 'verified-AI-draft',
      role: 'triage_nurse',
      printed_name: '王护士',
      method: 'session',
    });
    expect(signature?.provenance).toMatchObject({
      evidenceOpened: ['ecg'],
      shownSha256: view.viewSha256,
      clientShownSha256: view.viewSha256,
      draftVersionShown: 1,
      judgedFirst: true,
      deviations: [],
    });
    expect(signature?.provenance['editDistance']).toBeGreaterThan(0);
    expect(signature?.provenance['secondsOpen']).toBeGreaterThanOrEqual(0);
  });

  it('keeps nothing of the signed text in a plain column', async () => {
    const { reviewId } = await arrive(ledger, who);
    await done(desk.decide(who, reviewId, { content: level('II', '金丝雀-canary'), reasonText: '鹦鹉-parrot' }));
    const rows = await ledger.sql(
      'select to_jsonb(s) s, (select jsonb_agg(to_jsonb(a)) from audit a) a, (select jsonb_agg(to_jsonb(o)) from outbox o) o from signature s where review_id = $1',
      [reviewId],
    );
    expect(JSON.stringify(rows)).not.toMatch(/canary|parrot|金丝雀|鹦鹉/);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('canary').toString('hex'));
  });

  it('approves nothing before there is a draft (R1)', async () => {
    const { reviewId } = await arrive(ledger, who);
    const invented = { draftVersion: 1, draftSha256: 'a'.repeat(64) };
    for (const action of ['approve', 'amend'] as const)
      expect(
        (
          await refused(
            desk.decide(who, reviewId, { action, ...invented, content: action === 'amend' ? level('II') : undefined }),
          )
        ).code,
      ).toBe('NO_DRAFT');
    expect((await reviewNow(ledger, reviewId)).state).toBe('open');
  });

  it('approves no stale draft, by version, by digest or by the version of the review (E-5)', async () => {
    for (let n = 0; n < 5; n += 1) {
      const { reviewId, draft } = await shown();
      await done(desk.redraft(who, reviewId, ['看一下心电图']));
      await offer(reviewId, acuityDraft('II', { addressedNotes: [1] }));
      const old = await refused(desk.decide(who, reviewId, { action: 'approve', ...draft }));
      expect(old).toMatchObject({ code: 'STALE_DRAFT', detail: { current: 2 } });
      const current = await reviewNow(ledger, reviewId);
      const mixed = { draftVersion: 2, draftSha256: draft.draftSha256 };
      expect((await refused(desk.decide(who, reviewId, { action: 'approve', ...mixed }))).code).toBe('STALE_DRAFT');
      const unseen = { draftVersion: 2, draftSha256: current.draftSha256 };
      expect((await refused(desk.decide(who, reviewId, { action: 'approve', ...unseen }))).code).toBe('STALE_DRAFT');
      for (const version of [current.version - 1, current.version + 1])
        expect((await refused(desk.decide(who, reviewId, { action: 'approve', version, ...unseen }))).code).toBe(
          'VERSION_MISMATCH',
        );
      expect(await count('decision where review_id = $1', [reviewId])).toBe(0);
      expect(await done(desk.approve(who, reviewId))).toMatchObject({ state: 'decided' });
    }
  });

  it('lets no decision of one review answer another, even over the same draft (R2, R3)', async () => {
    const [a, b] = [await shown(), await shown()];
    const first = await done(desk.decide(who, a.reviewId, { action: 'approve', ...a.draft }));
    expect((await reviewNow(ledger, b.reviewId)).state).toBe('open');
    expect((await refused(desk.decide(who, a.reviewId, { action: 'approve', ...b.draft }))).detail).toMatchObject({
      decisionId: first.decisionId,
    });
    for (const nowhere of ['', 'acuity', b.caseId])
      await expect(
        desk
          .decide(who, nowhere, { version: 1, content: level('II') })
          .catch((error: unknown) => ({ refused: true, error })),
      ).resolves.toMatchObject({ refused: true });
    expect(await count('decision where review_id = $1', [b.reviewId])).toBe(0);
  });

  it('tells the second decider who decided, what and when, and changes nothing (R5)', async () => {
    const { reviewId } = await arrive(ledger, who);
    const reply = await done(desk.decide(who, reviewId, { content: level('I') }));
    const other = await nurse(ledger);
    const before = await ledger.sql('select * from signature where review_id = $1', [reviewId]);
    const late = await refused(desk.decide(other, reviewId, { content: level('II') }));
    expect(late).toMatchObject({
      code: 'ALREADY_DECIDED',
      detail: { decidedBy: '王护士', action: 'manual', decidedAt: reply.at },
    });
    expect(await ledger.sql('select * from signature where review_id = $1', [reviewId])).toEqual(before);
  });

  it('takes no reasonless departure: from the draft, from the own judgement, below the floor (R9)', async () => {
    const departing = await shown(acuityDraft('II'), 'I');
    expect(
      (await refused(desk.decide(who, departing.reviewId, { action: 'approve', ...departing.draft }))).detail,
    ).toMatchObject({ because: ['differs-from-judgement'] });
    const amended = await shown();
    const amend = { action: 'amend', ...amended.draft, content: level('I') };
    expect((await refused(desk.decide(who, amended.reviewId, amend))).detail).toMatchObject({
      because: ['differs-from-draft', 'differs-from-judgement'],
    });
    const lower = await arrive(ledger, who);
    expect((await refused(desk.decide(who, lower.reviewId, { content: level('IV') }))).detail).toMatchObject({
      because: ['below-floor'],
    });
    await done(
      desk.decide(who, amended.reviewId, { ...amend, reasonCode: 'data-missing', reasonText: '有新的心电图' }),
    );
    const [signature] = await ledger.sql('select meaning, reason_code from signature where review_id = $1', [
      amended.reviewId,
    ]);
    expect(signature).toEqual({ meaning: 'overridden', reason_code: 'data-missing' });
  });

  it('needs no reason to be more urgent than the floor', async () => {
    const { reviewId } = await arrive(ledger, who);
    expect(await done(desk.decide(who, reviewId, { content: level('I') }))).toMatchObject({ state: 'decided' });
  });

  it('takes "false", {}, null and the like for nothing (R10)', async () => {
    const { reviewId } = await arrive(ledger, who);
    for (const body of [
      'false',
      'true',
      null,
      {},
      [],
      1,
      { action: 'yes' },
      { action: true },
      { action: 'approve', approved: 'true' },
    ])
      expect(decisionSchema.safeParse(body).success).toBe(false);
    for (const content of [
      undefined,
      null,
      'false',
      false,
      {},
      [],
      { level: 'V' },
      { level: null },
      { ...level('II'), approved: true },
    ])
      expect((await refused(desk.decide(who, reviewId, { content }))).code).toBe('VALIDATION_FAILED');
    expect((await reviewNow(ledger, reviewId)).state).toBe('open');
  });

  it('coerces nothing: a level as a number, a note as a number, a version as text (R11)', async () => {
    const { reviewId } = await arrive(ledger, who);
    for (const content of [
      { ...level('II'), level: 2 },
      { ...level('II'), note: 5 },
      { ...level('II'), department: 1 },
    ])
      expect((await refused(desk.decide(who, reviewId, { content }))).code).toBe('VALIDATION_FAILED');
    expect(decisionSchema.safeParse({ action: 'approve', draftVersion: '1' }).success).toBe(false);
  });

  it('does not happen while the audit cannot be written (R13, R14)', async () => {
    const { reviewId, caseId } = await arrive(ledger, who);
    await ledger.sql('revoke insert on audit from countersign_app');
    await expect(desk.decide(who, reviewId, { content: level('II') })).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
    });
    await expect(desk.view(who, reviewId)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await ledger.sql('grant insert on audit to countersign_app');
    expect(await reviewNow(ledger, reviewId)).toMatchObject({ state: 'open', version: 1 });
    expect(await count('signature where review_id = $1', [reviewId])).toBe(0);
    expect(await count(`outbox where name = 'decided' and workflow_id like $1`, [`%${caseId}`])).toBe(0);
    expect(await count('review_view where review_id = $1', [reviewId])).toBe(0);
  });

  it('is rolled back as a whole when its effect refuses', async () => {
    const { reviewId, caseId } = await arrive(ledger, who);
    await ledger.sql('alter table fact disable trigger fact_append_only');
    await ledger.sql(`update fact set effective_at = now() - interval '3 hours' where case_id = $1`, [caseId]);
    await ledger.sql('alter table fact enable trigger fact_append_only');
    const stale = await refused(desk.decide(who, reviewId, { content: level('II') }));
    expect(stale.code).toBe('STALE_VITALS');
    expect(await count('signature where review_id = $1', [reviewId])).toBe(0);
    const { facts } = stale.detail as { facts: string[] };
    expect(await done(desk.decide(who, reviewId, { content: level('II'), acknowledgedFacts: facts }))).toMatchObject({
      state: 'decided',
    });
  });

  it('of a case that was cancelled is refused', async () => {
    const { reviewId } = await arrive(ledger, who);
    await ledger.sql(
      `update review set state = 'withdrawn', version = 2, withdrawn_at = now(), withdrawn_reason = 'cancelled' where id = $1`,
      [reviewId],
    );
    expect((await refused(desk.decide(who, reviewId, { content: level('II') }))).code).toBe('REVIEW_WITHDRAWN');
  });
});
