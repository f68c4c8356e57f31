import { randomUUID } from 'node:crypto';
import { countOf } from '../support/counts';
import { approving, type AtDesk, type Desk, level, manual, type ReviewView } from '../support/installation-desk';
import { type Chaos } from '../support/installation-suite';
import { eventually, inLanes, range } from '../support/installation-wait';

/** E-1, E-2 and E-5: many hands on one review, and hands that are late. */
export const contended = (chaos: Chaos): void => {
  let alice: Desk;
  let bob: Desk;

  beforeAll(async () => {
    [alice, bob] = [await chaos.somebody('triage_nurse'), await chaos.somebody('triage_nurse')];
  });

  const looked = async (count: number): Promise<{ at: AtDesk; shown: ReviewView }[]> => {
    const patients = await chaos.arrive(alice, count);
    await chaos.drafted(patients);
    return inLanes(patients, 5, async (at) => {
      await bob.look(at.reviewId);
      return { at, shown: await alice.look(at.reviewId) };
    });
  };
  const amending = ({ draft }: ReviewView, signed = 'I'): object => ({
    action: 'amend',
    draftVersion: draft?.version,
    draftSha256: draft?.sha256,
    content: level(signed),
    reasonCode: 'clinical-judgement',
  });
  const codes = (answers: readonly { status: number; body: { code?: string } }[]) =>
    answers.map(({ status, body }) => (status < 300 ? status : `${status} ${body.code}`));

  it('E-1: 20 requests at once under one key are one decision, and each is told it; another body is refused', async () => {
    const requests = countOf('E-1 requests');
    const patients = await chaos.arrive(alice, countOf('E-1 reviews'));
    for (const patient of patients) {
      const sending = { version: (await alice.view(patient.reviewId)).version, key: randomUUID() };
      const send = (body: object) => alice.decide(patient.reviewId, body, sending);
      const answers = chaos.told(await Promise.all(range(requests).map(() => send(manual('II')))));
      expect(answers.map(({ status }) => status)).toEqual(range(requests).map(() => 201));
      const [decision] = await chaos.decisions([patient]);
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(answers[0]!.body.decisionId).toBe(decision!.id);
      expect(codes([await send(manual('I'))])).toEqual(['422 IDEMPOTENCY_KEY_REUSED']);
    }
    expect(await chaos.decisions(patients)).toHaveLength(patients.length);
  });

  it('E-2 R5: of 20 contenders, approving and amending, one decides; every other is told who did', async () => {
    const contenders = countOf('E-2 contenders');
    const reviews = await looked(countOf('E-2 reviews'));
    for (const { at, shown } of reviews) {
      const contend = (n: number) =>
        n % 2 === 0
          ? alice.decide(at.reviewId, approving(shown), { version: shown.version })
          : bob.decide(at.reviewId, amending(shown), { version: shown.version });
      const answers = chaos.told(await Promise.all(range(contenders).map(contend)));
      const winners = answers.flatMap(({ status, body }, n) => (status === 201 ? [{ body, n }] : []));
      expect(winners).toHaveLength(1);
      const { body, n } = winners[0]!;
      const winner = n % 2 === 0 ? alice : bob;
      const losers = answers.filter(({ status }) => status !== 201);
      expect(new Set(codes(losers))).toEqual(new Set(['409 ALREADY_DECIDED']));
      for (const { body: told } of losers)
        expect(told).toMatchObject({
          decisionId: body.decisionId,
          action: n % 2 === 0 ? 'approve' : 'amend',
          decidedBy: `${winner.person.login} 姓名`,
          decidedAt: expect.stringMatching(/^\d{4}-/),
        });
      const [decision, ...others] = await chaos.decisions([at]);
      expect([decision!.id, others]).toEqual([body.decisionId, []]);
    }
    await chaos.carriedOut(reviews.map(({ at }) => at));
  });

  describe('E-5: an approval of what is no longer current', () => {
    const refusedAll = async (
      reviews: readonly { at: AtDesk; shown: ReviewView }[],
      body: (shown: ReviewView) => object,
    ) => inLanes(reviews, 5, ({ at, shown }) => alice.decide(at.reviewId, body(shown), { version: shown.version }));
    const noneDecided = async (reviews: readonly { at: AtDesk }[]) =>
      expect(await chaos.decisions(reviews.map(({ at }) => at))).toEqual([]);

    it('is refused when another draft was made meanwhile, and when that one was not shown to the signer', async () => {
      const reviews = await looked(countOf('E-5 reviews'));
      const newer = await inLanes(reviews, 5, async ({ at }) => {
        const notes = [{ text: '请考虑主动脉夹层' }];
        expect((await bob.send(`/api/reviews/${at.reviewId}/redrafts`, { notes })).status).toBe(201);
        return eventually('second draft', async () => {
          const view = await bob.view(at.reviewId);
          return view.draft?.version === 2 && view;
        });
      });
      const stale = reviews.map(() => '409 STALE_DRAFT');
      expect(codes(await refusedAll(reviews, approving))).toEqual(stale);
      expect(codes(await refusedAll(reviews, amending))).toEqual(stale);
      const unseen = reviews.map(({ at }, n) => ({ at, shown: newer[n]! }));
      expect(codes(await refusedAll(unseen, approving))).toEqual(stale);
      const mixed = (shown: ReviewView) => ({ ...approving(shown), draftSha256: 'f'.repeat(64) });
      expect(codes(await refusedAll(reviews, mixed))).toEqual(stale);
      await noneDecided(reviews);
    });

    it('is refused with the fact named when one was entered meanwhile, unless it is acknowledged', async () => {
      const reviews = await looked(countOf('E-5 reviews'));
      const facts = await inLanes(reviews, 5, async ({ at }) => {
        const worse = { complaint: '胸痛加重', vitals: { spo2: 78 }, measuredAt: new Date().toISOString() };
        const answer = await bob.send<{ factId: string }>(`/api/triage/cases/${at.caseId}/assessments`, worse);
        return answer.body.factId;
      });
      const refused = await refusedAll(reviews, approving);
      expect(codes(refused)).toEqual(reviews.map(() => '409 STALE_FACTS'));
      expect(refused.map(({ body }) => body['facts'])).toEqual(facts.map((fact) => [fact]));
      await noneDecided(reviews);
      const own = await inLanes(reviews, 5, ({ at, shown }, n) =>
        alice.decide(at.reviewId, manual('I', { reasonCode: 'clinical-judgement', acknowledgedFacts: [facts[n]] }), {
          version: shown.version,
        }),
      );
      expect(codes(chaos.told(own))).toEqual(reviews.map(() => 201));
    });

    it('is refused when the review moved on since, and without a version', async () => {
      const reviews = await looked(countOf('E-5 reviews'));
      const asked = await inLanes(reviews, 5, ({ at, shown }) =>
        bob.decide(at.reviewId, manual('III', { reasonCode: 'data-wrong' }), { version: shown.version }),
      );
      expect(asked.map(({ body }) => body.state)).toEqual(reviews.map(() => 'awaiting-second'));
      expect(codes(await refusedAll(reviews, approving))).toEqual(reviews.map(() => '409 AWAITING_SECOND'));
      for (const [n, { at }] of reviews.entries()) {
        const { signatureId } = asked[n]!.body as unknown as { signatureId: string };
        const version = (await bob.view(at.reviewId)).version;
        const path = `/api/reviews/${at.reviewId}/signature-withdrawals`;
        expect((await bob.send(path, { signatureId }, { version })).status).toBe(200);
      }
      const late = await refusedAll(reviews, approving);
      expect(codes(late)).toEqual(reviews.map(() => '412 VERSION_MISMATCH'));
      const { at, shown } = reviews[0]!;
      expect(codes([await alice.decide(at.reviewId, approving(shown), {})])).toEqual(['428 VERSION_REQUIRED']);
      await noneDecided(reviews);
    });
  });
};
