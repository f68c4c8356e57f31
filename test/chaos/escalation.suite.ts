import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { acuityGate } from '#libs/processes/triage/triage.gate';
import { countOf } from '../support/counts';
import { type AtDesk, type Desk, manual } from '../support/installation-desk';
import { type Chaos } from '../support/installation-suite';
import { eventually, inLanes } from '../support/installation-wait';

/** E-6 and R10: decisions at the very moment in which time tells somebody. */
export const escalation = (chaos: Chaos): void => {
  let nurse: Desk;
  /** Nobody decides on these. */
  let ignored: AtDesk[];
  const closeMs = 50;

  beforeAll(async () => {
    ignored = await chaos.arrive(await chaos.somebody('triage_nurse'), 3);
  });
  // A session locks soon where time is fast.
  beforeEach(async () => {
    nurse = await chaos.somebody('triage_nurse');
  });

  const scale = () => Number(chaos.site.installation.env['COUNTERSIGN_TIME_SCALE']);
  const stepMs = (step: number) => acuityGate.escalation[step]!.afterMs * scale();
  /** When a review was opened, ms. */
  const openedAt = async ({ reviewId }: AtDesk): Promise<number> => {
    const sql = 'select extract(epoch from opened_at)::float8 * 1000 as ms from review where id = $1';
    return (await chaos.site.sql<{ ms: number }>(sql, [reviewId]))[0]!.ms;
  };
  /** How far each decision was from the first escalation (ms), and what was told after it. */
  const outcomes = (patients: readonly AtDesk[]) =>
    chaos.site.sql<{ off: number; told: number; late: number; decisions: number }>(
      `select extract(epoch from d.decided_at - r.opened_at)::float8 * 1000 - $2 as off,
         (select count(*)::int from review_event e where e.review_id = r.id and e.kind = 'escalated') as told,
         (select count(*)::int from review_event e where e.review_id = r.id and e.kind = 'escalated' and e.at > d.decided_at)
           + (select count(*)::int from notice n where n.review_id = r.id and n.created_at > d.decided_at) as late,
         (select count(*)::int from decision x where x.review_id = r.id) as decisions
       from review r join decision d on d.review_id = r.id where r.id = any($1)`,
      [patients.map(({ reviewId }) => reviewId), stepMs(0)],
    );

  it('E-6: a decision within 50 ms of an escalation is one decision, and nobody is told after it', async () => {
    const wanted = countOf('E-6 runs');
    // Two of three around the time itself; the others when Temporal's timer really fires, up to seconds later.
    const around = fc.integer({ min: -closeMs, max: closeMs });
    const offset = fc.oneof(
      { weight: 2, arbitrary: around },
      { weight: 1, arbitrary: fc.integer({ min: 100, max: 2500 }) },
    );
    const offsets = fc.sample(offset, wanted * 3);
    const decided: AtDesk[] = [];
    let close = 0;
    // A decision takes its time: it is sent so much earlier that it lands where it should.
    let leadMs = 30;
    const decideAt = async (patient: AtDesk, at: number) => {
      await sleep(Math.max(0, at - leadMs - Date.now()));
      const answer = await nurse.decide(patient.reviewId, manual('II'), { version: 1 });
      leadMs = Math.min(500, Math.max(0, leadMs + (Date.parse(answer.body['at'] as string) - at) / 5));
      return answer;
    };
    // On a machine that is busy with something else few land in time: then there are more of them, up to a point.
    while (close < wanted / 2 && decided.length < offsets.length) {
      const sent: ReturnType<typeof decideAt>[] = [];
      const patients: AtDesk[] = [];
      for (const off of offsets.slice(decided.length, decided.length + wanted)) {
        const patient = await nurse.arrive();
        patients.push(patient);
        sent.push(decideAt(patient, (await openedAt(patient)) + stepMs(0) + off));
      }
      const answers = chaos.told(await Promise.all(sent));
      expect(answers.map(({ status }) => status)).toEqual(patients.map(() => 201));
      await chaos.carriedOut(patients, 30_000 + 200 * patients.length);
      const found = await outcomes(patients);
      expect(found.map(({ late, decisions }) => [late, decisions])).toEqual(patients.map(() => [0, 1]));
      close += found.filter(({ off }) => Math.abs(off) <= closeMs).length;
      decided.push(...patients);
    }
    expect(close).toBeGreaterThanOrEqual(countOf('E-6 runs within 50 ms'));
    // Both must have happened, or the moment was missed.
    const told = (await outcomes(decided)).map((each) => each.told);
    expect([told.includes(0), told.some((times) => times > 0)]).toEqual([true, true]);
  });

  it('E-6: of a decision and a departure at once, one closes the review', async () => {
    const patients = await chaos.arrive(nurse, 6);
    const answers = await inLanes(patients, patients.length, async ({ caseId, reviewId }) => {
      const { body } = await nurse.get<{ version: number }>(`/api/triage/cases/${caseId}`);
      const leave = () => nurse.send(`/api/triage/cases/${caseId}/moves`, { move: 'leave' }, { version: body.version });
      const [decision, move] = await Promise.all([nurse.decide(reviewId, manual('II'), { version: 1 }), leave()]);
      return { reviewId, decision, move };
    });
    chaos.told(answers.map(({ decision }) => decision));
    for (const { reviewId, decision, move } of answers) {
      const [review] = await chaos.site.sql<{ state: string }>('select state from review where id = $1', [reviewId]);
      if (review!.state === 'decided')
        expect([decision.status, [200, 412]]).toEqual([201, expect.arrayContaining([move.status])]);
      else expect([review!.state, decision.body.code, move.status]).toEqual(['withdrawn', 'REVIEW_WITHDRAWN', 200]);
    }
  });

  it('R10: time passes over a review, tells each of the chain once, and decides nothing', async () => {
    const ids = ignored.map(({ reviewId }) => reviewId);
    const told = () =>
      chaos.site.sql<{ reviewId: string; tell: string }>(
        `select review_id "reviewId", data ->> 'tell' tell from review_event where kind = 'escalated' and review_id = any($1) order by at`,
        [ids],
      );
    const chain = acuityGate.escalation.map(({ tell }) => tell);
    await eventually('all told', async () => (await told()).length >= ids.length * chain.length, 30_000);
    for (const id of ids)
      expect((await told()).filter(({ reviewId }) => reviewId === id).map(({ tell }) => tell)).toEqual(chain);
    expect(await chaos.decisions(ignored)).toEqual([]);
    const states = await chaos.site.sql('select distinct state from review where id = any($1)', [ids]);
    expect(states).toEqual([{ state: 'open' }]);
  });
};
