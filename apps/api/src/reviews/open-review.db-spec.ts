import { type UserPrincipal } from '#libs/auth/principal';
import { draftMaterial } from '#libs/db/stores/draft.store';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { acuity } from '#libs/processes/triage/triage.contract';
import { acuityInput } from '../../../../activities/triage/triage.prompt';
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

describe('an open review', () => {
  let ledger: Ledger;
  let desk: Desk;
  let who: UserPrincipal;
  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
    who = await nurse(ledger, '王护士');
  });
  afterAll(() => ledger.stop());

  const open = async (): Promise<string> => (await arrive(ledger, who)).reviewId;
  const offer = (reviewId: string, draft = acuityDraft('II'), redraftRound?: number) =>
    offerDraft(ledger, reviewId, { draft, gate: acuity, ...(redraftRound === undefined ? {} : { redraftRound }) });
  const signals = (name: string, reviewId: string) =>
    ledger.sql(
      `select o.args from outbox o join review r on o.workflow_id = r.process || ':' || r.case_id where r.id = $1 and o.name = $2`,
      [reviewId, name],
    );

  describe('takes a judgement', () => {
    it('once per person, and the same one again without a second row', async () => {
      const reviewId = await open();
      const first = await done(desk.judge(who, reviewId, { level: 'II', note: '金丝雀' }));
      expect(await done(desk.judge(who, reviewId, { level: 'II', note: '金丝雀' }))).toEqual(first);
      expect((await refused(desk.judge(who, reviewId, { level: 'III', note: '金丝雀' }))).code).toBe(
        'JUDGEMENT_EXISTS',
      );
      const other = await nurse(ledger);
      await done(desk.judge(other, reviewId, { level: 'III', note: '' }));
      expect(await ledger.sql('select 1 from judgement where review_id = $1', [reviewId])).toHaveLength(2);
      expect((await reviewNow(ledger, reviewId)).version).toBe(1);
      const { events } = await done(desk.view(other, reviewId));
      expect(events.map(({ kind, data }) => ({ kind, data }))).toEqual([
        { kind: 'judged', data: {} },
        { kind: 'judged', data: {} },
      ]);
      expect(
        JSON.stringify(await ledger.sql('select to_jsonb(j) j from judgement j where review_id = $1', [reviewId])),
      ).not.toContain('金丝雀');
    });

    it('of the gate’s own shape only, while it is not over', async () => {
      const reviewId = await open();
      for (const content of [undefined, null, {}, { level: 'V', note: '' }, { level: 2, note: '' }, level('II')])
        expect((await refused(desk.judge(who, reviewId, content))).code).toBe('VALIDATION_FAILED');
      await done(desk.decide(who, reviewId, { content: level('II') }));
      expect((await refused(desk.judge(who, reviewId, { level: 'II', note: '' }))).code).toBe('ALREADY_DECIDED');
    });
  });

  describe('can have its draft written again', () => {
    it('with numbered notes that reach the next prompt (R12), and no new version', async () => {
      const reviewId = await open();
      await offer(reviewId);
      expect((await refused(desk.redraft(who, reviewId, ['太笼统']))).code).toBe('JUDGEMENT_REQUIRED');
      await done(desk.judge(who, reviewId, { level: 'II', note: '' }));
      expect((await refused(desk.redraft(who, reviewId, []))).code).toBe('VALIDATION_FAILED');
      expect(await done(desk.redraft(who, reviewId, ['请说明出汗', '请写去向']))).toMatchObject({
        version: 1,
        redraftRound: 1,
      });
      expect(await done(desk.redraft(who, reviewId, ['再短一些']))).toMatchObject({ version: 1, redraftRound: 2 });
      const material = await ledger.inTransaction(ledger.worker, (tx) => draftMaterial(tx, reviewId, 2));
      if (typeof material === 'string') throw new Error(material);
      const asked = { askedBy: who.id, onVersion: 1, field: null };
      expect(material.notes).toMatchObject([
        { ...asked, id: 1, text: '请说明出汗', round: 1 },
        { ...asked, id: 2, text: '请写去向', round: 1 },
        { ...asked, id: 3, text: '再短一些', round: 2 },
      ]);
      const first = await ledger.inTransaction(ledger.worker, (tx) => draftMaterial(tx, reviewId, 1));
      expect(first).toMatchObject({ notes: [{ id: 1 }, { id: 2 }], draft: acuityDraft('II') });
      const prompt = acuityInput({
        ...(material as never as Parameters<typeof acuityInput>[0]),
        assessment: material.assessments[0] as Assessment,
        evaluation: { fired: [] } as never,
      });
      for (const { text } of material.notes) expect(prompt).toContain(text);
      expect(await signals('redraftAsked', reviewId)).toEqual([{ args: [] }, { args: [] }]);
      const plain = await ledger.sql(
        `select to_jsonb(e) e, (select jsonb_agg(to_jsonb(a)) from audit a) from review_event e where review_id = $1`,
        [reviewId],
      );
      expect(JSON.stringify(plain)).not.toContain('出汗');
    });

    it('and shows which notes the new draft heeds and what else it changed', async () => {
      const reviewId = await open();
      await offer(reviewId);
      await done(desk.judge(who, reviewId, { level: 'II', note: '' }));
      await done(desk.redraft(who, reviewId, ['请写去向']));
      expect((await done(desk.view(who, reviewId))).redraft).toMatchObject({
        round: 1,
        pending: true,
        notes: [{ id: 1, text: '请写去向', field: null, onVersion: 1, by: '王护士', outcomes: [] }],
      });
      await offer(reviewId, acuityDraft('I', { department: '胸痛中心', addressedNotes: [1] }));
      const { draft, redraft } = await done(desk.view(who, reviewId));
      expect(redraft.pending).toBe(false);
      expect(draft).toMatchObject({ version: 2, redraftRound: 1, content: { addressedNotes: [1] } });
      expect(redraft.notes[0]?.outcomes).toEqual([{ version: 2, outcome: 'addressed', changed: true }]);
      expect(draft?.changedSince).toEqual({ version: 1, fields: ['department', 'level'], collateral: [] });
    });

    it('and compares versions itself: a claim without a change, a change that no note asked for', async () => {
      const reviewId = await open();
      await offer(reviewId);
      await done(desk.judge(who, reviewId, { level: 'II', note: '' }));
      await done(desk.redraft(who, reviewId, [{ text: '请写去向', field: 'department' }]));
      await offer(reviewId, acuityDraft('I', { addressedNotes: [1, 7] }));
      const second = await done(desk.view(who, reviewId));
      expect(second.draft?.changedSince).toEqual({ version: 1, fields: ['level'], collateral: ['level'] });
      expect(second.redraft.notes).toMatchObject([
        { id: 1, field: 'department', outcomes: [{ version: 2, outcome: 'claimed-unchanged', changed: false }] },
      ]);
      await done(desk.redraft(who, reviewId, [{ text: '恢复Ⅱ级', field: 'level' }]));
      await offer(reviewId, acuityDraft('II', { department: '胸痛中心', addressedNotes: [1], unaddressedNotes: [2] }));
      const third = await done(desk.view(who, reviewId));
      // The first note stood open still, so the department was asked for; the second was heeded and not declared so.
      expect(third.draft?.changedSince).toEqual({ version: 2, fields: ['department', 'level'], collateral: [] });
      expect(third.redraft.notes.map(({ outcomes }) => outcomes)).toEqual([
        [
          { version: 2, outcome: 'claimed-unchanged', changed: false },
          { version: 3, outcome: 'addressed', changed: true },
        ],
        [{ version: 3, outcome: 'not-addressed', changed: true }],
      ]);
      const kept = third.events.filter(({ kind }) => kind === 'draft-offered').map(({ data }) => data);
      expect(kept[1]).toMatchObject({ version: 2, collateral: ['level'], answers: [{ id: 1, changed: false }] });
    });

    it('with a note about a field that the draft has, and tells nobody of it before their own judgement', async () => {
      const reviewId = await open();
      await offer(reviewId);
      await done(desk.judge(who, reviewId, { level: 'II', note: '' }));
      const wrong = await refused(desk.redraft(who, reviewId, ['好', { text: '写短些', field: 'summary' }]));
      expect(wrong).toMatchObject({ code: 'VALIDATION_FAILED', detail: { paths: ['notes.1.field'] } });
      await done(desk.redraft(who, reviewId, [{ text: '请写去向', field: 'department' }]));
      await offer(reviewId, acuityDraft('I'));
      const other = await done(desk.view(await nurse(ledger), reviewId));
      expect(other.redraft.notes).toEqual([]);
      expect(JSON.stringify(other.events)).not.toContain('collateral');
    });

    it('without notes where none came, but never while drafting is switched off', async () => {
      const reviewId = await open();
      expect(await done(desk.redraft(who, reviewId, []))).toMatchObject({ redraftRound: 1 });
      await ledger.sql(
        `insert into setting (organisation_id, name, value) values ($1, 'rollout.triage', '{"mode": "shadow"}')`,
        [ledger.organisationId],
      );
      expect(await refused(desk.redraft(who, reviewId, []))).toMatchObject({
        code: 'ACTION_NOT_ALLOWED',
        detail: { rollout: 'shadow' },
      });
      await ledger.sql('delete from setting');
    });

    it('and never gets an older draft over a newer one, nor any draft twice (R4)', async () => {
      const reviewId = await open();
      await done(desk.redraft(who, reviewId, []));
      expect(await offer(reviewId, acuityDraft('I'), 1)).toBe('shown');
      expect(await offer(reviewId, acuityDraft('III'), 0)).toBe('stored');
      expect(await offer(reviewId, acuityDraft('III'), 1)).toBe('stored');
      expect(await reviewNow(ledger, reviewId)).toMatchObject({ draftVersion: 1, version: 1 });
      await done(desk.judge(who, reviewId, { level: 'I', note: '' }));
      expect((await done(desk.view(who, reviewId))).draft).toMatchObject({ version: 1, content: { level: 'I' } });
      expect(
        await ledger.sql('select version, shown from draft where review_id = $1 order by version', [reviewId]),
      ).toEqual([
        { version: 1, shown: true },
        { version: 2, shown: false },
      ]);
    });
  });

  describe('can be put off', () => {
    const soon = () => new Date(Date.now() + 60_000);
    const listed = async (reviewId: string, query = {}) =>
      (await done(desk.list(who, { limit: 200, ...query }))).items.some((item) => item.reviewId === reviewId);

    it('until a time, with a reason: off the list, claim ended, due time kept', async () => {
      const reviewId = await open();
      const { dueAt } = await reviewNow(ledger, reviewId);
      await done(desk.claim(who, reviewId));
      expect(await done(desk.defer(who, reviewId, soon()))).toMatchObject({ version: 1, claim: null });
      expect([await listed(reviewId), await listed(reviewId, { deferred: 'true' })]).toEqual([false, true]);
      expect(await listed(await open(), { deferred: 'true' })).toBe(false);
      expect((await reviewNow(ledger, reviewId)).dueAt).toEqual(dueAt);
      await ledger.sql(`update review set deferred_until = now() - interval '1 second' where id = $1`, [reviewId]);
      expect(await listed(reviewId)).toBe(true);
      const { events } = await done(desk.view(who, reviewId));
      expect(events.at(-1)).toMatchObject({ kind: 'deferred', note: '等待检验结果' });
    });

    it('not into the past and not for days', async () => {
      const reviewId = await open();
      for (const until of [new Date(Date.now() - 1000), new Date(Date.now() + 25 * 3_600_000)])
        expect((await refused(desk.defer(who, reviewId, until))).code).toBe('VALIDATION_FAILED');
      expect(await listed(reviewId)).toBe(true);
    });

    it('but comes back with the first fact that overtakes it', async () => {
      const { reviewId, caseId } = await arrive(ledger, who);
      await done(desk.defer(who, reviewId, soon()));
      await done(reassess(ledger, who, { caseId, vitals: { spo2: 80, pulse: 150 } }));
      expect(await listed(reviewId)).toBe(true);
    });
  });

  describe('can be told up the chain', () => {
    const told = async (reviewId: string) =>
      (
        await ledger.sql<{ audience: string }>(
          `select audience from notice where review_id = $1 and kind = 'review-escalated' order by created_at`,
          [reviewId],
        )
      ).map(({ audience }) => audience);

    it('to the next after the teller, then the one after; nothing is decided and nothing held', async () => {
      const reviewId = await open();
      for (let n = 0; n < 3; n += 1) await done(desk.escalate(who, reviewId));
      expect(await told(reviewId)).toEqual(['charge_nurse', 'physician', 'physician']);
      expect(await reviewNow(ledger, reviewId)).toMatchObject({ state: 'open', version: 1, claimedBy: null });
    });

    it('past whoever time has told already', async () => {
      const reviewId = await open();
      await ledger.sql(
        `insert into review_event (id, review_id, kind, by_kind, data) values (gen_random_uuid(), $1, 'escalated', 'system', '{"tell": "charge_nurse"}')`,
        [reviewId],
      );
      await done(desk.escalate(who, reviewId));
      expect(await told(reviewId)).toEqual(['physician']);
    });

    it('not once it is over', async () => {
      const reviewId = await open();
      await done(desk.decide(who, reviewId, { content: level('II') }));
      expect((await refused(desk.escalate(who, reviewId))).code).toBe('ALREADY_DECIDED');
      expect(await told(reviewId)).toEqual([]);
    });
  });

  describe('keeps an unfinished amendment', () => {
    it('per person, with a version of its own, encrypted', async () => {
      const reviewId = await open();
      const other = await nurse(ledger);
      expect(await done(desk.amendment(who, reviewId))).toMatchObject({ version: 0, content: null });
      expect(await done(desk.keep(who, reviewId, { version: 0, content: { note: '金丝雀' } }))).toMatchObject({
        version: 1,
      });
      expect(await done(desk.keep(who, reviewId, { version: 1, content: { note: '金丝雀二' } }))).toMatchObject({
        version: 2,
      });
      for (const version of [0, 1, 3])
        expect(await refused(desk.keep(who, reviewId, { version, content: {} }))).toMatchObject({
          code: 'VERSION_MISMATCH',
          detail: { current: 2 },
        });
      expect(await done(desk.amendment(other, reviewId))).toMatchObject({ version: 0, content: null });
      expect(JSON.stringify(await desk.view(other, reviewId))).not.toContain('金丝雀');
      expect(JSON.stringify(await ledger.sql('select to_jsonb(a) a from amendment a'))).not.toContain('金丝雀');
      expect((await done(desk.view(who, reviewId))).amendmentVersion).toBe(2);
    });

    it('through lease expiry, hand-back and somebody else’s claim, until the review is over', async () => {
      const reviewId = await open();
      const other = await nurse(ledger);
      await done(desk.claim(who, reviewId));
      await done(desk.keep(who, reviewId, { version: 0, content: { note: 'a' } }));
      await ledger.sql(`update review set lease_expires_at = now() - interval '1 second' where id = $1`, [reviewId]);
      await done(desk.claim(other, reviewId));
      expect(await done(desk.keep(who, reviewId, { version: 1, content: { note: 'b' } }))).toMatchObject({
        version: 2,
      });
      await done(desk.decide(other, reviewId, { content: level('II') }));
      expect((await refused(desk.keep(who, reviewId, { version: 2, content: {} }))).code).toBe('ALREADY_DECIDED');
      expect(await done(desk.amendment(who, reviewId))).toMatchObject({ version: 2, content: { note: 'b' } });
      expect((await reviewNow(ledger, reviewId)).version).toBe(2);
    });
  });
});
