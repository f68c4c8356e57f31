import { type UserPrincipal } from '#libs/auth/principal';
import { acuity } from '#libs/processes/triage/triage.contract';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { openSample } from '../../../../test/gates/openers';
import { releaseGate, sampleDeps } from '../../../../test/gates/sample-gates';
import { countOf } from '../../../../test/support/counts';
import { done, startLedger, type Ledger } from '../../../../test/support/ledger-fixture';
import {
  acuityDraft,
  arrive,
  type DecisionInput,
  type Desk,
  level,
  nurse,
  offerDraft,
  openDesk,
  reassess,
} from '../../../../test/support/review-desk';
import { type DecisionReply } from './decision.schema';

const contenders = countOf('E-2 contenders');
const reviews = countOf('E-2 reviews');

describe('many who decide at once (E-2)', () => {
  let ledger: Ledger;
  let desk: Desk;
  let people: readonly [UserPrincipal, UserPrincipal];
  beforeAll(async () => {
    ledger = await startLedger(60);
    desk = openDesk(ledger, sampleDeps());
    people = [await nurse(ledger, '甲'), await nurse(ledger, '乙')];
  });
  afterAll(() => ledger.stop());

  /** Everybody sends at once, with what they were shown before; who won, and what the others were told. */
  const race = async (reviewId: string, by: readonly UserPrincipal[], request: (n: number) => DecisionInput) => {
    const answers = await Promise.all(
      Array.from({ length: contenders }, (_, n) =>
        desk.decide(by[n % by.length]!, reviewId, { version: 1, ...request(n) }),
      ),
    );
    const won = answers.filter((answer): answer is DecisionReply => !isRefusal(answer));
    const lost = answers.filter((answer): answer is Refusal => isRefusal(answer));
    return { won, lost };
  };
  const stored = async (reviewId: string) =>
    (
      await ledger.sql<Record<string, unknown>>(
        `select (select count(*)::int from decision where review_id = $1) decisions,
           (select count(*)::int from signature where review_id = $1) signatures,
           (select count(*)::int from audit where entity_id = $1 and action ~ '^review.(approve|amend|manual|reject)$') audited,
           (select count(*)::int from outbox o join review r on r.process || ':' || r.case_id = o.workflow_id
             where r.id = $1 and o.name = 'decided') told`,
        [reviewId],
      )
    )[0];
  const once = { decisions: 1, signatures: 1, audited: 1, told: 1 };

  it('approve against amend: one decision each, everybody else is told who won', async () => {
    for (let n = 0; n < reviews; n += 1) {
      const { reviewId } = await arrive(ledger, people[0]);
      await offerDraft(ledger, reviewId, { draft: acuityDraft('II'), gate: acuity });
      for (const one of people) await done(desk.judge(one, reviewId, { level: 'II', note: '' }));
      const [{ draft }] = [await done(desk.view(people[0], reviewId)), await done(desk.view(people[1], reviewId))];
      const shown = { draftVersion: draft?.version, draftSha256: draft?.sha256 };
      const { won, lost } = await race(reviewId, people, (k) =>
        k % 4 < 2 ? { action: 'approve', ...shown } : { action: 'amend', ...shown, content: level('II', `${k}`) },
      );
      expect([won.length, lost.length]).toEqual([1, contenders - 1]);
      const winner = await ledger.sql<{ name: string; action: string }>(
        'select u.display_name name, d.action from decision d join app_user u on u.id = d.decided_by where d.review_id = $1',
        [reviewId],
      );
      for (const refusal of lost)
        expect(refusal).toMatchObject({
          code: 'ALREADY_DECIDED',
          detail: { decisionId: won[0]?.decisionId, decidedBy: winner[0]?.name, action: winner[0]?.action },
        });
      expect(await stored(reviewId)).toEqual(once);
    }
  });

  it('approve against reject on a gate that allows it: never both outcomes', async () => {
    const starter = await ledger.person(['charge_nurse']);
    const doctors = [await ledger.person(['physician']), await ledger.person(['physician'])];
    for (let n = 0; n < reviews; n += 1) {
      const { reviewId } = await openSample(ledger, starter, releaseGate.gate);
      await offerDraft(ledger, reviewId, { draft: releaseGate.examples.draft, gate: releaseGate });
      const views = [await done(desk.view(doctors[0]!, reviewId)), await done(desk.view(doctors[1]!, reviewId))];
      const shown = { draftVersion: views[0]?.draft?.version, draftSha256: views[0]?.draft?.sha256 };
      const { won, lost } = await race(reviewId, doctors, (k) =>
        k % 4 < 2 ? { action: 'approve', ...shown } : { action: 'reject', reasonCode: 'policy' },
      );
      expect([won.length, lost.length]).toEqual([1, contenders - 1]);
      expect(new Set(lost.map(({ code }) => code))).toEqual(new Set(['ALREADY_DECIDED']));
      expect(await stored(reviewId)).toEqual(once);
      const effects = await ledger.sql(`select 1 from notice where kind = 'sample-effect' and review_id = $1`, [
        reviewId,
      ]);
      const [decision] = await ledger.sql<{ action: string }>('select action from decision where review_id = $1', [
        reviewId,
      ]);
      expect(effects).toHaveLength(decision?.action === 'approve' ? 1 : 0);
    }
  });

  it('below the floor: one first signature waits, nobody decides', async () => {
    const { reviewId } = await arrive(ledger, people[0]);
    const { won, lost } = await race(reviewId, people, () => ({ content: level('IV'), reasonCode: 'policy' }));
    expect([won.length, lost.length]).toEqual([1, contenders - 1]);
    expect(new Set(lost.map(({ code }) => code))).toEqual(new Set(['AWAITING_SECOND']));
    expect(await stored(reviewId)).toEqual({ decisions: 0, signatures: 1, audited: 0, told: 0 });
  });

  it('against an assessment that raises the floor: what is decided was decided on what was known', async () => {
    for (let n = 0; n < reviews; n += 1) {
      const { reviewId, caseId } = await arrive(ledger, people[0]);
      await done(desk.view(people[0], reviewId));
      const [decided] = await Promise.all([
        desk.decide(people[0], reviewId, { version: 1, content: level('II') }),
        reassess(ledger, people[1], { caseId, vitals: { spo2: 70, pulse: 160, systolic: 60 } }),
      ]);
      if (isRefusal(decided)) expect(decided.code).toBe('STALE_FACTS');
      const rounds = await ledger.sql<{ state: string; floor: string }>(
        'select state, floor from review where case_id = $1 order by round',
        [caseId],
      );
      expect(rounds.map(({ state }) => state)).toEqual(isRefusal(decided) ? ['open'] : ['decided', 'open']);
      expect(rounds.at(-1)?.floor).toBe('I');
      const [placed] = await ledger.sql('select level from triage_case where case_id = $1', [caseId]);
      expect(placed).toEqual({ level: 'I' });
    }
  });
});
