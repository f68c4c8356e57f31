import { randomUUID } from 'node:crypto';
import { type UserPrincipal } from '#libs/auth/principal';
import { type Approved, approvedBy } from '#libs/review/approved';
import { type ReviewActivities } from '#libs/review/review.activities.contract';
import { type TriageLedgerActivities } from '#libs/processes/triage/triage.contract';
import { activityDeps } from '../../test/support/activity-deps';
import { done, type Ledger, startLedger } from '../../test/support/ledger-fixture';
import { arrive, type Arrived, type Desk, level, openDesk } from '../../test/support/review-desk';
import { createTriageLedgerActivities } from '../triage/triage.activities';
import { createReviewActivities } from './review.activities';

jest.setTimeout(120_000);

describe('the steps a workflow takes on the ledger', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;
  let steps: ReviewActivities & TriageLedgerActivities;
  let arrived: Arrived;
  let desk: Desk;

  beforeAll(async () => {
    ledger = await startLedger();
    nurse = await ledger.person(['triage_nurse']);
    desk = openDesk(ledger);
    const deps = activityDeps(ledger);
    steps = { ...createReviewActivities(deps), ...createTriageLedgerActivities(deps) };
  });

  afterAll(() => ledger?.stop());

  beforeEach(async () => {
    arrived = await arrive(ledger, nurse);
  });

  const count = async (sql: string, ...parameters: unknown[]) =>
    Number((await ledger.sql<{ n: string }>(`select count(*) n from ${sql}`, parameters))[0]?.n);
  const decided = async (): Promise<Approved> => {
    await done(desk.decide(nurse, arrived.reviewId, { content: level('II') }));
    const { decision } = await steps.loadDecision({ ...arrived, signalled: [] });
    const approved = approvedBy(arrived, decision);
    if (!approved) throw new Error('not approved');
    return approved;
  };

  it('adopts the review the desk opened, with its escalation times in order', async () => {
    const { review } = await steps.loadTriage({ caseId: arrived.caseId });
    expect(review?.reviewId).toBe(arrived.reviewId);
    expect(review?.escalations.map(({ tell }) => tell)).toEqual(['triage_nurse', 'charge_nurse', 'physician']);
    expect(review?.standing).toEqual({ state: 'open', decision: null, redraftRound: 0 });
    expect(await count('review where case_id = $1', arrived.caseId)).toBe(1);
  });

  it('adopts a review that was decided before its workflow looked, with the decision, until it is carried out', async () => {
    const approved = await decided();
    const { review } = await steps.loadTriage({ caseId: arrived.caseId });
    expect(review?.standing).toMatchObject({ state: 'decided', decision: { decisionId: approved.decisionId } });
    expect((await steps.commitTriage({ caseId: arrived.caseId, approved })).review).toBeNull();
    expect((await steps.loadTriage({ caseId: arrived.caseId })).review).toBeNull();
  });

  it('loads no decision before there is one', async () => {
    expect(await steps.loadDecision({ ...arrived, signalled: [] })).toEqual({
      state: 'open',
      decision: null,
      redraftRound: 0,
    });
  });

  it('raises one alarm for a signalled id that is in no ledger, and none for a real one', async () => {
    const { decisionId } = await decided();
    const forged = randomUUID();
    const load = () => steps.loadDecision({ ...arrived, signalled: [decisionId, forged, 'unreadable'] });
    await Promise.all([load(), load()]);
    await steps.checkSignals({ caseId: arrived.caseId, signalled: [forged] });
    expect(await count(`notice where case_id = $1 and kind = 'unbacked-signal'`, arrived.caseId)).toBe(2);
    expect(await count(`audit where entity_id = $1 and action = 'signal.unbacked'`, arrived.caseId)).toBe(2);
  });

  it('tells the next in the chain once, and nobody after a decision', async () => {
    const at = new Date().toISOString();
    const escalate = () => steps.escalateReview({ ...arrived, tell: 'charge_nurse', at });
    await Promise.all([escalate(), escalate()]);
    expect(await count(`notice where review_id = $1`, arrived.reviewId)).toBe(1);
    await decided();
    await steps.escalateReview({ ...arrived, tell: 'physician', at });
    expect(await count(`notice where review_id = $1`, arrived.reviewId)).toBe(1);
  });

  it('carries a decision out once', async () => {
    const approved = await decided();
    for (let again = 0; again < 3; again++) await steps.commitTriage({ caseId: arrived.caseId, approved });
    expect(await count(`audit where action = 'triage.commit' and entity_id = $1`, approved.decisionId)).toBe(1);
    expect(await count('decision where id = $1 and committed_at is not null', approved.decisionId)).toBe(1);
  });

  it.each([
    ['another digest', { contentSha256: 'f'.repeat(64) }],
    ['another review', { reviewId: randomUUID() }],
    ['a draft nobody signed', { draftVersion: 1, draftSha256: 'f'.repeat(64) }],
    ['an id that is not in the ledger', { decisionId: randomUUID() }],
  ])('does not carry out %s', async (_, change) => {
    const approved = await decided();
    const forged = { ...approved, ...change };
    await expect(steps.commitTriage({ caseId: arrived.caseId, approved: forged })).rejects.toMatchObject({
      code: 'UNBACKED_SIGNAL',
    });
    expect(await count('decision where review_id = $1 and committed_at is not null', arrived.reviewId)).toBe(0);
  });

  it('runs the clock while a patient waits, tells a breach once, and leaves it out afterwards', async () => {
    const { clock } = await steps.loadTriage({ caseId: arrived.caseId });
    expect(clock?.warnings.map(({ step }) => step)).toEqual([0, 1, 2]);
    const warn = (clockKey: string) => steps.warnTriageBreach({ caseId: arrived.caseId, clockKey, step: 0 });
    await warn('another clock');
    expect(await count(`notice where case_id = $1 and kind = 'breach'`, arrived.caseId)).toBe(0);
    await Promise.all([warn(clock?.key ?? ''), warn(clock?.key ?? '')]);
    expect(await count(`notice where case_id = $1 and kind = 'breach'`, arrived.caseId)).toBe(1);
    const after = await steps.loadTriage({ caseId: arrived.caseId });
    expect(after.clock?.warnings.map(({ step }) => step)).toEqual([1, 2]);
  });

  it('asks for a re-assessment at the breach itself, and for no second one while that is open', async () => {
    const { clock } = await steps.loadTriage({ caseId: arrived.caseId });
    const { caseId } = arrived;
    for (const step of [0, 1, 2, 1]) await steps.warnTriageBreach({ caseId, clockKey: clock?.key ?? '', step });
    await steps.openReassessment({ caseId, dueAt: clock?.reassessAt ?? '' });
    expect(await count('task where case_id = $1', caseId)).toBe(1);
    const [task] = await ledger.sql<{ due_at: Date }>('select due_at from task where case_id = $1', [caseId]);
    expect(task?.due_at.toISOString()).toBe(clock?.warnings[1]?.at);
  });

  it('asks for a re-assessment as a task, once, never as a review', async () => {
    const { clock } = await steps.loadTriage({ caseId: arrived.caseId });
    const dueAt = clock?.reassessAt ?? '';
    await Promise.all([1, 2].map(() => steps.openReassessment({ caseId: arrived.caseId, dueAt })));
    expect(await count('task where case_id = $1', arrived.caseId)).toBe(1);
    expect(await count('review where case_id = $1', arrived.caseId)).toBe(1);
    expect((await steps.loadTriage({ caseId: arrived.caseId })).clock?.reassessAt).toBeNull();
  });

  it('stops the clock when the case is unknown or over', async () => {
    expect((await steps.loadTriage({ caseId: randomUUID() })).clock).toBeNull();
  });
});
