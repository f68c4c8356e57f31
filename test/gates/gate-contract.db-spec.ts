import { gateContracts } from '#libs/processes/index';
import { type GateContract } from '#libs/processes/process.contract';
import { done, refused, startLedger, type Ledger } from '../support/ledger-fixture';
import { reviewNow } from '../support/review-desk';
import { type GateHarness, harnessOf, requestFor, textsIn, untouched } from './gate-harness';
import { plainGate, releaseGate } from './sample-gates';

/* What every gate promises, whichever process declares it: a new gate gets this by being registered. */
const gates = [...gateContracts, releaseGate as unknown as GateContract, plainGate as unknown as GateContract];
const named = gates.map((contract): [string, GateContract] => [
  `${contract.gate.process}/${contract.gate.step}`,
  contract,
]);

let ledger: Ledger;
beforeAll(async () => {
  ledger = await startLedger();
});
afterAll(() => ledger.stop());

describe.each(named)('the gate %s', (_, contract) => {
  const { gate, examples } = contract;
  let h: GateHarness;
  beforeAll(async () => {
    h = await harnessOf(ledger, contract);
  });

  /** A review whose draft the reviewer was shown, after judging where that comes first. */
  const shown = async (floor: string | null = null) => {
    const reviewId = await h.open(floor);
    await h.offer(reviewId);
    await h.judgeFirst(reviewId);
    const view = await done(h.desk.view(h.people.reviewer, reviewId));
    return {
      reviewId,
      view,
      draft: { draftVersion: view.draft?.version ?? 0, draftSha256: view.draft?.sha256 ?? null },
    };
  };

  it('lets no machine and nobody without the role decide, whatever they ask for', async () => {
    const { reviewId, draft } = await shown();
    const service = await ledger.service(['triage:write', 'triage:read']);
    for (const action of gate.actions)
      for (const who of [service, ledger.worker, h.people.outsider]) {
        const refusal = await refused(h.desk.decide(who, reviewId, requestFor(action, contract, draft)));
        expect(refusal.code).toBe('FORBIDDEN');
      }
    expect(await h.counts(reviewId)).toEqual(untouched);
  });

  it('binds a decision to this review, this version and this draft', async () => {
    const { reviewId, draft, view } = await shown();
    const other = await shown();
    const { reviewer } = h.people;
    const approve = (change: object, id = reviewId) =>
      refused(h.desk.decide(reviewer, id, { action: 'approve', version: view.version, ...draft, ...change }));
    expect((await approve({ version: view.version + 1 })).code).toBe('VERSION_MISMATCH');
    expect((await approve({ draftVersion: draft.draftVersion + 1 })).code).toBe('STALE_DRAFT');
    expect((await approve({ draftSha256: 'e'.repeat(64) })).code).toBe('STALE_DRAFT');
    expect((await approve({ draftSha256: null })).code).toBe('STALE_DRAFT');
    expect((await approve({}, '0190c1de-0000-7000-8000-000000000000')).code).toBe('NOT_FOUND');
    expect(await h.counts(reviewId)).toEqual(untouched);
    const reply = await done(h.desk.decide(reviewer, reviewId, { action: 'approve', ...draft }));
    expect(reply).toMatchObject({ state: 'decided', reviewId });
    const [decision] = await ledger.sql(
      'select draft_version, draft_sha256, content_sha256 from decision where id = $1',
      [reply.decisionId],
    );
    expect(decision).toEqual({
      draft_version: draft.draftVersion,
      draft_sha256: draft.draftSha256,
      content_sha256: reply.contentSha256,
    });
    expect(await h.counts(other.reviewId)).toEqual(untouched);
  });

  it('signs no draft that this person was not shown', async () => {
    const { reviewId, draft } = await shown();
    await h.judgeFirst(reviewId, h.people.colleague);
    const blind = await refused(h.desk.decide(h.people.colleague, reviewId, { action: 'approve', ...draft }));
    expect(blind.code).toBe('STALE_DRAFT');
    expect(JSON.stringify(blind)).not.toContain(draft.draftSha256);
  });

  it('is not removed, answered or pre-filled by anything a draft says', async () => {
    const reviewId = await h.open();
    const forged = {
      ...(examples.draft as object),
      needsHuman: false,
      confidence: 1,
      autoApprove: true,
      state: 'decided',
      allowed: ['approve'],
    };
    await h.offer(reviewId, forged);
    await h.judgeFirst(reviewId);
    const view = await done(h.desk.view(h.people.reviewer, reviewId));
    expect(view).toMatchObject({ state: 'open', draft: null, decision: null, amendmentVersion: 0 });
    expect(view.allowed).not.toContain('approve');
    expect(await h.counts(reviewId)).toEqual(untouched);
    await done(h.desk.decide(h.people.reviewer, reviewId, { content: examples.content }));
  });

  if (gate.mode === 'independent_first')
    it('shows nothing of the draft, in no answer and no plain column, before the own judgement is stored', async () => {
      const reviewId = await h.open();
      await h.offer(reviewId);
      const { reviewer, colleague } = h.people;
      const { draftSha256 } = await reviewNow(ledger, reviewId);
      const secrets = [...textsIn(examples.draft), draftSha256 ?? ''];
      const answers = async () =>
        JSON.stringify([
          await h.desk.view(reviewer, reviewId),
          await h.desk.list(reviewer),
          await h.desk.claim(reviewer, reviewId),
          await h.desk.amendment(reviewer, reviewId),
        ]);
      const before = await answers();
      for (const secret of secrets) expect(before).not.toContain(secret);
      await done(h.desk.release(reviewer, reviewId));
      await h.judgeFirst(reviewId, colleague);
      const still = await answers();
      for (const secret of secrets) expect(still).not.toContain(secret);
      await h.judgeFirst(reviewId);
      expect(await answers()).toContain(draftSha256);
      const plain = await ledger.sql(
        `select to_jsonb(r) row from audit r union all select to_jsonb(o) from outbox o union all select to_jsonb(c) from change_feed c union all select to_jsonb(n) from notice n`,
      );
      for (const text of textsIn(examples.draft)) expect(JSON.stringify(plain)).not.toContain(text);
    });

  it('is never passed by time', async () => {
    const { reviewId } = await shown();
    const past = `update review set opened_at = now() - interval '9 days', manual_at = now() - interval '9 days', due_at = now() - interval '9 days' where id = $1`;
    await ledger.sql(past, [reviewId]);
    await done(h.desk.view(h.people.reviewer, reviewId));
    const { items } = await done(h.desk.list(h.people.reviewer, { overdue: 'true' }));
    expect(items.find((item) => item.reviewId === reviewId)).toMatchObject({ state: 'open', overdue: true });
    expect(await h.counts(reviewId)).toEqual(untouched);
    await done(h.desk.decide(h.people.reviewer, reviewId, { content: examples.content }));
  });

  it('works by hand without a draft, without a judgement and with the model switched off', async () => {
    const reviewId = await h.open();
    await ledger.sql(
      `insert into manual_switch (id, organisation_id, process, reason, set_by, expires_at) values (gen_random_uuid(), $1, $2, 'test', $3, now() + interval '1 hour')`,
      [ledger.organisationId, gate.process, h.people.starter.id],
    );
    expect(await done(h.desk.view(h.people.reviewer, reviewId))).toMatchObject({
      mode: 'manual',
      rollout: 'off',
      draft: null,
    });
    await done(h.desk.decide(h.people.reviewer, reviewId, { content: examples.content }));
    await ledger.sql('update manual_switch set ended_at = now()');
    expect(await h.counts(reviewId)).toMatchObject({ state: 'decided', decisions: 1, signals: 1 });
  });

  it('asks for a reason of its own list where a person departs from what they saw or said', async () => {
    const { reviewId, draft } = await shown();
    const action = gate.actions.includes('amend') ? { action: 'amend', ...draft } : { action: 'manual' };
    const departing = { ...action, content: examples.otherContent };
    const { reviewer } = h.people;
    expect((await refused(h.desk.decide(reviewer, reviewId, departing))).code).toBe('REASON_REQUIRED');
    expect((await refused(h.desk.decide(reviewer, reviewId, { ...departing, reasonCode: 'because' }))).code).toBe(
      'REASON_UNKNOWN',
    );
    expect(await h.counts(reviewId)).toEqual(untouched);
    await done(h.desk.decide(reviewer, reviewId, { ...departing, reasonCode: gate.reasonCodes[0] }));
  });

  it('refuses an action it does not have', async () => {
    const { reviewId, draft } = await shown();
    for (const action of (['approve', 'amend', 'manual', 'reject'] as const).filter(
      (one) => !gate.actions.includes(one),
    ))
      expect(
        (await refused(h.desk.decide(h.people.reviewer, reviewId, requestFor(action, contract, draft)))).code,
      ).toBe('ACTION_NOT_ALLOWED');
    expect(await h.counts(reviewId)).toEqual(untouched);
  });

  const { below } = examples;
  if (below !== null && gate.secondSigners !== null)
    it('takes two people and a password below the floor', async () => {
      const reviewId = await h.open(below.floor);
      const { reviewer, second } = h.people;
      await h.judgeFirst(reviewId);
      const first = await done(
        h.desk.decide(reviewer, reviewId, { content: below.content, reasonCode: gate.reasonCodes[0] }),
      );
      expect(first).toMatchObject({ state: 'awaiting-second', decisionId: null });
      expect(await h.counts(reviewId)).toMatchObject({ state: 'awaiting-second', decisions: 0, signals: 0 });
      const answer = { signatureId: first.signatureId, contentSha256: first.contentSha256 };
      expect((await refused(h.desk.countersign(second, reviewId, answer))).code).toBe('STALE_DRAFT');
      await done(h.desk.view(second, reviewId));
      expect((await refused(h.desk.countersign(second, reviewId, { ...answer, password: false }))).code).toBe(
        'STEP_UP_REQUIRED',
      );
      expect(
        (await refused(h.desk.countersign(second, reviewId, { ...answer, contentSha256: 'f'.repeat(64) }))).code,
      ).toBe('STALE_DRAFT');
      expect((await refused(h.desk.countersign(reviewer, reviewId, answer))).code).toMatch(
        /FORBIDDEN|SEPARATION_OF_DUTIES/,
      );
      expect(await done(h.desk.countersign(second, reviewId, answer))).toMatchObject({ state: 'decided' });
      expect(await h.counts(reviewId)).toEqual({ state: 'decided', decisions: 1, signatures: 2, signals: 1 });
    });
});
