import { randomUUID } from 'node:crypto';
import { type UserPrincipal } from '#libs/auth/principal';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, startLedger, type Ledger } from '../../../test/support/ledger-fixture';
import {
  acuityDraft,
  arrive,
  type Desk,
  level,
  nurse,
  offerDraft,
  openDesk,
  reviewNow,
} from '../../../test/support/review-desk';

/* Whoever writes SQL past the application, even as the owner of the schema, cannot bring a review into a wrong state. */
describe('the ledger', () => {
  let ledger: Ledger;
  let desk: Desk;
  let who: UserPrincipal;
  let doctor: UserPrincipal;
  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
    who = await nurse(ledger);
    doctor = await ledger.person(['physician']);
  });
  afterAll(() => ledger.stop());

  const open = async (): Promise<string> => (await arrive(ledger, who)).reviewId;
  const decided = async (): Promise<string> => {
    const reviewId = await open();
    await done(desk.decide(who, reviewId, { content: level('II') }));
    return reviewId;
  };
  const waiting = async () => {
    const reviewId = await open();
    return { ...(await done(desk.decide(who, reviewId, { content: level('IV'), reasonCode: 'policy' }))) };
  };
  const attempt = (sql: string, parameters: readonly unknown[]) => ledger.sql(sql, parameters);
  const refuses = async (sql: string, parameters: readonly unknown[], why: RegExp): Promise<void> => {
    await expect(attempt(sql, parameters)).rejects.toThrow(why);
  };
  const sign = (reviewId: string, more: Readonly<Record<string, unknown>> = {}) => {
    const row = {
      id: randomUUID(),
      review_id: reviewId,
      user_id: who.id,
      sequence: 1,
      action: 'manual',
      role: 'triage_nurse',
      printed_name: 'x',
      meaning: 'authored',
      method: 'session',
      content_ct: Buffer.of(1),
      content_sha256: 'a'.repeat(64),
      provenance: '{}',
      ...more,
    };
    const columns = Object.keys(row);
    return [
      `insert into signature (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    ] as const;
  };
  const decision = (reviewId: string, more: Readonly<Record<string, unknown>> = {}) => {
    const row = {
      id: randomUUID(),
      review_id: reviewId,
      review_version: 2,
      action: 'manual',
      content_sha256: 'a'.repeat(64),
      first_signature: randomUUID(),
      decided_by: who.id,
      ...more,
    };
    const columns = Object.keys(row);
    return [
      `insert into decision (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    ] as const;
  };

  describe('lets no review', () => {
    it('be decided without a decision', async () => {
      const reviewId = await open();
      await refuses(
        `update review set state = 'decided', version = version + 1, decided_at = now() where id = $1`,
        [reviewId],
        /without a decision/,
      );
      await refuses(
        `update review set state = 'decided', version = version + 1 where id = $1`,
        [reviewId],
        /review_check/,
      );
      await refuses(
        `update review set state = 'approved', version = version + 1 where id = $1`,
        [reviewId],
        /review_state_check/,
      );
      expect((await reviewNow(ledger, reviewId)).state).toBe('open');
    });

    it('wait for a second signature without a first', async () => {
      const reviewId = await open();
      await refuses(
        `update review set state = 'awaiting-second', version = version + 1 where id = $1`,
        [reviewId],
        /is awaiting-second with signatures/,
      );
    });

    it('be open under a signature that stands', async () => {
      const reviewId = await open();
      await refuses(...sign(reviewId), /is open with signatures/);
      const { reviewId: second } = await waiting();
      await refuses(
        `update review set state = 'open', version = version + 1 where id = $1`,
        [second],
        /is open with signatures/,
      );
    });

    it('change after it is final, not even in what was due', async () => {
      const reviewId = await decided();
      for (const change of [
        `state = 'open', version = version + 1, decided_at = null`,
        `draft_failed_code = 'x'`,
        `due_at = now()`,
        'version = version + 1',
        `floor = 'I'`,
      ])
        await refuses(`update review set ${change} where id = $1`, [reviewId], /is final/);
    });

    it('go back, or change its state within one version', async () => {
      const reviewId = await open();
      await refuses('update review set version = version - 1 where id = $1', [reviewId], /would go back/);
      await refuses(
        `update review set state = 'withdrawn', withdrawn_at = now() where id = $1`,
        [reviewId],
        /without its version/,
      );
      await offerDraft(ledger, reviewId, { draft: acuityDraft('II'), gate: acuity });
      await refuses(
        'update review set draft_version = 0, draft_sha256 = null where id = $1',
        [reviewId],
        /would go back/,
      );
    });

    it('offer a draft that is not its own, or another digest of it', async () => {
      const [reviewId, other] = [await open(), await open()];
      await offerDraft(ledger, other, { draft: acuityDraft('II'), gate: acuity });
      const { draftSha256 } = await reviewNow(ledger, other);
      await refuses(
        'update review set draft_version = 1, draft_sha256 = $2 where id = $1',
        [reviewId, draftSha256],
        /review_offers_own_draft/,
      );
      await refuses(
        'update review set draft_sha256 = $2 where id = $1',
        [other, 'b'.repeat(64)],
        /review_offers_own_draft/,
      );
      await refuses('update review set draft_version = 1 where id = $1', [reviewId], /review_check/);
    });

    it('stand beside another open one of its gate, or twice in a round', async () => {
      const reviewId = await open();
      const copy = (round: string) =>
        `insert into review (id, case_id, organisation_id, ward_id, process, step, round, fact_id, manual_at, due_at)
         select gen_random_uuid(), case_id, organisation_id, ward_id, process, step, ${round}, fact_id, now(), now() from review where id = $1`;
      await refuses(copy('round + 1'), [reviewId], /review_one_open/);
      await refuses(copy('round'), [await decided()], /review_case_id_step_round_key/);
    });

    it('be held without an end, or by somebody after it is over', async () => {
      const reviewId = await open();
      await refuses('update review set claimed_by = $2 where id = $1', [reviewId, who.id], /review_check/);
      await refuses('update review set lease_expires_at = now() where id = $1', [reviewId], /review_check/);
    });
  });

  describe('lets no decision', () => {
    it('be without its review, its signature, or twice', async () => {
      const reviewId = await open();
      await refuses(...decision(reviewId), /decision_first_signature|decision_review_id/);
      const over = await decided();
      await refuses(...decision(over), /decision_review_id_key/);
    });

    it('rest on a signature of another review or over another content', async () => {
      const [a, b] = [await waiting(), await waiting()];
      const at = { review_version: 3, first_signature: a.signatureId };
      await refuses(...decision(b.reviewId, { ...at, content_sha256: b.contentSha256 }), /decision_first_signature/);
      await refuses(...decision(a.reviewId, { ...at, content_sha256: 'b'.repeat(64) }), /decision_first_signature/);
      await refuses(
        ...decision(a.reviewId, { ...at, content_sha256: a.contentSha256, second_signature: a.signatureId }),
        /decision_check/,
      );
      await refuses(
        ...decision(a.reviewId, { ...at, content_sha256: a.contentSha256 }),
        /decision_review_id_review_state_fkey/,
      );
    });

    it('sign a draft that the review never had, or approve none', async () => {
      const { reviewId, signatureId, contentSha256 } = await waiting();
      const at = { first_signature: signatureId, content_sha256: contentSha256, action: 'approve' };
      await refuses(...decision(reviewId, at), /decision_check/);
      await refuses(
        ...decision(reviewId, { ...at, draft_version: 1, draft_sha256: 'c'.repeat(64) }),
        /decision_review_id_draft_version/,
      );
    });

    it('change or go away', async () => {
      const reviewId = await decided();
      for (const change of [
        `action = 'reject'`,
        `content_sha256 = repeat('d', 64)`,
        `decided_at = now()`,
        `decided_by = '${doctor.id}'`,
      ])
        await refuses(`update decision set ${change} where review_id = $1`, [reviewId], /is final/);
      await refuses('delete from decision where review_id = $1', [reviewId], /append-only/);
      await attempt('update decision set committed_at = now() where review_id = $1', [reviewId]);
      await refuses(
        `update decision set committed_at = now() + interval '1 hour' where review_id = $1`,
        [reviewId],
        /is final/,
      );
    });
  });

  describe('lets no signature', () => {
    it('be the second of the same person, or a second of the same place', async () => {
      const { reviewId, contentSha256 } = await waiting();
      await refuses(...sign(reviewId, { sequence: 2, content_sha256: contentSha256 }), /signature_other_person/);
      await refuses(...sign(reviewId, { user_id: doctor.id }), /signature_one_each/);
      await refuses(...sign(reviewId, { user_id: doctor.id, sequence: 2 }), /is awaiting-second with signatures/);
    });

    it('change, be voided twice, come back or go away', async () => {
      const { reviewId, signatureId } = await waiting();
      for (const change of [
        `content_sha256 = repeat('d', 64)`,
        `printed_name = 'y'`,
        `user_id = '${doctor.id}'`,
        `reason_code = null`,
      ])
        await refuses(`update signature set ${change} where id = $1`, [signatureId], /only be voided/);
      await refuses('delete from signature where id = $1', [signatureId], /append-only/);
      await done(desk.withdraw(who, reviewId, { signatureId }));
      await refuses(
        `update signature set voided_at = null, voided_reason = null where id = $1`,
        [signatureId],
        /only be voided/,
      );
      await refuses(
        `update signature set voided_at = now(), voided_reason = 'again' where id = $1`,
        [signatureId],
        /only be voided/,
      );
    });
  });

  it('keeps facts, drafts, judgements, events, moves and the audit as they were written', async () => {
    const reviewId = await open();
    await offerDraft(ledger, reviewId, { draft: acuityDraft('II'), gate: acuity });
    await done(desk.judge(who, reviewId, { level: 'II', note: '' }));
    for (const table of ['fact', 'draft', 'judgement', 'review_event', 'audit']) {
      await refuses(`update ${table} set id = id`, [], /append-only/);
      await refuses(`delete from ${table}`, [], /append-only/);
    }
    await refuses('truncate audit', [], /append-only/);
  });

  it('gives the application no right to any of it', async () => {
    const { contentSha256, ...rest } = await waiting();
    expect(contentSha256).toBeDefined();
    const asApplication = (sql: string) => ledger.source.query(sql);
    for (const sql of [
      'delete from decision',
      'delete from signature',
      'delete from review',
      'update draft set shown = true',
      'update fact set vitals = default',
      `update decision set action = 'reject'`,
      `update signature set role = 'x'`,
      'truncate review cascade',
      'alter table review disable trigger all',
      'delete from audit',
    ])
      await expect(asApplication(sql)).rejects.toThrow(/permission denied|must be owner/);
    expect(await reviewNow(ledger, rest.reviewId)).toMatchObject({ state: 'awaiting-second' });
  });
});
