import { type UserPrincipal } from '#libs/auth/principal';
import { digestOf } from '#libs/crypto/digest';
import { storeDraft } from '#libs/db/stores/draft.store';
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
  reassess,
  reviewNow,
} from '../../../../test/support/review-desk';
import { reviewViewSchema } from './view.schema';

describe('the view of a review', () => {
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
  const late = (reviewId: string) =>
    ledger.sql(`update review set manual_at = now() - interval '1 minute' where id = $1`, [reviewId]);
  const rollout = (mode: string, blindPercent = 0) =>
    ledger.sql(
      `insert into setting (organisation_id, name, value) values ($1, 'rollout.triage', $2)
      on conflict (organisation_id, name) do update set value = excluded.value`,
      [ledger.organisationId, JSON.stringify({ mode, blindPercent })],
    );
  const judged = async () => {
    const arrived = await arrive(ledger, who);
    await done(desk.judge(who, arrived.reviewId, { level: 'II', note: '' }));
    return arrived;
  };

  it('has everything to decide by, in the shape it declares, and its own digest', async () => {
    const { reviewId, caseId } = await arrive(ledger, who);
    const view = await done(desk.view(who, reviewId));
    expect(reviewViewSchema.parse(view)).toEqual(view);
    const { viewSha256, ...rest } = view;
    expect(viewSha256).toBe(digestOf(rest));
    expect(view).toMatchObject({
      caseId,
      state: 'open',
      version: 1,
      floor: 'II',
      mode: 'waiting-for-draft',
      rollout: 'draft',
      actingAs: 'triage_nurse',
      patient: { name: '李明', sex: 'male', birthDate: '1970-01-02', ageEstimated: false },
      judgement: null,
      draft: null,
      signatures: [],
      staleFacts: [],
    });
    expect(view.facts).toEqual([
      expect.objectContaining({ kind: 'assessment', source: 'person', recordedBy: '王护士', overtakes: null }),
    ]);
    expect(view.facts[0]?.content).toMatchObject({ complaint: '胸痛两小时伴出汗' });
    expect(view.rules).toMatchObject({ floor: 'II', factId: view.facts[0]?.factId });
    expect(view.questions.length).toBeGreaterThan(0);
    expect(view.allowed).toEqual(expect.arrayContaining(['manual', 'judge', 'claim', 'redraft', 'defer', 'escalate']));
    expect(view.allowed).not.toEqual(expect.arrayContaining(['approve']));
  });

  it('changes nothing of the review, and notes and audits what it showed', async () => {
    const { reviewId, caseId } = await arrive(ledger, who);
    const before = await reviewNow(ledger, reviewId);
    const first = await done(desk.view(who, reviewId));
    await done(desk.view(who, reviewId));
    expect(await reviewNow(ledger, reviewId)).toEqual(before);
    const [noted] = await ledger.sql(
      'select last_sha256, draft_version_shown, review_version_shown, last_at > first_at later from review_view where review_id = $1',
      [reviewId],
    );
    expect(noted).toEqual({
      last_sha256: first.viewSha256,
      draft_version_shown: 0,
      review_version_shown: 1,
      later: true,
    });
    const shown = await ledger.sql(
      `select outcome, case_ids, actor_id from audit where action = 'review.shown' and entity_id = $1`,
      [reviewId],
    );
    expect(shown).toEqual(
      Array.from({ length: 2 }, () => ({ outcome: 'shown', case_ids: [caseId], actor_id: who.id })),
    );
  });

  it('shows the draft with its label once the own judgement is stored', async () => {
    const { reviewId } = await arrive(ledger, who);
    await offer(reviewId);
    expect(await done(desk.view(who, reviewId))).toMatchObject({ mode: 'draft', draft: null });
    await done(desk.judge(who, reviewId, { level: 'II', note: '' }));
    const view = await done(desk.view(who, reviewId));
    const { draftSha256 } = await reviewNow(ledger, reviewId);
    expect(view.draft).toMatchObject({
      version: 1,
      sha256: draftSha256,
      approvable: true,
      proposes: { level: 'II', note: '' },
      offered: false,
      model: null,
      promptVersion: 1,
      rehearsal: false,
      changedSince: null,
    });
    expect(digestOf(view.draft?.content)).toBe(draftSha256);
    expect(view.judgement).toMatchObject({ content: { level: 'II', note: '' } });
    expect(view.allowed).toEqual(expect.arrayContaining(['approve', 'amend', 'manual']));
    expect(view.allowed).not.toContain('judge');
  });

  it('waits for a draft as long as the gate does, then shows manual; a late draft lies beside', async () => {
    const { reviewId } = await judged();
    expect((await done(desk.view(who, reviewId))).mode).toBe('waiting-for-draft');
    await late(reviewId);
    expect(await done(desk.view(who, reviewId))).toMatchObject({ mode: 'manual', draft: null });
    await done(desk.keep(who, reviewId, { version: 0, content: level('I') }));
    await offer(reviewId);
    expect(await done(desk.view(who, reviewId))).toMatchObject({
      mode: 'manual',
      amendmentVersion: 1,
      draft: { offered: true },
    });
    expect(await done(desk.amendment(who, reviewId))).toMatchObject({ version: 1, content: level('I') });
  });

  it('works with a draft that somebody asked for again, however late it comes', async () => {
    const { reviewId } = await judged();
    await late(reviewId);
    await offer(reviewId);
    await ledger.sql('update review set redraft_round = 1 where id = $1', [reviewId]);
    await offer(reviewId, acuityDraft('III'));
    expect(await done(desk.view(who, reviewId))).toMatchObject({
      mode: 'draft',
      draft: { offered: false, version: 2 },
    });
  });

  it('shows manual at once when drafting failed, is off, unseen or switched off', async () => {
    const { reviewId } = await judged();
    await ledger.sql(
      `insert into review_event (id, review_id, kind, by_kind, unique_key) values (gen_random_uuid(), $1, 'draft-failed', 'system', 'draft-failed:0')`,
      [reviewId],
    );
    expect((await done(desk.view(who, reviewId))).mode).toBe('manual');
    const { reviewId: other } = await judged();
    await offer(other);
    await done(desk.view(who, other));
    for (const mode of ['off', 'shadow']) {
      await rollout(mode);
      const view = await done(desk.view(who, other));
      expect(view).toMatchObject({ mode: 'manual', rollout: mode, draft: null });
      expect(view.allowed).not.toContain('approve');
      const { draftVersion, draftSha256 } = await reviewNow(ledger, other);
      const signed = await refused(desk.decide(who, other, { action: 'approve', draftVersion, draftSha256 }));
      expect(signed).toMatchObject({ code: 'ACTION_NOT_ALLOWED', detail: { rollout: mode } });
    }
    await rollout('draft', 100);
    expect(await done(desk.view(who, other))).toMatchObject({ mode: 'manual', rollout: 'shadow', draft: null });
    await rollout('draft');
    expect(await done(desk.view(who, other))).toMatchObject({ mode: 'draft', draft: { version: 1 } });
  });

  it('never shows a stored draft that the rollout kept unseen, nor one that came too late', async () => {
    const { reviewId } = await judged();
    expect(
      await offerDraft(ledger, reviewId, {
        draft: acuityDraft('II', { department: '金丝雀科' }),
        gate: acuity,
        show: false,
      }),
    ).toBe('stored');
    await done(desk.decide(who, reviewId, { content: level('II') }));
    expect(await offer(reviewId, acuityDraft('II', { department: '金丝雀科' }))).toBe('stored');
    const { reviewId: over } = await judged();
    await done(desk.decide(who, over, { content: level('II') }));
    expect(await offer(over, acuityDraft('II', { department: '金丝雀科' }))).toBe('too-late');
    for (const id of [reviewId, over]) {
      expect(await reviewNow(ledger, id)).toMatchObject({ state: 'decided', draftVersion: 0 });
      expect(JSON.stringify(await done(desk.view(who, id)))).not.toContain('金丝雀');
    }
  });

  it('shows a draft below the floor as “the floor applies”, also when the floor rises later', async () => {
    const { reviewId } = await judged();
    await offer(reviewId, acuityDraft('III'));
    expect((await done(desk.view(who, reviewId))).draft).toMatchObject({ approvable: false, content: { level: null } });
    const rising = await judged();
    await offer(rising.reviewId, acuityDraft('II'));
    expect((await done(desk.view(who, rising.reviewId))).draft).toMatchObject({ approvable: true });
    await done(reassess(ledger, who, { caseId: rising.caseId, vitals: { spo2: 70, pulse: 170, systolic: 60 } }));
    const view = await done(desk.view(who, rising.reviewId));
    expect(view).toMatchObject({ floor: 'I', draft: { approvable: false, proposes: null, content: { level: null } } });
    expect(view.allowed).not.toContain('approve');
    const shown = {
      draftVersion: view.draft?.version,
      draftSha256: view.draft?.sha256,
      acknowledgedFacts: view.staleFacts,
    };
    expect(
      (await refused(desk.decide(who, rising.reviewId, { action: 'approve', ...shown, reasonCode: 'policy' }))).code,
    ).toBe('ACTION_NOT_ALLOWED');
    expect(
      await done(
        desk.decide(who, rising.reviewId, {
          action: 'amend',
          ...shown,
          content: level('I'),
          reasonCode: 'data-missing',
        }),
      ),
    ).toMatchObject({ state: 'decided' });
  });

  it('lists the facts that overtook the draft; they are acknowledged, no new draft is needed', async () => {
    const { reviewId, caseId } = await judged();
    await offer(reviewId);
    const { draft } = await done(desk.view(who, reviewId));
    const shown = { draftVersion: draft?.version, draftSha256: draft?.sha256 };
    const { factId } = await done(reassess(ledger, who, { caseId }));
    expect(await refused(desk.decide(who, reviewId, { action: 'approve', ...shown }))).toMatchObject({
      code: 'STALE_FACTS',
      detail: { facts: [factId] },
    });
    const view = await done(desk.view(who, reviewId));
    expect(view.staleFacts).toEqual([factId]);
    expect(view.facts.at(-1)).toMatchObject({ factId, overtakes: 'entered-by-person' });
    expect((await refused(desk.decide(who, reviewId, { action: 'approve', ...shown }))).code).toBe('STALE_FACTS');
    expect(
      await done(desk.decide(who, reviewId, { action: 'approve', ...shown, acknowledgedFacts: [factId] })),
    ).toMatchObject({ state: 'decided' });
  });

  it('knows a draft as overtaken that was begun before the fact and came after it', async () => {
    const { reviewId, caseId } = await judged();
    const { factId: base } = await reviewNow(ledger, reviewId);
    const { factId } = await done(reassess(ledger, who, { caseId }));
    const { fields, declared } = acuity.rules;
    const answers = { fields, declared: declared(acuityDraft('II')) };
    const drafted = { reviewId, redraftRound: 0, basedOnFact: base, raw: {}, record: {}, show: true, ...answers };
    await ledger.inTransaction(ledger.worker, (tx) => storeDraft(tx, { ...drafted, shown: () => acuityDraft('II') }));
    expect((await done(desk.view(who, reviewId))).staleFacts).toEqual([factId]);
    expect((await refused(desk.approve(who, reviewId))).code).toBe('STALE_FACTS');
  });

  it('asks by hand for a fact to be acknowledged only until this person has seen it', async () => {
    const { reviewId, caseId } = await arrive(ledger, who);
    await done(desk.view(who, reviewId));
    const { factId } = await done(reassess(ledger, who, { caseId }));
    await done(desk.view(await nurse(ledger), reviewId));
    expect((await refused(desk.decide(who, reviewId, { content: level('II') }))).detail).toEqual({ facts: [factId] });
    await done(desk.view(who, reviewId));
    expect(await done(desk.decide(who, reviewId, { content: level('II') }))).toMatchObject({ state: 'decided' });
  });

  it('is for people with a part in it on that ward; for others the review does not exist', async () => {
    const { reviewId } = await arrive(ledger, who);
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    expect((await refused(desk.view(elsewhere, reviewId))).code).toBe('NOT_FOUND');
    expect((await refused(desk.view(await ledger.person(['coder']), reviewId))).code).toBe('FORBIDDEN');
    expect(
      (await refused(desk.view({ ...who, organisationId: '0190c1de-0000-7000-8000-000000000000' }, reviewId))).code,
    ).toBe('NOT_FOUND');
    expect(await ledger.sql('select 1 from review_view where review_id = $1', [reviewId])).toEqual([]);
  });
});
