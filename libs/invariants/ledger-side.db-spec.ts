import { randomUUID } from 'node:crypto';
import { acknowledgedOf, type DecidedLedger, startDecidedLedger } from '../../test/support/decided-ledger';
import { type DecisionReply } from '../../apps/api/src/reviews/decision.schema';
import { unaudited, unauditedAdministration } from './audit-trail';
import { doubleOutcomes, lostOrDoubled } from './decisions';
import { gatesPassedUnsigned } from './gates';

describe('the invariants of the ledger', () => {
  let at: DecidedLedger;
  beforeAll(async () => {
    at = await startDecidedLedger();
  }, 60_000);
  afterAll(() => at.stop());

  describe('I1', () => {
    const check = () => lostOrDoubled(at.query, acknowledgedOf(at));

    it('holds for decisions that people were told of', async () => {
      expect(await check()).toEqual([]);
      expect(await lostOrDoubled(at.query, [])).toEqual([]);
    });

    it('finds a decision that was lost, doubled, or stored otherwise than told', async () => {
      const where = { invariant: 'I1', where: `decision ${at.byHand.decisionId}` };
      expect(await at.planted(check, `delete from decision where id = '${at.byHand.decisionId}'`)).toMatchObject([
        where,
      ]);
      expect(
        await at.planted(
          check,
          'alter table decision drop constraint decision_review_id_key',
          'alter table decision drop constraint decision_first_signature_key',
          `insert into decision (id, review_id, review_version, action, content_sha256, first_signature, decided_by)
           select '${randomUUID()}', review_id, review_version, action, content_sha256, first_signature, decided_by
           from decision where id = '${at.byHand.decisionId}'`,
        ),
      ).toMatchObject([where]);
      expect(
        await at.planted(
          check,
          `update decision set content_sha256 = repeat('0', 64) where id = '${at.byHand.decisionId}'`,
        ),
      ).toMatchObject([where]);
    });
  });

  describe('I2', () => {
    const check = () => doubleOutcomes(at.query);
    const one = () => at.byHand.reviewId;

    it('holds', async () => expect(await check()).toEqual([]));

    it.each<[string, () => string[]]>([
      [
        'two decisions',
        () => [
          'alter table decision drop constraint decision_review_id_key',
          `update decision set review_id = '${one()}' where id = '${at.overDraft.decisionId}'`,
        ],
      ],
      [
        'a decision on an open review',
        () => [`update review set state = 'open', decided_at = null where id = '${one()}'`],
      ],
      ['a decided review without a decision', () => [`delete from decision where review_id = '${one()}'`]],
      [
        'a review decided and withdrawn',
        () => [
          'alter table review drop constraint review_check3',
          `update review set withdrawn_at = now() where id = '${one()}'`,
        ],
      ],
      [
        'two decisions in the audit',
        () => [
          `insert into audit select gen_random_uuid(), organisation_id, at, actor_kind, actor_id, actor_name, actor_roles, session_id, request_id,
          'review.amend', entity_type, entity_id, case_ids, outcome from audit where action = 'review.manual' and entity_id = '${one()}'`,
        ],
      ],
      [
        'a decision carried out twice',
        () => [
          `insert into audit select gen_random_uuid(), organisation_id, at, actor_kind, actor_id, actor_name, actor_roles, session_id, request_id,
          action, entity_type, entity_id, case_ids, outcome from audit where action = 'triage.commit' and entity_id = '${at.byHand.decisionId}'`,
        ],
      ],
    ])('finds %s', async (_name, statements) => {
      expect((await at.planted(check, ...statements())).length).toBeGreaterThan(0);
    });
  });

  describe('I3', () => {
    const check = () => unaudited(at.query);
    const without = (action: string) =>
      `delete from audit where id = (select id from audit where action = '${action}' limit 1)`;
    const twice = (
      action: string,
    ) => `insert into audit select gen_random_uuid(), organisation_id, at, actor_kind, actor_id, actor_name, actor_roles,
      session_id, request_id, action, entity_type, entity_id, case_ids, outcome, code, before_sha256, after_sha256, detail
      from audit where action = '${action}' limit 1`;

    it('holds', async () => expect(await check()).toEqual([]));

    it.each([
      'triage.register',
      'triage.assess',
      'triage.cancel',
      'review.withdraw',
      'review.judged',
      'review.first-signature',
      'review.manual',
      'review.approve',
      'triage.commit',
      'draft.offer',
    ])('finds %s without its audit row, and with two', async (action) => {
      expect(await at.planted(check, without(action))).toHaveLength(1);
      expect(await at.planted(check, twice(action))).toHaveLength(1);
    });

    it('finds a change in the name of somebody else, or of nobody', async () => {
      const other = `update audit set actor_id = gen_random_uuid() where action = 'review.manual' and entity_id = '${at.byHand.reviewId}'`;
      expect(await at.planted(check, other)).toHaveLength(1);
      expect(await at.planted(check, `update audit set actor_name = '' where action = 'triage.cancel'`)).toHaveLength(
        1,
      );
      expect(
        await at.planted(check, `update audit set actor_kind = 'anonymous' where action = 'triage.commit'`),
      ).toHaveLength(3);
    });

    it('finds something done to an open review that the audit does not tell', async () => {
      const claim = `insert into review_event (id, review_id, kind, by_kind, by_id)
        values (gen_random_uuid(), '${at.byHand.reviewId}', 'claimed', 'user', '${at.who.id}')`;
      expect(await at.planted(check, claim)).toMatchObject([{ where: `${at.byHand.reviewId} claimed` }]);
      expect(
        await at.planted(check, `update audit set action = 'review.released' where action = 'review.judged'`),
      ).toHaveLength(2);
    });

    it('finds wards and people that no audit row tells of, where that is asked', async () => {
      const found = await unauditedAdministration(at.query);
      const [{ n }] = (await at.query<{ n: number }>('select (select count(*) from app_user)::int + 3 n')) as [
        { n: number },
      ];
      expect(found).toHaveLength(n);
    });
  });

  describe('I5', () => {
    const check = () => gatesPassedUnsigned(at.query, at.ledger.cipher);
    const of = (reply: DecisionReply) => `id = '${reply.decisionId}'`;

    it('holds', async () => expect(await check()).toEqual([]));

    it.each<[string, () => string]>([
      [
        'a draft other than the gated one',
        () => `update decision set draft_sha256 = repeat('0', 64) where ${of(at.overDraft)}`,
      ],
      [
        'an approval of no draft',
        () => `update decision set draft_version = 0, draft_sha256 = null where ${of(at.overDraft)}`,
      ],
      ['an approval of a draft nobody was shown', () => `update draft set shown = false`],
      [
        'a void signature',
        () =>
          `update signature set voided_at = now(), voided_reason = 'x' where user_id = '${at.who.id}' and sequence = 1`,
      ],
      [
        'a decision by somebody at.who did not sign',
        () => `update decision set decided_by = gen_random_uuid() where ${of(at.byHand)}`,
      ],
      ['two signatures of one person', () => `update signature set user_id = '${at.who.id}' where sequence = 2`],
      [
        'a level without a decision',
        () => `update triage_case set decision_id = null where decision_id = '${at.byHand.decisionId}'`,
      ],
      [
        'a level that is not the one signed',
        () => `update triage_case set level = 'IVb' where decision_id = '${at.byHand.decisionId}'`,
      ],
      [
        'a level of another case',
        () =>
          `update triage_case set decision_id = '${at.byTwo.decisionId}' where decision_id = '${at.byHand.decisionId}'`,
      ],
      [
        'what was carried out over other content',
        () => `update audit set after_sha256 = repeat('0', 64) where action = 'triage.commit'`,
      ],
      [
        'signed content under another digest',
        () => `update signature set content_sha256 = repeat('0', 64) where sequence = 2`,
      ],
      ['a draft under another digest', () => `update draft set sha256 = repeat('0', 64)`],
    ])('finds %s', async (_name, statement) => {
      const dropped = ['alter table decision drop constraint decision_check1', 'drop index signature_other_person'];
      const found = await at.planted(check, ...dropped, statement());
      expect(found.length).toBeGreaterThan(0);
      expect(found.every(({ invariant }) => invariant === 'I5')).toBe(true);
    });
  });
});
