import { type ServicePrincipal, type UserPrincipal } from '#libs/auth/principal';
import { type GateContract } from '#libs/processes/process.contract';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, type Ledger, refused, startLedger } from '../../../../test/support/ledger-fixture';
import { acuityDraft, offerDraft } from '../../../../test/support/review-desk';
import { calm, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';

const gate = acuity as unknown as GateContract<never, never, never>;

describe('an assessment', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;
  let monitor: ServicePrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
    monitor = await ledger.service(['triage:write']);
  });

  afterAll(() => ledger?.stop());

  const decided = async (vitals = calm, level: 'II' | 'III' | 'IV' = 'IV'): Promise<string> => {
    const { caseId } = await triage.arrive(nurse, { vitals });
    await done(triage.sign(nurse, caseId, level));
    return caseId;
  };
  const rounds = async (caseId: string) =>
    (await triage.reviews(caseId)).map(({ round, state }) => `${round} ${state}`);
  const stale = async (reviewId: string) =>
    (
      await ledger.sql<{ cause: string }>(
        'select cause from review_stale_fact where review_id = $1 order by created_at',
        [reviewId],
      )
    ).map(({ cause }) => cause);
  const alerts = async (caseId: string) =>
    (
      await ledger.sql<{ audience: string }>(
        `select audience from notice where case_id = $1 and kind = 'floor-raised' order by audience`,
        [caseId],
      )
    ).map(({ audience }) => audience);
  const openTasks = (caseId: string) =>
    ledger.sql('select from task where case_id = $1 and done_at is null and cancelled_at is null', [caseId]);

  describe('the first', () => {
    it('opens the review and starts the clock at the floor, provisionally', async () => {
      const { caseId } = await triage.arrive(nurse, null);
      const answer = await done(triage.assess(nurse, caseId, { vitals: { ...calm, spo2: 88 } }));
      expect(answer).toMatchObject({ floor: 'II', level: 'II' });
      expect((await triage.caseNow(caseId)).state).toBe('assessing');
      expect(answer.version).toBe((await triage.caseNow(caseId)).version);
      const row = await triage.standing(caseId);
      expect(row).toMatchObject({
        level: 'II',
        floor: 'II',
        provisional: true,
        limitSeconds: 600,
        retriageSeconds: 600,
      });
      expect(row.clockStartedAt).not.toBeNull();
      const [review] = await triage.reviews(caseId);
      expect(review).toMatchObject({
        state: 'open',
        round: 1,
        floor: 'II',
        factId: answer.factId,
        id: answer.reviewId,
      });
      expect(await triage.woken(caseId)).toEqual(['triageWorkflow', 'changed']);
    });

    it('is stored as it was found, encrypted but for the vital signs', async () => {
      const { caseId } = await triage.arrive(nurse, { complaint: '与邻居斗殴后头痛', vitals: { pulse: 88 } });
      const [fact] = await ledger.sql<{ vitals: object; content_ct: Buffer; source: string }>(
        'select vitals, content_ct, source from fact where case_id = $1',
        [caseId],
      );
      expect(fact).toMatchObject({ vitals: { pulse: 88 }, source: 'person' });
      expect(fact!.content_ct.includes(Buffer.from('斗殴'))).toBe(false);
    });
  });

  describe('while the review is open', () => {
    it('raises the floor at once, with an alert and the draft overtaken', async () => {
      const { caseId, assessment } = await triage.arrive(nurse);
      const reviewId = assessment!.reviewId!;
      await offerDraft(ledger, reviewId, { draft: acuityDraft('IV'), gate });
      const raised = await done(triage.assess(nurse, caseId, { vitals: { ...calm, spo2: 85 } }));
      expect(raised).toMatchObject({ floor: 'II', level: 'II', reviewId });
      expect(await triage.openReviewOf(caseId)).toMatchObject({ floor: 'II', round: 1 });
      expect(await stale(reviewId)).toEqual(['floor-changed']);
      expect(await alerts(caseId)).toEqual(['charge_nurse', 'triage_nurse']);
      expect(await triage.standing(caseId)).toMatchObject({ level: 'II', limitSeconds: 600, provisional: true });
    });

    it('lowers nothing when it finds the patient better', async () => {
      const { caseId } = await triage.arrive(nurse, { vitals: { ...calm, spo2: 85 } });
      const better = await done(triage.assess(nurse, caseId, { vitals: calm }));
      expect(better).toMatchObject({ floor: 'IV', level: 'II' });
      expect(await triage.openReviewOf(caseId)).toMatchObject({ floor: 'II' });
      expect(await alerts(caseId)).toEqual([]);
    });

    it('overtakes the draft when a person entered it, and not when a monitor sent the same', async () => {
      const { caseId, assessment } = await triage.arrive(nurse);
      const reviewId = assessment!.reviewId!;
      await done(triage.assess(monitor, caseId, { complaint: '', vitals: { pulse: 71 } }));
      expect(await stale(reviewId)).toEqual([]);
      await done(triage.assess(nurse, caseId, { complaint: '', vitals: { pulse: 71 } }));
      expect(await stale(reviewId)).toEqual(['entered-by-person']);
    });

    it('overtakes the draft when a monitor changes the floor', async () => {
      const { caseId, assessment } = await triage.arrive(nurse);
      await done(triage.assess(monitor, caseId, { complaint: '', vitals: { pulse: 160 } }));
      expect(await stale(assessment!.reviewId!)).toEqual(['floor-changed']);
      expect((await triage.standing(caseId)).level).toBe('II');
    });
  });

  describe('after a decision', () => {
    it('with a higher floor moves the patient up provisionally and opens the next round, in one transaction', async () => {
      const caseId = await decided();
      const before = await triage.standing(caseId);
      const raised = await done(triage.assess(nurse, caseId, { vitals: { ...calm, spo2: 85 } }));
      expect(await rounds(caseId)).toEqual(['1 decided', '2 open']);
      const row = await triage.standing(caseId);
      expect(row).toMatchObject({ level: 'II', decidedLevel: 'IV', provisional: true, limitSeconds: 600 });
      expect(row.clockStartedAt).toEqual(before.clockStartedAt);
      expect(await triage.openReviewOf(caseId)).toMatchObject({ floor: 'II', factId: raised.factId });
      expect(await alerts(caseId)).toEqual(['charge_nurse', 'triage_nurse']);
      expect((await triage.woken(caseId)).at(-1)).toBe('changed');
      const stamps = await ledger.sql<{ n: number }>(
        `select count(distinct x.xmin::text)::int n from (
           select xmin from fact where id = $1 union all select xmin from review where case_id = $2 and round = 2) x`,
        [raised.factId, caseId],
      );
      expect(stamps).toEqual([{ n: 1 }]);
    });

    it('by a monitor does the same', async () => {
      const caseId = await decided();
      await done(triage.assess(monitor, caseId, { complaint: '', vitals: { spo2: 85 } }));
      expect(await rounds(caseId)).toEqual(['1 decided', '2 open']);
      expect((await triage.standing(caseId)).level).toBe('II');
    });

    it('without a rise opens nothing and lowers nothing', async () => {
      const caseId = await decided({ ...calm, spo2: 85 }, 'II');
      const answer = await done(triage.assess(nurse, caseId, { vitals: calm }));
      expect(answer).toMatchObject({ floor: 'IV', level: 'II', reviewId: null });
      expect(await rounds(caseId)).toEqual(['1 decided']);
      expect(await triage.standing(caseId)).toMatchObject({ level: 'II', provisional: false });
    });

    it('opens the next round when the nurse asks for a new level, standing at the signed one meanwhile', async () => {
      const caseId = await decided({ ...calm, spo2: 85 }, 'II');
      await done(triage.assess(nurse, caseId, { vitals: calm, retriage: true }));
      expect(await rounds(caseId)).toEqual(['1 decided', '2 open']);
      expect(await triage.openReviewOf(caseId)).toMatchObject({ floor: 'IV' });
      expect(await triage.standing(caseId)).toMatchObject({ level: 'II' });
      expect((await done(triage.sign(nurse, caseId, 'III'))).state).toBe('decided');
      expect(await triage.standing(caseId)).toMatchObject({ level: 'III', provisional: false });
    });

    it('keeps the floor of what was not measured again: no way around the second signature', async () => {
      const caseId = await decided({ ...calm, spo2: 85 }, 'II');
      const { spo2: _, ...withoutOxygen } = calm;
      await done(triage.assess(nurse, caseId, { vitals: withoutOxygen, retriage: true }));
      expect(await triage.openReviewOf(caseId)).toMatchObject({ floor: 'II' });
      const first = await done(
        triage.sign(nurse, caseId, {
          content: { level: 'IV', department: null, note: '' },
          reasonCode: 'clinical-judgement',
        }),
      );
      expect(first.state).toBe('awaiting-second');
      expect((await triage.standing(caseId)).level).toBe('II');
    });

    it('opens the next round at two points more, a new single three, or concern', async () => {
      const more = await decided();
      await done(triage.assess(nurse, more, { vitals: { ...calm, pulse: 112 } }));
      expect(await rounds(more)).toEqual(['1 decided', '2 open']);
      const worried = await decided();
      await done(triage.assess(nurse, worried, { vitals: calm, flags: { familyConcern: true } }));
      expect(await rounds(worried)).toEqual(['1 decided', '2 open']);
      const one = await decided();
      await done(triage.assess(nurse, one, { vitals: { ...calm, pulse: 92 } }));
      expect(await rounds(one)).toEqual(['1 decided']);
    });

    it('of a monitor that finds two points more asks a person to look, and opens no review', async () => {
      const caseId = await decided();
      await done(triage.assess(monitor, caseId, { complaint: '', vitals: { ...calm, respiratoryRate: 22 } }));
      expect(await rounds(caseId)).toEqual(['1 decided']);
      expect(await openTasks(caseId)).toHaveLength(1);
      await done(triage.assess(nurse, caseId, { vitals: calm }));
      expect(await openTasks(caseId)).toHaveLength(0);
    });
  });

  it('of a monitor counts as nobody having looked: interval and task stay', async () => {
    const caseId = await decided();
    const before = (await triage.standing(caseId)).lastAssessedAt;
    await ledger.sql(
      `insert into task (id, case_id, organisation_id, ward_id, kind, unique_key, due_at)
       values (gen_random_uuid(), $1::uuid, $2, $3, 're-assessment', 'look ' || ($1::uuid)::text, now())`,
      [caseId, ledger.organisationId, ledger.ward],
    );
    await done(triage.assess(monitor, caseId, { complaint: '', vitals: { pulse: 70 } }));
    expect((await triage.standing(caseId)).lastAssessedAt).toEqual(before);
    expect(await openTasks(caseId)).toHaveLength(1);
    await done(triage.assess(nurse, caseId));
    expect((await triage.standing(caseId)).lastAssessedAt).not.toEqual(before);
    expect(await openTasks(caseId)).toHaveLength(0);
  });

  it('that is incomplete takes no early-warning points away', async () => {
    const { caseId } = await triage.arrive(nurse, { vitals: { ...calm, respiratoryRate: 22, pulse: 95 } });
    expect(await triage.standing(caseId)).toMatchObject({ earlyWarning: 3, earlyWarningIncomplete: false });
    await done(triage.assess(nurse, caseId, { vitals: { temperature: 36.8 } }));
    expect(await triage.standing(caseId)).toMatchObject({ earlyWarning: 3, earlyWarningIncomplete: true });
    await done(triage.assess(nurse, caseId, { vitals: calm }));
    expect(await triage.standing(caseId)).toMatchObject({ earlyWarning: 0, earlyWarningIncomplete: false });
  });

  it('keeps somebody in a special group who was one', async () => {
    const { caseId } = await triage.arrive(nurse, { flags: { immunosuppressed: true } });
    await done(triage.assess(nurse, caseId));
    expect((await triage.standing(caseId)).specialGroup).toBe(true);
  });

  it('dated ahead is refused: it would never grow old', async () => {
    const { caseId } = await triage.arrive(nurse);
    const measuredAt = new Date(Date.now() + 3_600_000).toISOString();
    const refusal = await refused(triage.assess(nurse, caseId, { measuredAt }));
    expect(refusal).toMatchObject({ code: 'VALIDATION_FAILED', detail: { paths: ['measuredAt'] } });
  });

  it('with old vital signs backs no decision, even below a newer note', async () => {
    const { caseId } = await triage.arrive(nurse, {
      vitals: calm,
      measuredAt: new Date(Date.now() - 7_200_000).toISOString(),
    });
    await done(triage.assess(nurse, caseId, { vitals: {}, complaint: '仍腹痛' }));
    const facts = await ledger.sql<{ id: string }>('select id from fact where case_id = $1 order by seq', [caseId]);
    const newest = { content: { level: 'IV', department: null, note: '' }, acknowledgedFacts: [facts.at(-1)!.id] };
    expect(await refused(triage.sign(nurse, caseId, newest))).toMatchObject({
      code: 'STALE_VITALS',
      detail: { facts: [facts[0]!.id] },
    });
    expect((await triage.standing(caseId)).decidedLevel).toBeNull();
  });

  it('and a decision at the same moment never wait for each other', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { caseId } = await triage.arrive(nurse);
      const [signed, raised] = await Promise.all([
        triage.sign(nurse, caseId, 'IV'),
        triage.assess(nurse, caseId, { vitals: { ...calm, spo2: 85 } }),
      ]);
      expect('refused' in raised).toBe(false);
      const row = await triage.standing(caseId);
      expect([row.level, row.provisional]).toEqual(['II', true]);
      expect((await triage.openReviewOf(caseId))?.floor).toBe('II');
      expect(await rounds(caseId)).toEqual('refused' in signed ? ['1 open'] : ['1 decided', '2 open']);
    }
  });

  it('is for people of this desk and machines of this hospital', async () => {
    const { caseId } = await triage.arrive(nurse);
    const coder = await ledger.person(['coder']);
    expect((await refused(triage.assess(coder, caseId))).code).toBe('FORBIDDEN');
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    expect((await refused(triage.assess(elsewhere, caseId))).code).toBe('NOT_FOUND');
    const foreign = { ...monitor, organisationId: crypto.randomUUID() };
    expect((await refused(triage.assess(foreign, caseId))).code).toBe('NOT_FOUND');
  });
});
